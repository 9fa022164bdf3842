// SPDX-License-Identifier: MIT
// The command line of `App::run`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <serval/server/server_options.hpp>

namespace serval::detail {

/// What the command line said, over the defaults.
struct CommandLine {
  ServerOptions server;
  std::string log_level = "info";
  bool show_help = false;
  bool show_version = false;
  bool show_openapi = false;
  std::string openapi_file;  ///< empty: standard output
  std::string error;         ///< what was wrong; empty when nothing was
};

/// `arguments` without the program's name. Never throws for a bad argument: see `error`.
[[nodiscard]] CommandLine parse_command_line(const std::vector<std::string_view>& arguments, ServerOptions defaults);

/// The text of `--help`.
[[nodiscard]] std::string command_line_help(std::string_view program);

}  // namespace serval::detail
