// SPDX-License-Identifier: MIT
// The times that an option may state.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include <serval/base/error.hpp>

namespace serval::detail {

/// What a clock can be told to add without an overflow.
inline constexpr std::chrono::milliseconds longest_time = std::chrono::hours(24 * 365 * 100);

/// Errors: SetupError for a negative time and for more than `longest`, which is `longest_time` or has no end.
inline void require_time(std::string_view option, std::chrono::milliseconds time, const SourceLocation& where,
                         std::chrono::milliseconds longest = longest_time) {
  if (time.count() >= 0 && time <= longest) return;
  throw SetupError(std::string(option) + " is " + std::to_string(time.count()) + " ms; it must be " +
                       (longest == longest_time ? "from 0 to 100 years" : "0 or more"),
                   where);
}

}  // namespace serval::detail
