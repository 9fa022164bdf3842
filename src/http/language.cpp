// SPDX-License-Identifier: MIT
#include <serval/http/language.hpp>

#include <serval/http/headers.hpp>

#include <algorithm>
#include <cstddef>
#include <vector>

#include "base/ascii.hpp"
#include "http/grammar.hpp"

namespace serval::http {
namespace {

constexpr detail::CharSet range_chars = detail::CharSet(detail::alphanumerics).add("-*");
// No client sends so many; each is compared with every offered tag.
constexpr std::size_t max_ranges = 64;

struct LanguageRange {
  std::string_view tag;
  int quality = 1000;  // in thousandths
};

/// Malformed ranges are left out.
std::vector<LanguageRange> parse_ranges(std::string_view field) {
  std::vector<LanguageRange> ranges;
  while (!field.empty() && ranges.size() < max_ranges) {
    const std::string_view element = detail::take_element(field);
    const std::size_t semicolon = element.find(';');
    LanguageRange range{detail::trim_whitespace(element.substr(0, semicolon))};
    if (semicolon != std::string_view::npos) {
      const std::string_view weight = detail::trim_whitespace(element.substr(semicolon + 1));
      const bool is_weight = weight.size() > 2 && detail::to_lower(weight[0]) == 'q' && weight[1] == '=';
      range.quality = is_weight ? detail::parse_quality(weight.substr(2)) : -1;
    }
    if (!range.tag.empty() && range_chars.contains_all(range.tag) && range.quality >= 0) ranges.push_back(range);
  }
  return ranges;
}

/// Whether a tag equals a range or is more specific: "de-AT" and "de" are within "de" (RFC 4647 section 3.3.1).
bool is_within(std::string_view tag, std::string_view range) {
  return iequals(tag.substr(0, range.size()), range) && (tag.size() == range.size() || tag[range.size()] == '-');
}

/// Whether the longest range that contains a tag has the weight 0.
bool is_refused(std::string_view tag, std::span<const LanguageRange> ranges) {
  const LanguageRange* longest = nullptr;
  for (const LanguageRange& range : ranges) {
    if (is_within(tag, range.tag) && (longest == nullptr || range.tag.size() > longest->tag.size())) longest = &range;
  }
  return longest != nullptr && longest->quality == 0;
}

/// The range without its last subtag, and without a single letter at its new end, which only introduces further
/// subtags.
std::string_view shorter(std::string_view range) {
  std::size_t end = range.rfind('-');
  if (end == std::string_view::npos) return {};
  if (end >= 2 && range[end - 2] == '-') end -= 2;
  return range.substr(0, end);
}

std::string_view look_up(std::string_view range, std::span<const std::string_view> offered,
                         std::span<const LanguageRange> ranges) {
  const auto first = [&](auto fits) -> std::string_view {
    const auto found =
        std::ranges::find_if(offered, [&](std::string_view tag) { return fits(tag) && !is_refused(tag, ranges); });
    return found == offered.end() ? std::string_view() : *found;
  };
  if (range == "*") return first([](std::string_view) { return true; });
  for (std::string_view part = range; !part.empty(); part = shorter(part)) {
    const std::string_view found = first([part](std::string_view tag) { return iequals(tag, part); });
    if (!found.empty()) return found;
  }
  return first([range](std::string_view tag) { return is_within(tag, range); });
}

}  // namespace

std::string_view negotiate_language(std::string_view accept_language, std::span<const std::string_view> offered) {
  const std::vector<LanguageRange> ranges = parse_ranges(accept_language);
  std::vector<LanguageRange> by_quality = ranges;
  std::ranges::stable_sort(by_quality, std::ranges::greater(), &LanguageRange::quality);
  for (const LanguageRange& range : by_quality) {
    if (range.quality == 0) break;
    const std::string_view found = look_up(range.tag, offered, ranges);
    if (!found.empty()) return found;
  }
  return offered.front();
}

}  // namespace serval::http
