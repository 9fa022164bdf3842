// SPDX-License-Identifier: MIT
// The `range` field (RFC 9110 section 14): the bytes of a representation that a client requests. No I/O.
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

/// The result of a `range` field for a representation of a known size.
struct RangeSelection {
  enum class Outcome : std::uint8_t {
    ranges,         ///< at least one, none of which touches another, in the requested order
    unsatisfiable,  ///< no byte of the representation is requested, or too many pieces (section 15.5.17): 416
    unknown_unit,   ///< a unit other than bytes: the field is ignored
    malformed,      ///< 400
  };
  Outcome outcome = Outcome::malformed;
  std::vector<ByteRange> ranges;
};

/// The most pieces, after joining those that touch; more are refused, since no client needs so many and each one costs.
inline constexpr std::size_t max_byte_ranges = 16;

/// "bytes=0-4", "bytes=-5", "bytes=9-", "bytes=0-0, 5-9". A range that extends beyond the end is cut there; one that
/// begins beyond the end is left out.
[[nodiscard]] RangeSelection select_ranges(std::string_view field, std::uint64_t size);

/// "bytes 0-4/11".
[[nodiscard]] std::string content_range(const ByteRange& range, std::uint64_t size);
/// "bytes */11".
[[nodiscard]] std::string unsatisfied_range(std::uint64_t size);

}  // namespace serval::detail
