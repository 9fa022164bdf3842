// SPDX-License-Identifier: MIT
// Fills a struct of settings with the values that the sources have given, by the rules of its model.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <serval/schema/errors.hpp>

#include "settings/setting_sources.hpp"
#include "settings/setting_tree.hpp"

namespace serval::detail {

class SettingFiller {
 public:
  SettingFiller(SettingTree& tree, SettingFindings& findings) : tree_(tree), findings_(findings) {}

  /// `settings` is a default-constructed object of the root's type. Returns whether it is complete; if not, a fault
  /// tells why. Errors: exceptions of default factories.
  bool fill(void* settings) { return fill_struct(0, settings); }

 private:
  bool fill_struct(std::size_t index, void* object);
  bool fill_member(std::size_t index, void* out);
  bool fill_nested(std::size_t index, void* out);
  bool fill_absent(std::size_t index, void* out);
  bool fill_value(std::size_t index, void* out);
  bool check_struct(std::size_t index, void* object);

  void report(std::size_t index, std::string message);
  void report_issues(std::size_t index, const std::vector<schema::Issue>& issues);
  [[nodiscard]] std::string similar_name(const Setting& setting) const;
  [[nodiscard]] bool is_about_secret(std::size_t index, std::size_t named, const void* object) const;
  [[nodiscard]] bool shows_secret(std::size_t index, std::string_view message) const;
  [[nodiscard]] std::size_t part_named(std::size_t index, std::string_view wire) const;

  SettingTree& tree_;
  SettingFindings& findings_;
};

}  // namespace serval::detail
