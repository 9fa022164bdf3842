// SPDX-License-Identifier: MIT
// Times in lines of logs.
#pragma once

#include <chrono>
#include <string>

namespace serval::detail {

/// A moment in UTC.
struct UtcTime {
  explicit UtcTime(std::chrono::system_clock::time_point time)
      : day(std::chrono::floor<std::chrono::days>(time)),
        clock(std::chrono::floor<std::chrono::milliseconds>(time - day)),
        date(day) {}

  std::chrono::sys_days day;
  std::chrono::hh_mm_ss<std::chrono::milliseconds> clock;
  std::chrono::year_month_day date;
};

/// Appends "10:33:22".
void append_clock(std::string& out, const UtcTime& time);

/// Appends "2026-11-30T10:33:22.123Z" (RFC 3339).
void append_rfc3339(std::string& out, const UtcTime& time);

}  // namespace serval::detail
