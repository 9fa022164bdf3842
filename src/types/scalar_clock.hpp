// SPDX-License-Identifier: MIT
// Parsers for the parts of dates, times, datetimes and durations at the front of a text. Grammar, order of checks and
// messages are those of speedate, with which Pydantic reads times.
#pragma once

#include <serval/types/datetime.hpp>

#include <chrono>
#include <cstddef>
#include <string_view>

namespace serval::detail {

/// The error in a text, as in the response; empty if there is none.
using Problem = std::string_view;

namespace problem {
inline constexpr Problem too_short = "input is too short";
inline constexpr Problem extra_characters = "unexpected extra characters at the end of the input";
inline constexpr Problem invalid_year = "invalid character in year";
inline constexpr Problem invalid_month = "invalid character in month";
inline constexpr Problem invalid_day = "invalid character in day";
inline constexpr Problem invalid_hour = "invalid character in hour";
inline constexpr Problem invalid_minute = "invalid character in minute";
inline constexpr Problem invalid_second = "invalid character in second";
inline constexpr Problem date_separator = "invalid date separator, expected `-`";
inline constexpr Problem datetime_separator = "invalid datetime separator, expected `T`, `t`, `_` or space";
inline constexpr Problem time_separator = "invalid time separator, expected `:`";
inline constexpr Problem month_range = "month value is outside expected range of 1-12";
inline constexpr Problem day_range = "day value is outside expected range";
inline constexpr Problem hour_range = "hour value is outside expected range of 0-23";
inline constexpr Problem minute_range = "minute value is outside expected range of 0-59";
inline constexpr Problem second_range = "second value is outside expected range of 0-59";
inline constexpr Problem fraction_missing = "second fraction digits missing after `.`";
inline constexpr Problem zone_sign = "invalid timezone sign";
inline constexpr Problem zone_hour = "invalid timezone hour";
inline constexpr Problem zone_minute = "invalid timezone minute";
inline constexpr Problem zone_minute_range = "timezone minute value is outside expected range of 0-59";
inline constexpr Problem zone_range = "timezone offset must be less than 24 hours";
inline constexpr Problem year_zero = "year 0 is out of range";
inline constexpr Problem timestamp_too_small = "dates before 0000 are not supported as unix timestamps";
inline constexpr Problem timestamp_too_large = "dates after 9999 are not supported as unix timestamps";
inline constexpr Problem time_too_large = "numeric times may not exceed 86,399 seconds";
inline constexpr Problem time_negative = "time in seconds should be positive";
inline constexpr Problem not_a_number = "NaN values not permitted";
inline constexpr Problem duration_digit = "invalid digit in duration";
inline constexpr Problem duration_date_unit = "quantity invalid in date part of duration";
inline constexpr Problem duration_time_unit = "quantity invalid in time part of duration";
inline constexpr Problem duration_fraction = "quantity fraction invalid in duration";
inline constexpr Problem duration_repeated_t = "`t` character repeated in duration";
inline constexpr Problem duration_days_word = "\"day\" identifier in duration not correctly formatted";
inline constexpr Problem duration_value_too_large = "a numeric value in the duration is too large";
inline constexpr Problem duration_days_too_large = "durations may not exceed 999,999,999 days";
inline constexpr Problem duration_hours_too_large = "durations may not exceed 999,999,999 hours";
}  // namespace problem

/// The number of the two digits at `position`, -1 if they are missing or not digits.
[[nodiscard]] int two_digits_at(std::string_view text, std::size_t position) noexcept;

/// YYYY-MM-DD in the first ten characters; the caller reads the rest. The year may be 0.
Problem scan_date(std::string_view text, std::chrono::year_month_day& out) noexcept;

/// The seconds, and how much of the text was read.
struct Seconds {
  std::chrono::microseconds value{};
  std::size_t length = 0;
};

/// `:SS` and `.f` or `,f`, or nothing, at the front of `text`. Digits beyond the microsecond are dropped.
Problem scan_seconds(std::string_view text, Seconds& out) noexcept;

/// HH:MM[:SS[.f]] and a zone: all of `text`.
Problem scan_time(std::string_view text, TimeOfDay& out) noexcept;

/// A date, one of `T t _` or space, a time: all of `text`. The year may be 0.
Problem scan_datetime(std::string_view text, DateTime& out) noexcept;

}  // namespace serval::detail
