// SPDX-License-Identifier: MIT
#include "types/scalar_datetime.hpp"

#include "base/ascii.hpp"
#include "types/scalar_clock.hpp"
#include "types/scalar_float.hpp"

#include <cmath>
#include <optional>

namespace serval::detail {
namespace {

using std::chrono::days;
using std::chrono::microseconds;
using std::chrono::seconds;

/// Above this absolute value a Unix time counts milliseconds: 2603-10-11 in seconds, 1970-08-20 in milliseconds.
constexpr std::int64_t last_in_seconds = 20'000'000'000;
constexpr std::int64_t first_second = -62'167'219'200;  // 0000-01-01T00:00:00Z
constexpr std::int64_t last_second = 253'402'300'799;   // 9999-12-31T23:59:59Z

/// The unit of a Unix time; the value is the number of units in a second.
enum class Unit : std::int64_t { second = 1, millisecond = 1'000 };

/// A Unix time of `whole` units and a fraction of a unit. REQUIRES: 0 <= fraction <= 1.
Problem moment_of(std::int64_t whole, double fraction, Unit unit, DateTime& out) noexcept {
  const auto units_a_second = static_cast<std::int64_t>(unit);
  const std::int64_t micros_a_unit = 1'000'000 / units_a_second;
  std::int64_t second = whole / units_a_second;
  std::int64_t rest = whole % units_a_second;
  if (rest < 0) {
    rest += units_a_second;
    --second;
  }
  std::int64_t micros = rest * micros_a_unit + std::llround(fraction * static_cast<double>(micros_a_unit));
  second += micros / 1'000'000;
  micros %= 1'000'000;
  if (second < first_second) return problem::timestamp_too_small;
  if (second > last_second) return problem::timestamp_too_large;
  out.local = std::chrono::local_time<microseconds>(seconds(second) + microseconds(micros));
  out.offset = seconds(0);
  return {};
}

Problem moment_of(std::int64_t number, DateTime& out) noexcept {
  const bool in_seconds = number <= last_in_seconds && number >= -last_in_seconds;
  return moment_of(number, 0.0, in_seconds ? Unit::second : Unit::millisecond, out);
}

Problem moment_of(double number, DateTime& out) noexcept {
  if (std::isnan(number)) return problem::not_a_number;
  constexpr double highest = 1e18;  // far beyond year 9999 in milliseconds, and within an int64
  if (number > highest) return problem::timestamp_too_large;
  if (number < -highest) return problem::timestamp_too_small;
  const double whole = std::floor(number);
  const bool in_seconds = std::fabs(number) <= static_cast<double>(last_in_seconds);
  return moment_of(static_cast<std::int64_t>(whole), number - whole, in_seconds ? Unit::second : Unit::millisecond,
                   out);
}

Problem moment_of(const Integer& number, DateTime& out) noexcept {
  if (const auto value = number.as<std::int64_t>()) return moment_of(*value, out);
  return number.negative ? problem::timestamp_too_small : problem::timestamp_too_large;
}

/// A sign and digits that fit 64 bits; no white space, no `_`.
std::optional<std::int64_t> scan_whole_number(std::string_view text) noexcept {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative || (!text.empty() && text.front() == '+')) text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  std::int64_t sum = 0;
  for (const char c : text) {
    if (!is_digit(c) || __builtin_mul_overflow(sum, 10, &sum) || __builtin_add_overflow(sum, c - '0', &sum)) {
      return std::nullopt;
    }
  }
  return negative ? -sum : sum;
}

/// A datetime or a Unix time. Errors in a text that is not a number are reported as for a datetime.
Problem scan_moment(std::string_view text, DateTime& out) noexcept {
  const Problem found = scan_datetime(text, out);
  if (found.empty()) return {};
  if (text.find('.') != std::string_view::npos) {
    double number = 0;
    return scan_decimal(text, number) ? moment_of(number, out) : found;
  }
  const auto number = scan_whole_number(text);
  return number ? moment_of(*number, out) : found;
}

/// A bare date, all of `text`.
Problem scan_bare_date(std::string_view text, std::chrono::year_month_day& out) noexcept {
  if (const Problem found = scan_date(text, out); !found.empty()) return found;
  return text.size() > 10 ? problem::extra_characters : Problem{};
}

constexpr bool is_year_zero(std::chrono::year_month_day date) noexcept { return date.year() == std::chrono::year(0); }

bool accept_datetime(const DateTime& moment, DateTime& out, Fault& fault) {
  if (is_year_zero(moment.date())) return refuse(fault, fault_datetime_parsing(problem::year_zero));
  out = moment;
  return true;
}

bool accept_date(std::chrono::year_month_day date, std::chrono::year_month_day& out, Fault& fault) {
  if (is_year_zero(date)) return refuse(fault, fault_date_parsing(problem::year_zero));
  out = date;
  return true;
}

/// The date of a time at midnight. `found` is the error from reading the time.
bool date_from_moment(Problem found, const DateTime& moment, std::chrono::year_month_day& out, Fault& fault) {
  if (!found.empty()) return refuse(fault, fault_date_from_datetime_parsing(found));
  const std::chrono::year_month_day date = moment.date();
  if (std::chrono::local_days(date) != moment.local) return refuse(fault, fault_date_from_datetime_inexact());
  return accept_date(date, out, fault);
}

template <class Number>
bool datetime_from(const Number& number, DateTime& out, Fault& fault) {
  DateTime moment;
  const Problem found = moment_of(number, moment);
  if (!found.empty()) return refuse(fault, fault_datetime_parsing(found));
  return accept_datetime(moment, out, fault);
}

template <class Number>
bool date_from(const Number& number, std::chrono::year_month_day& out, Fault& fault) {
  DateTime moment;
  const Problem found = moment_of(number, moment);
  return date_from_moment(found, moment, out, fault);
}

}  // namespace

bool parse_datetime(std::string_view text, DateTime& out, Fault& fault) {
  DateTime moment;
  if (scan_moment(text, moment).empty()) return accept_datetime(moment, out, fault);
  std::chrono::year_month_day date;
  Problem found = scan_bare_date(text, date);
  if (found.empty()) return accept_datetime({std::chrono::local_days(date), std::nullopt}, out, fault);
  // The text of a date may also be a Unix time; it is then out of range, since otherwise it was accepted above.
  if (const auto number = scan_whole_number(text)) found = moment_of(*number, moment);
  return refuse(fault, fault_datetime_from_date_parsing(found));
}

bool datetime_from_integer(const Integer& number, DateTime& out, Fault& fault) {
  return datetime_from(number, out, fault);
}

bool datetime_from_double(double number, DateTime& out, Fault& fault) { return datetime_from(number, out, fault); }

bool parse_date(std::string_view text, std::chrono::year_month_day& out, Fault& fault) {
  std::chrono::year_month_day date;
  if (scan_bare_date(text, date).empty()) return accept_date(date, out, fault);
  DateTime moment;
  const Problem found = scan_moment(text, moment);
  return date_from_moment(found, moment, out, fault);
}

bool date_from_integer(const Integer& number, std::chrono::year_month_day& out, Fault& fault) {
  return date_from(number, out, fault);
}

bool date_from_double(double number, std::chrono::year_month_day& out, Fault& fault) {
  return date_from(number, out, fault);
}

bool parse_time(std::string_view text, TimeOfDay& out, Fault& fault) {
  TimeOfDay time;
  const Problem found = scan_time(text, time);
  if (!found.empty()) return refuse(fault, fault_time_parsing(found));
  out = time;
  return true;
}

bool time_from_integer(const Integer& number, TimeOfDay& out, Fault& fault) {
  if (number.negative) return refuse(fault, fault_time_parsing(problem::time_negative));
  if (number.beyond || number.magnitude >= 86'400) return refuse(fault, fault_time_parsing(problem::time_too_large));
  out = {seconds(static_cast<std::int64_t>(number.magnitude)), seconds(0)};
  return true;
}

bool time_from_double(double number, TimeOfDay& out, Fault& fault) {
  if (std::isnan(number)) return refuse(fault, fault_time_parsing(problem::not_a_number));
  if (number < 0) return refuse(fault, fault_time_parsing(problem::time_negative));
  if (number >= 86'400) return refuse(fault, fault_time_parsing(problem::time_too_large));
  // The whole seconds are separated, so that the fraction keeps all its digits.
  const double whole = std::floor(number);
  const microseconds time =
      seconds(static_cast<std::int64_t>(whole)) + microseconds(std::llround((number - whole) * 1'000'000.0));
  if (time >= days(1)) return refuse(fault, fault_time_parsing(problem::time_too_large));
  out = {time, seconds(0)};
  return true;
}

}  // namespace serval::detail
