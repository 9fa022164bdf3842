// SPDX-License-Identifier: MIT
// How a duration counts, and whether it can hold a value.
#pragma once

#include <cstdint>

namespace serval::detail {

/// Whether a type of `<chrono>` can hold a value, or what keeps it from doing so.
enum class Fit : std::uint8_t { fits, too_low, too_high, too_fine };

/// How a duration counts.
struct TickType {
  std::int64_t numerator, denominator;  // seconds in one tick
  std::uint8_t bytes;                   // of the count
  bool is_signed;
  bool is_real;  // the count is a floating-point number
};

}  // namespace serval::detail
