// SPDX-License-Identifier: MIT
// All settings of a struct by their names, and the value that a source gives each of them.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <serval/schema/type.hpp>

#include "json/tape.hpp"

namespace serval::detail {

/// A value as a source has it.
struct GivenValue {
  std::string origin;             ///< "environment", ".env:3", "settings.json:4"
  std::string text;               ///< used if there is no `json`
  std::optional<JsonValue> json;  ///< lives as long as the documents of the sources
};

/// A member of the settings, or of a struct among them. The root is the whole struct.
struct Setting {
  std::string variable;          ///< "SHOP_DB__HOST"; empty for the root
  std::string path;              ///< "db__host", in lower case, without the prefix; empty for the root
  const Type* type = nullptr;    ///< as declared
  const Model* model = nullptr;  ///< of a struct, whose members are settings; null: one value
  std::size_t parent = 0;
  std::vector<std::size_t> parts{};  ///< of a struct: its members, in the order of the model
  /// The value of the strongest source. Of a struct only a null: its members have the values.
  std::optional<GivenValue> given{};
  bool has_own_name = false;    ///< whether an alias is its whole variable, or the beginning of it: without the prefix
  bool is_secret = false;       ///< whether it has a `Secret` in it
  bool is_present = false;      ///< of a struct: whether a source has it as a whole, perhaps without members
  bool is_faulty = false;       ///< whether a fault of it is already reported
  std::string faulty_source{};  ///< the origin of a value that cannot be used, which is not `given`
};

/// The type inside the optionals of a declared type.
[[nodiscard]] const Type& inner_type(const Type& declared) noexcept;

class SettingTree {
 public:
  /// REQUIRES: `root.kind` is `Kind::model`. Errors: SetupError for a prefix that no variable can have, for two
  /// settings of one name, and for a member that cannot be read.
  SettingTree(const Type& root, std::string_view prefix);

  /// The name in lower case by which a source knows a setting.
  enum class Names { variables, paths };
  struct Named {
    std::size_t index;
    bool is_file;  ///< whether the name is that of a file that has the value: NAME_FILE
  };
  /// `name` in any case. Of variables without a prefix, NAME_FILE is only known for aliases: others would take
  /// variables of other programs, such as LOG_FILE.
  [[nodiscard]] std::optional<Named> find(Names names, std::string_view name) const;
  /// The name most similar to one that is unknown; empty if none is within two edits.
  [[nodiscard]] std::string nearest(Names names, std::string_view name) const;
  /// Whether the name has the prefix. False if there is no prefix.
  [[nodiscard]] bool has_prefix(std::string_view name) const;

  /// The root is first; a struct is before its members.
  [[nodiscard]] std::vector<Setting>& settings() noexcept { return settings_; }
  [[nodiscard]] const std::vector<Setting>& settings() const noexcept { return settings_; }

  /// Whether the value is already known: it is given or faulty, or the struct around it is null or faulty.
  [[nodiscard]] bool is_decided(std::size_t index) const;
  /// Whether a source has the setting or one of its members.
  [[nodiscard]] bool has_any(std::size_t index) const;

 private:
  using Index = std::map<std::string, std::size_t, std::less<>>;

  void add_members(std::size_t index);
  void add_member(std::size_t parent, const Member& member);
  [[nodiscard]] const Index& index_of(Names names) const noexcept {
    return names == Names::variables ? by_variable_ : by_path_;
  }

  std::string prefix_;  // in lower case
  std::vector<Setting> settings_;
  Index by_variable_;
  Index by_path_;
};

}  // namespace serval::detail
