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

}  // namespace

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
