// SPDX-License-Identifier: MIT
// Gives each setting the value of the strongest source that has it.
#pragma once

#include <functional>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <serval/settings/settings_error.hpp>
#include <serval/settings/settings_options.hpp>

#include "json/reader.hpp"
#include "settings/env_file.hpp"
#include "settings/setting_tree.hpp"

namespace serval::detail {

/// What is found about settings, besides their values.
struct SettingFindings {
  std::vector<SettingsFault> faults{};
  std::vector<std::string> warnings{};                 ///< lines
  std::vector<std::string> sources{};                  ///< for people: ".env", "settings.json (not found)"
  std::map<std::string, std::string> foreign_names{};  ///< those in `.env` files of no setting, with their origin
};

/// Reads the sources and keeps the documents to which values refer.
class SettingSources {
 public:
  SettingSources(SettingTree& tree, const SettingsOptions& options, SettingFindings& findings)
      : tree_(tree), options_(options), findings_(findings) {}

  /// Gives `tree` the values of all sources. Call it once.
  void read();

 private:
  /// A name and its value in a source that has no structure.
  struct Entry {
    std::string name;
    std::string text;
    std::string origin;
    bool is_path = false;  // the text is the path of the file that has the value
  };
  struct MemberOfJson {
    std::string name;
    JsonValue value;
    bool is_file;  // the value is the path of the file that has it
  };
  enum class Repeated { last_counts, must_agree };
  using Origin = std::function<std::string(JsonValue)>;

  void read_values();
  void read_environment();
  void read_env_file(const std::string& path);
  void read_json_file(const std::string& path);
  void read_secrets(const std::string& path);

  void take(std::vector<Entry> entries, SettingTree::Names names, Repeated repeated, UnknownSettings unknown);
  void offer(std::size_t index, Entry entry);
  void offer_json(std::size_t index, JsonValue value, const Origin& origin);
  void offer_member(std::size_t index, const MemberOfJson& member, const Origin& origin);
  void offer_members(std::size_t index, JsonValue object, const Origin& origin);
  [[nodiscard]] bool is_passed_over(const Entry& entry, const Setting* setting) const;
  [[nodiscard]] std::string text_of_file(std::size_t index, Entry& entry);
  /// Nothing if the file does not exist or cannot be read.
  [[nodiscard]] std::optional<std::string> text_of_source(const std::string& path);

  void report(std::size_t index, std::string name, std::string origin, std::string message);
  /// Reports a line that cannot be read. It is ignored if it belongs to another program.
  void report_line(const EnvFileFault& fault, std::string origin);
  void report_by_option(SettingsFault fault, UnknownSettings unknown);
  void report_unknown(std::string name, std::string origin, const std::string& nearest, UnknownSettings unknown);

  struct Document {
    std::string text;
    JsonDocument json;
  };

  SettingTree& tree_;
  const SettingsOptions& options_;
  SettingFindings& findings_;
  std::list<Document> documents_;
};

/// "Input should be JSON: Expecting value (line 1, character 3)", for a text that was not parsed.
[[nodiscard]] std::string fault_no_json(const JsonDocument& document, JsonDocument::Outcome outcome);

}  // namespace serval::detail
