// SPDX-License-Identifier: MIT
#include "settings/setting_tree.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include <serval/base/error.hpp>

#include "base/ascii.hpp"
#include "base/edit_distance.hpp"

namespace serval::detail {

namespace {

constexpr std::string_view nesting = "__";

std::string in_capitals(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = to_upper(c);
  return out;
}

/// The first part of a type, at any depth, for which `is_meant` holds; null if there is none.
const Type* find_part(const Type& type, std::vector<const Type*>& seen, bool (*is_meant)(const Type&)) {
  if (is_meant(type)) return &type;
  if (std::find(seen.begin(), seen.end(), &type) != seen.end()) return nullptr;
  seen.push_back(&type);
  const auto find_in = [&](const Type* part) { return part != nullptr ? find_part(*part, seen, is_meant) : nullptr; };
  if (const Type* found = find_in(type.element)) return found;
  if (const Type* found = find_in(type.key)) return found;
  if (const Type* found = find_in(type.kind == Kind::custom ? type.ops.custom->wire : nullptr)) return found;
  for (std::size_t i = 0; i < type.part_count; ++i) {
    if (const Type* found = find_in(type.parts[i])) return found;
  }
  for (std::size_t i = 0; type.model != nullptr && i < type.model->member_count; ++i) {
    if (const Type* found = find_in(type.model->members[i].type)) return found;
  }
  return nullptr;
}

bool has_part(const Type& type, bool (*is_meant)(const Type&)) {
  std::vector<const Type*> seen;
  return find_part(type, seen, is_meant) != nullptr;
}

[[noreturn]] void refuse_setting(const std::string& variable, std::string_view message) {
  throw SetupError("the setting " + variable + " " + std::string(message), SourceLocation());
}

}  // namespace

const Type& inner_type(const Type& declared) noexcept {
  const Type* type = &declared;
  while (type->kind == Kind::optional) type = type->element;
  return *type;
}

SettingTree::SettingTree(const Type& root, std::string_view prefix) : prefix_(lowered(prefix)) {
  const bool is_name = std::all_of(prefix.begin(), prefix.end(), [](char c) { return is_alphanumeric(c) || c == '_'; });
  if (!is_name)
    throw SetupError("the prefix of the settings, \"" + std::string(prefix) +
                         "\", has other characters than letters, digits and _: write one like \"SHOP_\"",
                     SourceLocation());
  settings_.push_back({.variable = {}, .path = {}, .type = &root, .model = root.model});
  add_members(0);
}

void SettingTree::add_members(std::size_t index) {
  const Model& model = *settings_[index].model;
  for (std::size_t i = 0; i < model.member_count; ++i) add_member(index, model.members[i]);
}

void SettingTree::add_member(std::size_t parent, const Member& member) {
  const std::size_t index = settings_.size();
  const bool is_whole_name = parent == 0 && member.wire != member.name;  // an alias
  Setting added{.variable = {}, .path = {}, .type = member.type, .parent = parent};
  const Setting& around = settings_[parent];
  added.has_own_name = is_whole_name || around.has_own_name;
  added.path = (parent == 0 ? "" : around.path + std::string(nesting)) + lowered(member.wire);
  added.variable = parent == 0 ? (is_whole_name ? "" : in_capitals(prefix_)) : around.variable + std::string(nesting);
  added.variable += in_capitals(member.wire);
  if (has_part(*member.type, [](const Type& type) { return type.read_only || type.kind == Kind::upload; }))
    refuse_setting(added.variable, "has a type in it that cannot be read: use std::string instead of std::string_view");
  const Type& inner = inner_type(*member.type);
  if (inner.kind == Kind::model) added.model = inner.model;
  added.is_secret = has_part(*member.type, [](const Type& type) { return type.is_secret; });
  if (!by_path_.emplace(added.path, index).second || !by_variable_.emplace(lowered(added.variable), index).second)
    refuse_setting(added.variable,
                   "exists twice: the case of letters does not matter, and __ separates the names of nested members");
  const bool is_struct = added.model != nullptr;
  settings_.push_back(std::move(added));
  settings_[parent].parts.push_back(index);
  if (is_struct) add_members(index);
}

std::optional<SettingTree::Named> SettingTree::find(Names names, std::string_view name) const {
  constexpr std::string_view of_files = "_file";
  const Index& index = index_of(names);
  const std::string wanted = lowered(name);
  if (const auto found = index.find(wanted); found != index.end()) return Named{found->second, false};
  if (!wanted.ends_with(of_files)) return std::nullopt;
  const auto found = index.find(std::string_view(wanted).substr(0, wanted.size() - of_files.size()));
  if (found == index.end()) return std::nullopt;
  if (names == Names::variables && prefix_.empty() && !settings_[found->second].has_own_name) return std::nullopt;
  return Named{found->second, true};
}

std::string SettingTree::nearest(Names names, std::string_view name) const {
  const std::string wanted = lowered(name);
  // The name of a variable where that of a member belongs.
  if (const auto found = by_variable_.find(wanted); names == Names::paths && found != by_variable_.end())
    return settings_[found->second].path;
  std::size_t least = 3;
  const Setting* nearest = nullptr;
  for (const auto& [known, index] : index_of(names)) {
    const std::size_t distance = edit_distance(wanted, known);
    if (distance >= least || distance >= known.size()) continue;
    least = distance;
    nearest = &settings_[index];
  }
  if (nearest == nullptr) return {};
  return names == Names::variables ? nearest->variable : nearest->path;
}

bool SettingTree::has_prefix(std::string_view name) const {
  return !prefix_.empty() && lowered(name.substr(0, prefix_.size())) == prefix_;
}

bool SettingTree::is_decided(std::size_t index) const {
  for (;; index = settings_[index].parent) {
    if (settings_[index].given || settings_[index].is_faulty) return true;
    if (index == 0) return false;
  }
}

bool SettingTree::has_any(std::size_t index) const {
  const Setting& setting = settings_[index];
  return setting.given || setting.is_present || setting.is_faulty ||
         std::any_of(setting.parts.begin(), setting.parts.end(), [&](std::size_t part) { return has_any(part); });
}

}  // namespace serval::detail
