// SPDX-License-Identifier: MIT
// Datetimes, dates and times of day from text and from JSON numbers, by Pydantic's lax rules.
#pragma once

#include <serval/types/datetime.hpp>

#include "types/fault.hpp"
#include "types/scalar_integer.hpp"

#include <chrono>
#include <string_view>

namespace serval::detail {

/// ISO 8601, a bare date (midnight, naive), or a Unix time in text. Any other text gets the error of reading it as a
/// date: datetime_from_date_parsing; year 0 gives datetime_parsing.
bool parse_datetime(std::string_view text, DateTime& out, Fault& fault);

/// A Unix time in seconds, beyond 2e10 in absolute value in milliseconds; the result is in UTC. Fault:
/// datetime_parsing.
bool datetime_from_integer(const Integer& number, DateTime& out, Fault& fault);
bool datetime_from_double(double number, DateTime& out, Fault& fault);

/// YYYY-MM-DD, or a datetime or Unix time at midnight. Any other text gets the error of reading it as a datetime:
/// date_from_datetime_parsing, date_from_datetime_inexact; year 0 gives date_parsing.
bool parse_date(std::string_view text, std::chrono::year_month_day& out, Fault& fault);

/// A Unix time at midnight. Faults: date_from_datetime_parsing, date_from_datetime_inexact, date_parsing.
bool date_from_integer(const Integer& number, std::chrono::year_month_day& out, Fault& fault);
bool date_from_double(double number, std::chrono::year_month_day& out, Fault& fault);

/// HH:MM[:SS[.f]] and a zone. Fault: time_parsing.
bool parse_time(std::string_view text, TimeOfDay& out, Fault& fault);

/// Seconds of the day; the result is in UTC. Fault: time_parsing.
bool time_from_integer(const Integer& number, TimeOfDay& out, Fault& fault);
bool time_from_double(double number, TimeOfDay& out, Fault& fault);

}  // namespace serval::detail
