// SPDX-License-Identifier: MIT
// The operations by which the engine fills and reads a date, a time or a duration of any type.
#pragma once

#include <serval/types/ticks.hpp>

namespace serval::detail {

/// Converts dates, times and durations to and from the one form with which the engine works.
struct ScalarOps {
  Fit (*store)(void* value, const void* canonical);
  bool (*load)(const void* value, void* canonical);  // false if that form cannot hold the value
  const TickType* ticks;                             // null if every value of that form fits
};

}  // namespace serval::detail
