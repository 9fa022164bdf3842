// SPDX-License-Identifier: MIT
#include "types/scalar_uuid.hpp"

#include "base/ascii.hpp"
#include "base/utf8.hpp"

#include <string>

namespace serval::detail {
namespace {

constexpr std::array<std::size_t, 5> group_lengths = {8, 4, 4, 4, 12};
constexpr std::string_view urn_prefix = "urn:uuid:";
constexpr std::size_t longest = urn_prefix.size() + 36;

/// The groups without their braces or prefix.
std::string_view strip_wrapping(std::string_view text) noexcept {
  if (text.size() >= 2 && text.front() == '{' && text.back() == '}') return text.substr(1, text.size() - 2);
  if (text.starts_with(urn_prefix)) return text.substr(urn_prefix.size());
  return text;
}

/// Whether `groups` are 36 characters with hyphens or 32 digits without; then `out` is set.
bool scan_groups(std::string_view groups, Uuid& out) noexcept {
  const bool hyphenated = groups.size() == 36;
  if (!hyphenated && groups.size() != 32) return false;
  Uuid::Bytes bytes{};
  std::size_t position = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i, position += 2) {
    if (hyphenated && (i == 4 || i == 6 || i == 8 || i == 10) && groups[position++] != '-') return false;
    const int byte = hex_byte(groups[position], groups[position + 1]);
    if (byte < 0) return false;
    bytes[i] = static_cast<std::uint8_t>(byte);
  }
  out = Uuid(bytes);
  return true;
}

/// The text of the first character of `groups` that cannot be in a UUID; empty if there is none.
std::string invalid_character(std::string_view groups, std::size_t offset) {
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (groups[i] == '-' || hex_value(groups[i]) >= 0) continue;
    const Utf8Step step = utf8_step(groups, i);
    std::string text = "invalid character: found `";
    text += step.well_formed ? groups.substr(i, step.length) : utf8_replacement;
    text += "` at " + std::to_string(offset + i);
    return text;
  }
  return {};
}

/// REQUIRES: `groups` is hexadecimal digits and at least one hyphen, or was in braces or after the prefix.
std::string invalid_groups(std::string_view text, std::string_view groups) {
  std::array<std::size_t, 4> hyphens{};
  std::size_t count = 0;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (groups[i] != '-') continue;
    if (count < hyphens.size()) hyphens[count] = i;
    ++count;
  }
  if (count != hyphens.size()) return "invalid group count: expected 5, found " + std::to_string(count + 1);
  std::size_t start = 0;
  std::size_t group = 0;
  for (; group < hyphens.size() && hyphens[group] - start == group_lengths[group]; ++group) start = hyphens[group] + 1;
  // The last group is measured to the end of the text, including braces.
  const std::size_t found = group < hyphens.size() ? hyphens[group] - start : text.size() - start;
  return "invalid group length in group " + std::to_string(group) + ": expected " +
         std::to_string(group_lengths[group]) + ", found " + std::to_string(found);
}

std::string explain(std::string_view text, std::string_view groups) {
  // Longer texts are not examined.
  if (text.empty() || text.size() > longest) return "invalid length: found " + std::to_string(text.size());
  std::string character = invalid_character(groups, static_cast<std::size_t>(groups.data() - text.data()));
  if (!character.empty()) return character;
  if (groups.size() == text.size() && groups.find('-') == std::string_view::npos) {
    return "invalid length: found " + std::to_string(text.size());
  }
  return invalid_groups(text, groups);
}

}  // namespace

bool parse_uuid(std::string_view text, Uuid& out, Fault& fault) {
  const std::string_view groups = strip_wrapping(text);
  // Digits without hyphens are only allowed alone, not in braces or after the prefix.
  const bool wrapped = groups.size() != text.size();
  if (!(wrapped && groups.size() == 32) && scan_groups(groups, out)) return true;
  return refuse(fault, fault_uuid_parsing(explain(text, groups)));
}

}  // namespace serval::detail
