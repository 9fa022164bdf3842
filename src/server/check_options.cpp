// SPDX-License-Identifier: MIT
#include "server/check_options.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include <serval/base/error.hpp>

#include "base/time_range.hpp"
#include "net/socket_address.hpp"

namespace serval::detail {

namespace {

using std::chrono::milliseconds;

constexpr unsigned all_permissions = 0777;

[[nodiscard]] std::string octal(unsigned number) {
  std::array<char, 16> text;
  char* const end = std::to_chars(text.data(), text.data() + text.size(), number, 8).ptr;
  return "0" + std::string(text.data(), end);
}

[[nodiscard]] bool says_tcp(const ListenerOptions& listener) {
  const ListenerOptions none;
  return listener.host != none.host || listener.port != none.port;
}

[[nodiscard]] std::string fault_of_mode(const ListenerOptions& listener) {
  const bool has_file = listener.descriptor < 0 && !listener.unix_socket.empty() && listener.unix_socket.front() != '@';
  if (!has_file)
    return "unix_mode is set, but there is no file of a Unix socket; set unix_socket to a path, or remove unix_mode";
  if (*listener.unix_mode > all_permissions)
    return "unix_mode is " + octal(*listener.unix_mode) + "; it must be from 0 to " + octal(all_permissions);
  return {};
}

[[nodiscard]] std::string fault_of(const ListenerOptions& listener) {
  const bool has_descriptor = listener.descriptor >= 0, has_path = !listener.unix_socket.empty();
  if (listener.descriptor < -1)
    return "descriptor is " + std::to_string(listener.descriptor) + "; it must be 0 or more, or -1 for none";
  if (has_descriptor && has_path) return "unix_socket and descriptor are both set; set one of them";
  if ((has_descriptor || has_path) && says_tcp(listener))
    return std::string("host or port is set together with ") + (has_path ? "unix_socket" : "descriptor") +
           "; set one of them";
  if (!has_descriptor && !has_path && listener.host.empty())
    return "host is empty; \"0.0.0.0\" is every IPv4 address, \"::\" every address of both families";
  if (has_path && !UnixAddress::of(listener.unix_socket))
    return "unix_socket is \"" + listener.unix_socket + "\"; it must be at most 107 bytes";
  return listener.unix_mode ? fault_of_mode(listener) : std::string();
}

void require(bool holds, const std::string& fault) {
  if (!holds) throw SetupError("ServerOptions::" + fault, {});
}

void check_times(const ServerOptions& options) {
  const std::pair<const char*, milliseconds> times[] = {
      {"timeouts.header", options.timeouts.header},
      {"timeouts.body_idle", options.timeouts.body_idle},
      {"timeouts.body_rate_window", options.timeouts.body_rate_window},
      {"timeouts.write", options.timeouts.write},
      {"timeouts.keep_alive", options.timeouts.keep_alive},
      {"timeouts.handler", options.timeouts.handler},
      {"web_sockets.ping_interval", options.web_sockets.ping_interval},
      {"web_sockets.close_timeout", options.web_sockets.close_timeout},
      {"linger", options.linger},
      {"stop_delay", options.stop_delay},
      {"stop_grace", options.stop_grace},
      {"stall_threshold", options.stall_threshold},
  };
  for (const auto& [option, time] : times) require_time(std::string("ServerOptions::") + option, time, {});
  require_time("ServerOptions::stop_deadline", options.stop_deadline, {}, milliseconds::max());
  require(options.stop_delay.count() == 0 || options.stop_delay < options.stop_deadline,
          "stop_delay (" + std::to_string(options.stop_delay.count()) + " ms) must be shorter than stop_deadline (" +
              std::to_string(options.stop_deadline.count()) +
              " ms), which it is part of: no time would be left for requests in flight");
}

}  // namespace

std::string fault_of(const std::vector<ListenerOptions>& listeners) {
  for (std::size_t i = 0; i < listeners.size(); ++i) {
    const std::string name = "listeners[" + std::to_string(i) + "]";
    if (const std::string fault = fault_of(listeners[i]); !fault.empty())
      return std::string(name).append(".").append(fault);
    const int descriptor = listeners[i].descriptor;
    const auto before = listeners.begin() + static_cast<std::ptrdiff_t>(i);
    const bool is_twice = descriptor >= 0 && std::any_of(listeners.begin(), before, [&](const ListenerOptions& other) {
                            return other.descriptor == descriptor;
                          });
    if (is_twice)
      return name + ".descriptor is " + std::to_string(descriptor) + ", which another listener before it uses";
  }
  return {};
}

void check_options(const ServerOptions& options) {
  const std::string listeners = fault_of(options.listeners);
  require(listeners.empty(), listeners);
  require(!options.listeners.empty() || !options.host.empty(),
          "host is empty; \"0.0.0.0\" is every IPv4 address, \"::\" every address of both families");
  require(options.backlog >= 0, "backlog is " + std::to_string(options.backlog) + "; it must be 0 or more");
  require(options.threads <= max_event_loops, "threads is " + std::to_string(options.threads) +
                                                  "; it must be from 0 to " + std::to_string(max_event_loops));
  check_times(options);
}

}  // namespace serval::detail
