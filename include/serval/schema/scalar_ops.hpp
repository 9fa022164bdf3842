// SPDX-License-Identifier: MIT
// How the engine fills and reads a date, a time or a duration of any type, and how these count.
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

/// Dates, times and durations: to and from the one form the engine works with.
struct ScalarOps {
  Fit (*store)(void* value, const void* canonical);
  bool (*load)(const void* value, void* canonical);  // false where that form cannot hold the value
  const TickType* ticks;                             // null where every value of that form fits
};

}  // namespace serval::detail
