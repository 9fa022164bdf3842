// SPDX-License-Identifier: MIT
#include "static_files/safe_path.hpp"

#include <serval/http/url.hpp>

namespace serval::static_files {
namespace {

bool is_safe(std::string_view part) noexcept {
  constexpr std::string_view refused("/\\\0", 3);
  return !part.empty() && part != "." && part != ".." && part.find_first_of(refused) == std::string_view::npos;
}

}  // namespace

std::optional<SafePath> to_safe_path(std::string_view raw_path) {
  if (!raw_path.starts_with('/')) return std::nullopt;
  raw_path.remove_prefix(1);
  if (raw_path.empty()) return SafePath{.path = {}, .ends_with_slash = true};
  SafePath safe;
  safe.ends_with_slash = raw_path.ends_with('/');
  if (safe.ends_with_slash) raw_path.remove_suffix(1);
  for (;;) {
    const std::size_t slash = raw_path.find('/');
    // Decoded after the split: an escaped slash does not separate segments.
    const std::string part = http::percent_decode(raw_path.substr(0, slash));
    if (!is_safe(part)) return std::nullopt;
    if (!safe.path.empty()) safe.path += '/';
    safe.path += part;
    if (slash == std::string_view::npos) return safe;
    raw_path.remove_prefix(slash + 1);
  }
}

}  // namespace serval::static_files
