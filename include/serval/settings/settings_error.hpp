// SPDX-License-Identifier: MIT
// Why settings cannot be used: all reasons at once.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace serval {

/// One setting that is missing or not valid, or one line of a file that cannot be read. It shows no value as a whole,
/// but a message may show what is wrong in it: a character, the tag of a variant, the key of a map. Functions of the
/// program may put the value into their messages. For a setting with a `Secret` in it none of this is shown.
struct SettingsFault {
  std::string name;     ///< "SHOP_DB__PORT"; of a JSON file "db.port"; empty for a file or line without a name
  std::string source;   ///< "environment", ".env:3", "settings.json:4", a path; empty if no source has the setting
  std::string message;  ///< what is wrong: "Input should be less than or equal to 65535"

  /// "SHOP_DB__PORT (.env:3): Input should be less than or equal to 65535".
  [[nodiscard]] std::string to_text() const;
};

/// All faults of the settings. `what()` has a line for each.
class SettingsError : public std::runtime_error {
 public:
  explicit SettingsError(std::vector<SettingsFault> faults);
  [[nodiscard]] const std::vector<SettingsFault>& faults() const noexcept { return faults_; }

 private:
  std::vector<SettingsFault> faults_;
};

}  // namespace serval
