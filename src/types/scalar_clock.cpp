// SPDX-License-Identifier: MIT
#include "types/scalar_clock.hpp"

#include "base/ascii.hpp"

namespace serval::detail {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;

char char_at(std::string_view text, std::size_t position) noexcept {
  return position < text.size() ? text[position] : '\0';
}

/// The digits after the point. REQUIRES: `text` begins with the point.
Problem scan_fraction(std::string_view text, Seconds& out) noexcept {
  std::size_t length = 1;
  int micros = 0;
  for (; length < text.size() && is_digit(text[length]); ++length) {
    if (length <= 6) micros = micros * 10 + (text[length] - '0');
  }
  if (length == 1) return problem::fraction_missing;
  for (std::size_t digits = length - 1; digits < 6; ++digits) micros *= 10;
  out.value += microseconds(micros);
  out.length += length;
  return {};
}

/// The hours and minutes after a zone's sign: all of `text`.
Problem scan_offset(std::string_view text, seconds& out) noexcept {
  const int hour = two_digits_at(text, 0);
  if (hour < 0) return problem::zone_hour;
  const std::size_t minute_at = char_at(text, 2) == ':' ? 3 : 2;
  const int minute = two_digits_at(text, minute_at);
  if (minute < 0) return problem::zone_minute;
  if (minute > 59) return problem::zone_minute_range;
  if (hour > 23) return problem::zone_range;
  if (text.size() > minute_at + 2) return problem::extra_characters;
  out = hours(hour) + minutes(minute);
  return {};
}

/// `Z`, `z`, or a sign and an offset: all of `text`.
Problem scan_zone(std::string_view text, std::optional<seconds>& out) noexcept {
  // U+2212, the minus sign that ISO 8601 prefers.
  constexpr std::string_view minus_sign = "\xE2\x88\x92";
  if (text.front() == 'Z' || text.front() == 'z') {
    if (text.size() > 1) return problem::extra_characters;
    out = seconds(0);
    return {};
  }
  const bool negative = text.front() == '-' || text.starts_with(minus_sign);
  if (!negative && text.front() != '+') return problem::zone_sign;
  seconds offset{};
  const Problem found = scan_offset(text.substr(text.front() == minus_sign.front() ? minus_sign.size() : 1), offset);
  if (!found.empty()) return found;
  out = negative ? -offset : offset;
  return {};
}

}  // namespace

int two_digits_at(std::string_view text, std::size_t position) noexcept {
  if (position + 2 > text.size() || !is_digit(text[position]) || !is_digit(text[position + 1])) return -1;
  return (text[position] - '0') * 10 + (text[position + 1] - '0');
}

Problem scan_date(std::string_view text, std::chrono::year_month_day& out) noexcept {
  if (text.size() < 10) return problem::too_short;
  const int century = two_digits_at(text, 0);
  const int year_of_century = two_digits_at(text, 2);
  if (century < 0 || year_of_century < 0) return problem::invalid_year;
  if (text[4] != '-') return problem::date_separator;
  const int month = two_digits_at(text, 5);
  if (month < 0) return problem::invalid_month;
  if (text[7] != '-') return problem::date_separator;
  const int day = two_digits_at(text, 8);
  if (day < 0) return problem::invalid_day;
  if (month < 1 || month > 12) return problem::month_range;
  const std::chrono::year_month_day date{std::chrono::year(century * 100 + year_of_century),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return problem::day_range;
  out = date;
  return {};
}

Problem scan_seconds(std::string_view text, Seconds& out) noexcept {
  out = {};
  if (char_at(text, 0) != ':') return {};
  const int second = two_digits_at(text, 1);
  if (second < 0) return problem::invalid_second;
  if (second > 59) return problem::second_range;
  out = {seconds(second), 3};
  const char point = char_at(text, 3);
  return point == '.' || point == ',' ? scan_fraction(text.substr(3), out) : Problem{};
}

Problem scan_time(std::string_view text, TimeOfDay& out) noexcept {
  if (text.size() < 5) return problem::too_short;
  const int hour = two_digits_at(text, 0);
  if (hour < 0) return problem::invalid_hour;
  if (text[2] != ':') return problem::time_separator;
  const int minute = two_digits_at(text, 3);
  if (minute < 0) return problem::invalid_minute;
  if (hour > 23) return problem::hour_range;
  if (minute > 59) return problem::minute_range;

  Seconds second;
  if (const Problem found = scan_seconds(text.substr(5), second); !found.empty()) return found;
  out = {hours(hour) + minutes(minute) + second.value, std::nullopt};
  const std::string_view zone = text.substr(5 + second.length);
  return zone.empty() ? Problem{} : scan_zone(zone, out.offset);
}

Problem scan_datetime(std::string_view text, DateTime& out) noexcept {
  std::chrono::year_month_day date;
  if (const Problem found = scan_date(text, date); !found.empty()) return found;
  const char separator = char_at(text, 10);
  if (separator != 'T' && separator != 't' && separator != ' ' && separator != '_') return problem::datetime_separator;
  TimeOfDay time;
  if (const Problem found = scan_time(text.substr(11), time); !found.empty()) return found;
  out = {std::chrono::local_days(date) + time.since_midnight, time.offset};
  return {};
}

}  // namespace serval::detail
