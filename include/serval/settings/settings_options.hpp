// SPDX-License-Identifier: MIT
// Where settings are read from.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace serval {

/// What happens to a name that belongs to no setting. Names without the prefix belong to others and are always ignored.
enum class UnknownSettings : std::uint8_t {
  warn,    ///< a warning, with the most similar name
  fail,    ///< a fault, as for a value that does not fit
  ignore,  ///< nothing
};

/// The sources of `read_settings` and `load_settings`, the strongest first. Each setting is taken from the first source
/// that has it, also if it is a member of a struct whose other members come from elsewhere.
///
/// The name of a setting in `values` and in the JSON file is that of the member, `db__password` for the member
/// `password` of the member `db`; in the other sources it is the prefix and that name. The case of letters does not
/// matter. An alias of a member of the settings, `Field<std::string, alias("DATABASE_URL")>`, is the whole name,
/// without the prefix. `NAME_FILE` in place of `NAME` is the path of a file that has the value; if there is no prefix,
/// only of aliases, in `values` and in the JSON file, since LOG_FILE may be a variable of another program. Of two names
/// of one setting in one source, those with different values are a fault, and members override the struct that they are
/// in.
struct SettingsOptions {
  /// The beginning of the names, "SHOP_"; letters, digits and `_`. Default: none; then unknown names cannot be told
  /// from those of others and are ignored, except in the JSON file. `App::run` itself reads "SERVAL_".
  std::string prefix{};
  /// Values by the name of their setting, without the prefix: from the command line, or in tests. An unknown name is a
  /// fault. Default: none.
  std::map<std::string, std::string> values{};
  /// The variables of the environment, for tests. Default: those of the process.
  std::optional<std::map<std::string, std::string>> environment{};
  /// Files of lines `NAME=value`; a later file replaces values of earlier ones. Files that do not exist are left out.
  /// Lines of another form that begin with no name of a setting are ignored if they begin like a variable of another
  /// program, and else count as unknown names. Default: none.
  std::vector<std::string> env_files{};
  /// A file with a JSON object: `{"port": 80, "db": {"host": "a"}}`. It is left out if it does not exist. Default:
  /// none.
  std::string json_file{};
  /// A folder with one file for each setting, named after it, as Docker and Kubernetes provide secrets. It is left out
  /// if it does not exist. Other entries than files are a fault if they have the name of a setting. Default: none.
  std::string secrets_dir{};
  /// Names that belong to no setting, except in `values`, and lines of `.env` files without a name. Default: a warning.
  UnknownSettings unknown = UnknownSettings::warn;
  /// Whether an empty text counts as if its name were absent, except in the JSON file. Default: no, it is the value "".
  bool ignore_empty = false;
  /// Called with each warning, a line without its end. Default: it is written to standard error.
  std::function<void(std::string_view warning)> on_warning{};
};

}  // namespace serval
