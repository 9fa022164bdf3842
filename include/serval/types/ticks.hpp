// SPDX-License-Identifier: MIT
// The tick type of a duration, and whether it can hold a value.
#pragma once

#include <cstdint>

namespace serval::detail {

/// Whether a type of `<chrono>` can hold a value, or why not.
enum class Fit : std::uint8_t { fits, too_low, too_high, too_fine };

/// The tick and the count of a duration.
struct TickType {
  std::int64_t numerator, denominator;  // seconds in one tick
  std::uint8_t bytes;                   // size of the count
  bool is_signed;
  bool is_real;  // the count is a floating-point number
};

}  // namespace serval::detail
