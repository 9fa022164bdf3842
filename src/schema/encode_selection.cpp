// SPDX-License-Identifier: MIT
#include "schema/encode_selection.hpp"

#include <algorithm>

namespace serval::detail {

namespace {

/// Whether the path is the name, or leads through it.
bool leads_through(std::string_view path, std::string_view name) {
  return path.starts_with(name) && path.size() > name.size() && path[name.size()] == '.';
}

std::vector<std::string> within(const std::vector<std::string>& paths, std::string_view name) {
  std::vector<std::string> out;
  for (const std::string& path : paths) {
    if (leads_through(path, name)) out.push_back(path.substr(name.size() + 1));
  }
  return out;
}

bool model_has_path(const Model& model, std::string_view path) {
  const std::string_view name = path.substr(0, path.find('.'));
  for (std::size_t i = 0; i < model.computed_count; ++i) {
    const ComputedMember& member = model.computed[i];
    if (member.wire == path) return true;
    if (member.wire == name) return has_path(*member.type, path.substr(name.size() + 1));
  }
  for (std::size_t i = 0; i < model.member_count; ++i) {
    const Member& member = model.members[i];
    if (member.name == name) return name == path || has_path(*member.type, path.substr(name.size() + 1));
  }
  return false;
}

}  // namespace

bool has_path(const Type& type, std::string_view path) {
  switch (type.kind) {
    case Kind::model:
      return model_has_path(*type.model, path);
    case Kind::optional:
    case Kind::list:
    case Kind::set:
    case Kind::map:
    case Kind::partial:
      return has_path(*type.element, path);
    case Kind::tuple:
    case Kind::variant:
      return std::any_of(type.parts, type.parts + type.part_count,
                         [&](const Type* part) { return has_path(*part, path); });
    case Kind::custom:
      return has_path(*type.ops.custom->wire, path);
    case Kind::json:
      return true;
    case Kind::boolean:
    case Kind::integer:
    case Kind::number:
    case Kind::string:
    case Kind::enumeration:
    case Kind::literal:
    case Kind::text:
    case Kind::uuid:
    case Kind::datetime:
    case Kind::date:
    case Kind::time:
    case Kind::duration:
    case Kind::upload:
      return false;
  }
  return false;
}

bool selects_member(const schema::EncodeOptions& options, std::string_view name) {
  const auto is_name = [&](const std::string& path) { return path == name; };
  if (std::any_of(options.exclude.begin(), options.exclude.end(), is_name)) return false;
  return options.include.empty() ||
         std::any_of(options.include.begin(), options.include.end(),
                     [&](const std::string& path) { return path == name || leads_through(path, name); });
}

schema::EncodeOptions options_within(const schema::EncodeOptions& options, std::string_view name) {
  schema::EncodeOptions inner = options;
  inner.exclude = within(options.exclude, name);
  const bool whole = std::find(options.include.begin(), options.include.end(), name) != options.include.end();
  inner.include = whole ? std::vector<std::string>() : within(options.include, name);
  return inner;
}

}  // namespace serval::detail
