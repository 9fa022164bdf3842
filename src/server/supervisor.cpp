// SPDX-License-Identifier: MIT
#include "server/supervisor.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <optional>
#include <string>

#include "base/environment.hpp"
#include "base/read_number.hpp"
#include "net/descriptor.hpp"
#include "net/socket_address.hpp"

namespace serval::detail {

namespace {

constexpr int first_descriptor = 3;
// More than any unit has; a wrong number must not cause a long loop.
constexpr int max_descriptors = 1024;

[[nodiscard]] std::optional<int> number_in(const std::string& variable) {
  const std::optional<std::string> text = environment(variable);
  int number = 0;
  return text && read_number(*text, number) ? std::optional(number) : std::nullopt;
}

}  // namespace

std::vector<ListenerOptions> inherited_listeners() {
  std::vector<ListenerOptions> listeners;
  if (number_in("LISTEN_PID") != ::getpid()) return listeners;
  const int count = number_in("LISTEN_FDS").value_or(0);
  for (int i = first_descriptor; i < first_descriptor + count && i < max_descriptors; ++i) {
    static_cast<void>(::fcntl(i, F_SETFD, FD_CLOEXEC));  // even if no server uses it
    listeners.push_back({.descriptor = i});
  }
  return listeners;
}

void tell_supervisor(std::string_view state) {
  const std::optional<std::string> path = environment("NOTIFY_SOCKET");
  if (!path || path->empty()) return;
  const std::optional<UnixAddress> address = UnixAddress::of(*path);
  const Descriptor socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!address || !socket) return;
  static_cast<void>(::sendto(socket.get(), state.data(), state.size(), MSG_NOSIGNAL | MSG_DONTWAIT, address->data(),
                             address->size()));
}

}  // namespace serval::detail
