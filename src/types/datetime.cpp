// SPDX-License-Identifier: MIT
#include <serval/types/datetime.hpp>

#include "types/scalar_datetime.hpp"
#include "types/scalar_format.hpp"

#include <stdexcept>

namespace serval {
namespace {

/// Orders a naive time before an aware one.
std::weak_ordering compare_naive(bool left_is_naive, bool right_is_naive) noexcept {
  return static_cast<int>(right_is_naive) <=> static_cast<int>(left_is_naive);
}

/// The time without the offset, or the nearest value in the range of microseconds: a program may set any offset.
std::chrono::microseconds without_offset(std::chrono::microseconds time,
                                         std::optional<std::chrono::seconds> offset) noexcept {
  const std::int64_t seconds = offset.value_or(std::chrono::seconds(0)).count();
  std::int64_t micros = 0;
  std::int64_t difference = 0;
  if (!__builtin_mul_overflow(seconds, std::int64_t{1'000'000}, &micros) &&
      !__builtin_sub_overflow(std::int64_t{time.count()}, micros, &difference))
    return std::chrono::microseconds(difference);
  return seconds < 0 ? std::chrono::microseconds::max() : std::chrono::microseconds::min();
}

std::chrono::microseconds time_in_utc(const TimeOfDay& time) noexcept {
  return without_offset(time.since_midnight, time.offset);
}

}  // namespace

DateTime DateTime::now() {
  return from_utc(std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()));
}

DateTime DateTime::from_utc(std::chrono::sys_time<std::chrono::microseconds> moment) {
  return {std::chrono::local_time<std::chrono::microseconds>(moment.time_since_epoch()), std::chrono::seconds(0)};
}

DateTime DateTime::parse(std::string_view text) {
  DateTime value;
  detail::Fault fault;
  if (!detail::parse_datetime(text, value, fault)) throw std::invalid_argument(fault.msg);
  return value;
}

std::chrono::sys_time<std::chrono::microseconds> DateTime::utc() const noexcept {
  return std::chrono::sys_time<std::chrono::microseconds>(without_offset(local.time_since_epoch(), offset));
}

std::chrono::year_month_day DateTime::date() const noexcept {
  return std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(local));
}

std::string DateTime::to_string() const {
  std::string text;
  detail::append_datetime(text, *this, detail::Style::model);
  return text;
}

std::weak_ordering operator<=>(const DateTime& left, const DateTime& right) noexcept {
  const std::weak_ordering by_moment = left.utc().time_since_epoch().count() <=> right.utc().time_since_epoch().count();
  return by_moment != 0 ? by_moment : compare_naive(left.is_naive(), right.is_naive());
}

bool operator==(const DateTime& left, const DateTime& right) noexcept { return (left <=> right) == 0; }

TimeOfDay TimeOfDay::parse(std::string_view text) {
  TimeOfDay value;
  detail::Fault fault;
  if (!detail::parse_time(text, value, fault)) throw std::invalid_argument(fault.msg);
  return value;
}

std::string TimeOfDay::to_string() const {
  std::string text;
  detail::append_time(text, *this, detail::Style::model);
  return text;
}

std::weak_ordering operator<=>(const TimeOfDay& left, const TimeOfDay& right) noexcept {
  const std::weak_ordering by_time = time_in_utc(left).count() <=> time_in_utc(right).count();
  return by_time != 0 ? by_time : compare_naive(left.is_naive(), right.is_naive());
}

bool operator==(const TimeOfDay& left, const TimeOfDay& right) noexcept { return (left <=> right) == 0; }

std::string schema::to_iso_string(std::chrono::microseconds duration) {
  std::string text;
  detail::append_duration(text, duration, detail::Style::model);
  return text;
}

std::string schema::to_iso_string(std::chrono::year_month_day date) {
  std::string text;
  detail::append_date(text, date);
  return text;
}

}  // namespace serval
