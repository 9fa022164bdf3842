// SPDX-License-Identifier: MIT
// The command line of `App::run`, and what the environment says in its place.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <serval/server/server_options.hpp>

namespace serval::detail {

/// What the command line and the environment said, over the defaults.
struct CommandLine {
  ServerOptions server;
  std::optional<std::string> log_level;  ///< nothing: not said
  std::optional<std::string> root_path;
  bool show_help = false;
  bool show_version = false;
  bool show_openapi = false;
  std::string openapi_file;  ///< empty: standard output
  std::string error;         ///< what was wrong; empty when nothing was
};

/// A variable's value; null where there is none.
using Environment = std::function<const char*(const char* name)>;

/// `arguments` without the program's name win over the environment, that over `defaults`. An empty variable counts as
/// none. Never throws for a bad argument: see `error`.
[[nodiscard]] CommandLine parse_command_line(const std::vector<std::string_view>& arguments,
                                             const Environment& environment, ServerOptions defaults);

/// The text of `--help`.
[[nodiscard]] std::string command_line_help(std::string_view program);

}  // namespace serval::detail
