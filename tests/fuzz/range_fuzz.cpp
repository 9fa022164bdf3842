// SPDX-License-Identifier: MIT
// Parses the `range` field and the fields of conditional requests.
#include "http/byte_range.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <serval/http/headers.hpp>

#include "http/precondition.hpp"

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

// Ranges are within the file and do not touch each other.
void check_ranges(std::string_view field, std::uint64_t size) {
  const auto selection = serval::detail::select_ranges(field, size);
  require((selection.outcome == serval::detail::RangeSelection::Outcome::ranges) == !selection.ranges.empty());
  require(selection.ranges.size() <= serval::detail::max_byte_ranges);
  for (const auto& range : selection.ranges) {
    require(range.first <= range.last && range.last < size);
    for (const auto& other : selection.ranges) {
      require(&other == &range || range.last + 1 < other.first || other.last + 1 < range.first);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const std::uint64_t bytes : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{11}, std::uint64_t{1} << 62}) {
    check_ranges(text, bytes);
  }
  const serval::detail::Validators current{.etag = "\"a\"", .modified = std::chrono::sys_seconds{}};
  for (const std::string_view name :
       {"if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "if-range"}) {
    serval::http::RequestHeaders headers;
    headers.add(name, text);
    static_cast<void>(serval::detail::evaluate_preconditions(headers, current));
    static_cast<void>(serval::detail::range_counts(headers, current, std::chrono::system_clock::time_point{}));
  }
  return 0;
}
