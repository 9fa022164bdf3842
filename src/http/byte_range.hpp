// SPDX-License-Identifier: MIT
// The `range` field (RFC 9110 section 14): which bytes of a representation a client asks for. No I/O.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace serval::detail {

/// Bytes `first` to `last` of a representation, both included.
struct ByteRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;

  [[nodiscard]] std::uint64_t size() const noexcept { return last - first + 1; }
  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

/// What a `range` field comes to for a representation of a known size.
struct RangeSelection {
  enum class Outcome : std::uint8_t {
    ranges,         ///< at least one, none of which touches another, in the order they were asked for
    unsatisfiable,  ///< no byte of the representation is asked for, or too many pieces are (section 15.5.17): 416
    unknown_unit,   ///< another unit than bytes: the field is ignored
    malformed,      ///< 400
  };
  Outcome outcome = Outcome::malformed;
  std::vector<ByteRange> ranges;
};

/// More pieces than that, after those that touch one another were joined, are refused: each costs the answer more than
/// a client can want it for.
inline constexpr std::size_t max_byte_ranges = 16;

/// "bytes=0-4", "bytes=-5", "bytes=9-", "bytes=0-0, 5-9". A range that reaches beyond the end is cut there; one that
/// begins there is left out.
[[nodiscard]] RangeSelection select_ranges(std::string_view field, std::uint64_t size);

/// "bytes 0-4/11".
[[nodiscard]] std::string content_range(const ByteRange& range, std::uint64_t size);
/// "bytes */11".
[[nodiscard]] std::string unsatisfied_range(std::uint64_t size);

}  // namespace serval::detail
