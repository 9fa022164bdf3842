// SPDX-License-Identifier: MIT
// Durations from text and from JSON numbers, by Pydantic's lax rules. `std::chrono::microseconds` ends after
// 106,751,991 days where Pydantic's ends at 999,999,999; values in between are refused as too large.
#pragma once

#include "types/fault.hpp"
#include "types/scalar_integer.hpp"

#include <chrono>
#include <string_view>

namespace serval::detail {

/// ISO 8601 (`P1DT2H`, a year is 365 days, a month 30, a fraction in the last quantity), `[D day[s][,]] H:MM[:SS[.f]]`
/// with any number of hours if there are no days, `10d`; each may begin with a sign. Fault: time_delta_parsing.
bool parse_duration(std::string_view text, std::chrono::microseconds& out, Fault& fault);

/// Seconds. Fault: time_delta_parsing.
bool duration_from_integer(const Integer& number, std::chrono::microseconds& out, Fault& fault);
bool duration_from_double(double number, std::chrono::microseconds& out, Fault& fault);

}  // namespace serval::detail
