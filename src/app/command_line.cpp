// SPDX-License-Identifier: MIT
#include "app/command_line.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace serval::detail {

namespace {

struct Option {
  std::string_view name;
  std::string_view value;  // what its value is called, in brackets when it may be left out; empty for a switch
  std::string_view help;
  bool (*apply)(CommandLine& line, std::string_view value);  // false: the value makes no sense
};

template <class T>
bool read_number(std::string_view text, T& out, T max = std::numeric_limits<T>::max()) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value > max) return false;
  out = value;
  return true;
}

bool read_seconds(std::string_view text, std::chrono::milliseconds& out) {
  double seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || end != text.data() + text.size() || !(seconds >= 0 && seconds < 1e9)) return false;
  out = std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
  return true;
}

bool is_log_level(std::string_view level) {
  constexpr std::array<std::string_view, 7> levels{"trace", "debug", "info", "warning", "error", "critical", "off"};
  return std::find(levels.begin(), levels.end(), level) != levels.end();
}

constexpr Option command_line_options[] = {
    {"--host", "ADDRESS", "address to listen on (127.0.0.1; 0.0.0.0 for all)",
     [](CommandLine& line, std::string_view value) {
       line.server.host = value;
       return !value.empty();
     }},
    {"--port", "PORT", "TCP port (8000; 0: any free one)",
     [](CommandLine& line, std::string_view value) { return read_number(value, line.server.port); }},
    {"--threads", "N", "event loops, one a thread (0: one a processor)",
     [](CommandLine& line, std::string_view value) {
       return read_number(value, line.server.threads, std::size_t{1024});
     }},
    {"--log-level", "LEVEL", "trace, debug, info, warning, error, critical or off (info)",
     [](CommandLine& line, std::string_view value) {
       line.log_level = value;
       return is_log_level(value);
     }},
    {"--access-log", "", "log one line a request (the default)",
     [](CommandLine& line, std::string_view) { return line.server.access_log = true; }},
    {"--no-access-log", "", "do not log requests",
     [](CommandLine& line, std::string_view) {
       line.server.access_log = false;
       return true;
     }},
    {"--backlog", "N", "connections waiting to be accepted (2048)",
     [](CommandLine& line, std::string_view value) {
       return read_number(value, line.server.backlog) && line.server.backlog >= 0;
     }},
    {"--max-connections", "N", "open connections (10000; 0: no limit)",
     [](CommandLine& line, std::string_view value) { return read_number(value, line.server.max_connections); }},
    {"--max-body-bytes", "N", "bytes of a request's body (1048576; 0: no limit)",
     [](CommandLine& line, std::string_view value) { return read_number(value, line.server.limits.max_body_bytes); }},
    {"--limit-in-flight", "N", "waiting requests, beyond: 503 (0: no limit)",
     [](CommandLine& line, std::string_view value) { return read_number(value, line.server.max_requests_in_flight); }},
    {"--timeout-keep-alive", "SECONDS", "idle time between requests (60; 0: no limit)",
     [](CommandLine& line, std::string_view value) { return read_seconds(value, line.server.timeouts.keep_alive); }},
    {"--timeout-handler", "SECONDS", "time a handler may take, beyond: 503 (0: no limit)",
     [](CommandLine& line, std::string_view value) { return read_seconds(value, line.server.timeouts.handler); }},
    {"--timeout-graceful-shutdown", "SECONDS", "time for open requests after a stop signal (10)",
     [](CommandLine& line, std::string_view value) { return read_seconds(value, line.server.stop_deadline); }},
    {"--no-server-header", "", "leave out the server header",
     [](CommandLine& line, std::string_view) {
       line.server.server_header = false;
       return true;
     }},
    {"--no-date-header", "", "leave out the date header",
     [](CommandLine& line, std::string_view) {
       line.server.date_header = false;
       return true;
     }},
    {"--openapi", "[FILE]", "write the OpenAPI document to FILE, or print it, and exit",
     [](CommandLine& line, std::string_view value) {
       line.openapi_file = value;
       return line.show_openapi = true;
     }},
    {"--version", "", "print the version and exit",
     [](CommandLine& line, std::string_view) { return line.show_version = true; }},
    {"--help", "", "print this text and exit",
     [](CommandLine& line, std::string_view) { return line.show_help = true; }},
};

}  // namespace

CommandLine parse_command_line(const std::vector<std::string_view>& arguments, ServerOptions defaults) {
  CommandLine line;
  line.server = std::move(defaults);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    const std::size_t equals = argument.find('=');
    const std::string_view name = argument.substr(0, equals);
    const auto* option = std::find_if(std::begin(command_line_options), std::end(command_line_options),
                                      [&](const Option& o) { return o.name == name; });
    if (option == std::end(command_line_options)) {
      line.error = "unknown option " + std::string(argument);
      return line;
    }
    std::string_view value;
    if (equals != std::string_view::npos) {
      value = argument.substr(equals + 1);
    } else if (option->value.starts_with('[')) {
      if (i + 1 < arguments.size() && !arguments[i + 1].starts_with("--")) value = arguments[++i];
    } else if (!option->value.empty()) {
      if (++i == arguments.size()) {
        line.error = std::string(name) + " needs a value: " + std::string(option->value);
        return line;
      }
      value = arguments[i];
    }
    if ((option->value.empty() && equals != std::string_view::npos) || !option->apply(line, value)) {
      line.error = "the value \"" + std::string(value) + "\" of " + std::string(name) +
                   " makes no sense: " + std::string(option->help);
      return line;
    }
  }
  return line;
}

std::string command_line_help(std::string_view program) {
  std::string out = "Usage: " + std::string(program) +
                    " [options]\n\nServes the application over HTTP until SIGINT or SIGTERM.\n\nOptions:\n";
  for (const Option& option : command_line_options) {
    std::string left = "  " + std::string(option.name);
    if (!option.value.empty()) left += " " + std::string(option.value);
    left.resize(std::max<std::size_t>(left.size() + 2, 40), ' ');
    out += left + std::string(option.help) + "\n";
  }
  return out;
}

}  // namespace serval::detail
