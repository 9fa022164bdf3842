// SPDX-License-Identifier: MIT
// The range of years in texts of dates: 1 to 9999, as in Python and RFC 3339.
#pragma once

#include <chrono>

namespace serval::detail {

inline constexpr std::chrono::year first_year{1};
inline constexpr std::chrono::year last_year{9999};

/// The first and the last microsecond of those years, since 1970.
inline constexpr std::chrono::microseconds first_moment =
    std::chrono::sys_days(first_year / std::chrono::January / 1).time_since_epoch();
inline constexpr std::chrono::microseconds last_moment =
    std::chrono::sys_days(last_year / std::chrono::December / 31).time_since_epoch() + std::chrono::days(1) -
    std::chrono::microseconds(1);

}  // namespace serval::detail
