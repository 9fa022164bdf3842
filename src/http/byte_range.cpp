// SPDX-License-Identifier: MIT
#include "http/byte_range.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>

#include <serval/http/headers.hpp>

#include "base/ascii.hpp"
#include "http/grammar.hpp"

namespace serval::detail {
namespace {

using Outcome = RangeSelection::Outcome;

// The most specs that are read, so that a field of only commas and digits costs no more than sorting these.
constexpr std::size_t max_specs = 256;

struct Asked {
  ByteRange range;
  std::size_t position = 0;  // among the requested ranges
};

/// Digits only; a number beyond 64 bits is also beyond every file.
std::optional<std::uint64_t> parse_position(std::string_view text) noexcept {
  if (text.empty() || !std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
  std::uint64_t value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  return result.ec == std::errc() ? value : UINT64_MAX;
}

/// One range-spec. Nothing if it is malformed; a range that ends before it begins if it contains no byte.
std::optional<ByteRange> parse_spec(std::string_view spec, std::uint64_t size) noexcept {
  const std::size_t dash = spec.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const std::string_view before = spec.substr(0, dash);
  const auto last = parse_position(spec.substr(dash + 1));
  constexpr ByteRange none{1, 0};
  if (before.empty()) {  // the last n bytes
    if (!last) return std::nullopt;
    if (*last == 0 || size == 0) return none;
    return ByteRange{size - std::min(*last, size), size - 1};
  }
  const auto first = parse_position(before);
  if (!first || (!last && dash + 1 != spec.size())) return std::nullopt;
  if (last && *last < *first) return std::nullopt;
  if (*first >= size) return none;
  return ByteRange{*first, std::min(last.value_or(UINT64_MAX), size - 1)};
}

/// Joins ranges that overlap or touch; each keeps the position of its first part (section 15.3.7.2).
std::vector<ByteRange> join(std::vector<Asked> asked) {
  std::sort(asked.begin(), asked.end(), [](const Asked& a, const Asked& b) { return a.range.first < b.range.first; });
  std::size_t count = 0;
  for (const Asked& next : asked) {
    if (count != 0 && next.range.first <= asked[count - 1].range.last + 1) {
      Asked& joined = asked[count - 1];
      joined.range.last = std::max(joined.range.last, next.range.last);
      joined.position = std::min(joined.position, next.position);
    } else {
      asked[count++] = next;
    }
  }
  asked.resize(count);
  std::sort(asked.begin(), asked.end(), [](const Asked& a, const Asked& b) { return a.position < b.position; });
  std::vector<ByteRange> ranges;
  ranges.reserve(count);
  for (const Asked& each : asked) ranges.push_back(each.range);
  return ranges;
}

}  // namespace

RangeSelection select_ranges(std::string_view field, std::uint64_t size) {
  const std::size_t equals = field.find('=');
  if (equals == std::string_view::npos) return {Outcome::malformed, {}};
  if (!http::iequals(trim_whitespace(field.substr(0, equals)), "bytes")) return {Outcome::unknown_unit, {}};
  std::string_view rest = field.substr(equals + 1);
  std::vector<Asked> asked;
  std::size_t specs = 0;
  for (;;) {
    const std::size_t comma = rest.find(',');
    // Empty elements of a list are ignored (section 5.6.1.2).
    if (const std::string_view spec = trim_whitespace(rest.substr(0, comma)); !spec.empty()) {
      const auto range = parse_spec(spec, size);
      if (!range) return {Outcome::malformed, {}};
      if (++specs > max_specs) return {Outcome::unsatisfiable, {}};
      if (range->first <= range->last) asked.push_back({*range, specs});
    }
    if (comma == std::string_view::npos) break;
    rest.remove_prefix(comma + 1);
  }
  if (specs == 0) return {Outcome::malformed, {}};
  RangeSelection selection{Outcome::ranges, join(std::move(asked))};
  if (selection.ranges.empty() || selection.ranges.size() > max_byte_ranges) return {Outcome::unsatisfiable, {}};
  return selection;
}

std::string content_range(const ByteRange& range, std::uint64_t size) {
  return "bytes " + std::to_string(range.first) + "-" + std::to_string(range.last) + "/" + std::to_string(size);
}

std::string unsatisfied_range(std::uint64_t size) { return "bytes */" + std::to_string(size); }

}  // namespace serval::detail
