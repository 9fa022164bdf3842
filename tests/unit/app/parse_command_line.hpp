// SPDX-License-Identifier: MIT
// Reads command lines, and shows where a server would listen.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <serval/serval.hpp>

#include "app/command_line.hpp"

namespace serval::detail::command_line_test {

using Variables = Environment;

inline CommandLine parse(const std::vector<std::string_view>& arguments, const Variables& variables = {},
                         ServerOptions options = {}) {
  return parse_command_line(arguments, variables, {.server = std::move(options)});
}

inline std::string where(const CommandLine& line) {
  std::string text = line.error;
  for (const ListenerOptions& each : line.server.listeners) {
    text += text.empty() ? "" : ", ";
    if (each.descriptor >= 0)
      text += "descriptor " + std::to_string(each.descriptor);
    else if (!each.unix_socket.empty())
      text += "socket " + each.unix_socket;
    else
      text += each.host + " port " + std::to_string(each.port);
  }
  return text;
}

}  // namespace serval::detail::command_line_test
