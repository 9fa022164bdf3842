// SPDX-License-Identifier: MIT
// The command line of `App::run`, and the environment variables for its options.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <serval/server/server_options.hpp>

#include "base/program_options.hpp"

namespace serval::detail {

/// The values that the program sets in code; the help shows them.
struct CodeSettings {
  ServerOptions server{};
  std::string log_level = "info";
  std::string root_path{};
  /// Options that other parts of the program answer. The help lists them; an error names what they need.
  std::vector<ProgramOption> program_options{};
  std::string trusted_proxies = "none";
  /// The program's own commands with what they do.
  std::vector<std::pair<std::string, std::string>> commands{};
};

/// The values from the command line and the environment, over the defaults.
struct CommandLine {
  ServerOptions server;
  std::optional<std::string> log_level;  ///< nothing: not set
  std::optional<std::string> root_path;
  std::vector<std::string> trusted_proxies;  ///< empty: not set
  std::optional<bool> access_log;            ///< nothing: not set; the server has it, too
  std::vector<ListenerOptions> listeners;    ///< during parsing: those of --listen, which become the server's
  bool says_where = false;                   ///< whether it had --listen, --host or --port
  bool show_help = false;
  bool show_version = false;
  bool show_openapi = false;
  bool show_middleware = false;
  bool show_routes = false;
  std::string check_path;    ///< empty: no check was asked for
  std::string openapi_file;  ///< empty: standard output
  std::string error;         ///< the error message; empty if there is no error
  /// One sentence for the log for each variable that begins with "SERVAL_" but belongs to no option.
  std::vector<std::string> warnings;
};

/// The variables of the environment that begin with "SERVAL_", by name.
using Environment = std::map<std::string, std::string>;

/// `arguments`, without the program's name, take precedence over the environment, and the environment over `code`. An
/// empty variable is ignored, as is the variable of an option that the arguments set; `--help` and `--version` read no
/// variable. Never throws for a bad argument: see `error`. If several variables are bad, it names the one that the help
/// lists first.
[[nodiscard]] CommandLine parse_command_line(const std::vector<std::string_view>& arguments,
                                             const Environment& environment, const CodeSettings& code);

/// The text of `--help`. It shows the values of `code`.
[[nodiscard]] std::string command_line_help(std::string_view program, const CodeSettings& code);

}  // namespace serval::detail
