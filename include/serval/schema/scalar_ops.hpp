// SPDX-License-Identifier: MIT
// How the engine fills and reads a date, a time or a duration of any type.
#pragma once

#include <serval/types/ticks.hpp>

namespace serval::detail {

/// Dates, times and durations: to and from the one form the engine works with.
struct ScalarOps {
  Fit (*store)(void* value, const void* canonical);
  bool (*load)(const void* value, void* canonical);  // false where that form cannot hold the value
  const TickType* ticks;                             // null where every value of that form fits
};

}  // namespace serval::detail
