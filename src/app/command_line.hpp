// SPDX-License-Identifier: MIT
// The command line of `App::run`, and what the environment says in its place.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <serval/server/server_options.hpp>

namespace serval::detail {

/// What the program sets in code; the help shows it.
struct CodeSettings {
  ServerOptions server{};
  std::string log_level = "info";
  std::string root_path{};
};

/// What the command line and the environment said, over the defaults.
struct CommandLine {
  ServerOptions server;
  std::optional<std::string> log_level;  ///< nothing: not said
  std::optional<std::string> root_path;
  std::vector<ListenerOptions> listeners;  ///< while it is read: those of --listen, which become the server's
  bool says_where = false;                 ///< whether it had --listen, --host or --port
  bool show_help = false;
  bool show_version = false;
  bool show_openapi = false;
  bool show_middleware = false;
  bool show_routes = false;
  std::string openapi_file;  ///< empty: standard output
  std::string error;         ///< what was wrong; empty when nothing was
  /// Variables that begin with "SERVAL_" but belong to no option, each in a sentence for the log.
  std::vector<std::string> warnings;
};

/// The variables of the environment that begin with "SERVAL_", by name.
using Environment = std::map<std::string, std::string>;

/// `arguments` without the program's name win over the environment, that over `code`. An empty variable counts as none,
/// and so does that of an option which the arguments set; `--help` and `--version` read no variable at all. Never
/// throws for a bad argument: see `error`. Of several bad variables it names the one that the help lists first.
[[nodiscard]] CommandLine parse_command_line(const std::vector<std::string_view>& arguments,
                                             const Environment& environment, const CodeSettings& code);

/// The text of `--help`. It shows the values of `code`.
[[nodiscard]] std::string command_line_help(std::string_view program, const CodeSettings& code);

}  // namespace serval::detail
