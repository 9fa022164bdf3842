// SPDX-License-Identifier: MIT
// Converts dates, times and durations of `<chrono>` to and from the four forms that are read and written: DateTime,
// year_month_day, TimeOfDay, microseconds. A value that a type cannot hold is refused and never wraps:
// src/types/chrono.cpp does all counting with numbers that cannot overflow.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <type_traits>

#include <serval/types/datetime.hpp>
#include <serval/types/ticks.hpp>

namespace serval::detail {

/// How a count that is not a whole number of microseconds is written: points in time are never later, durations never
/// longer.
enum class Rounding : std::uint8_t { down, to_zero };

/// Converts a count of ticks, sign-extended to 64 bits. False if microseconds cannot represent it.
bool micros_from_ticks(const TickType& type, std::uint64_t count, Rounding rounding,
                       std::chrono::microseconds& out) noexcept;
/// The same for a floating-point count, to the nearest microsecond. False also for NaN.
bool micros_from_real(const TickType& type, double count, std::chrono::microseconds& out) noexcept;

/// The count that is written as that value, or as a value less than a microsecond away if there is none.
Fit ticks_from_micros(const TickType& type, std::chrono::microseconds value, Rounding rounding,
                      std::uint64_t& count) noexcept;
/// The floating-point count nearest to the value. If that cannot be written, at the ends of the range, it is the
/// nearest one towards zero that can.
Fit real_from_micros(const TickType& type, std::chrono::microseconds value, bool (*can_be_written)(double count),
                     double& count);

/// Whether a point in time is in the years 1 to 9999, in UTC.
Fit fit_of_moment(std::chrono::microseconds since_epoch) noexcept;
/// Whether a date is in the years 1 to 9999.
bool is_writable(std::chrono::sys_days day) noexcept;

template <class D>
inline constexpr TickType tick_type{D::period::num, D::period::den, sizeof(typename D::rep),
                                    std::is_signed_v<typename D::rep>, std::is_floating_point_v<typename D::rep>};

template <class D>
bool to_micros(const D& duration, Rounding rounding, std::chrono::microseconds& out) {
  using Rep = typename D::rep;
  static_assert(std::is_arithmetic_v<Rep>,
                "serval: a duration must be counted by an integer or a floating-point number; specialise "
                "serval::Convert for others");
  if constexpr (std::is_floating_point_v<Rep>) {
    return micros_from_real(tick_type<D>, static_cast<double>(duration.count()), out);
  } else {
    return micros_from_ticks(tick_type<D>, static_cast<std::uint64_t>(duration.count()), rounding, out);
  }
}

/// `CanBeWritten` is only called for floating-point counts.
template <class D, bool (*CanBeWritten)(const D&)>
Fit from_micros(std::chrono::microseconds value, Rounding rounding, D& out) {
  using Rep = typename D::rep;
  if constexpr (std::is_floating_point_v<Rep>) {
    const auto can_be_written = [](double count) { return CanBeWritten(D(static_cast<Rep>(count))); };
    double count = 0;
    const Fit fit = real_from_micros(tick_type<D>, value, can_be_written, count);
    if (fit == Fit::fits) out = D(static_cast<Rep>(count));
    return fit;
  } else {
    std::uint64_t count = 0;
    const Fit fit = ticks_from_micros(tick_type<D>, value, rounding, count);
    if (fit == Fit::fits) out = D(static_cast<Rep>(count));
    return fit;
  }
}

/// A point in time in UTC; an input without an offset is read as UTC.
template <class D>
bool from_sys_time(const std::chrono::sys_time<D>& moment, DateTime& out) {
  std::chrono::microseconds micros{};
  if (!to_micros(moment.time_since_epoch(), Rounding::down, micros)) return false;
  out = DateTime::from_utc(std::chrono::sys_time<std::chrono::microseconds>(micros));
  return true;
}
template <class D>
bool can_be_moment(const D& since_epoch) {
  DateTime written;
  return from_sys_time(std::chrono::sys_time<D>(since_epoch), written) &&
         fit_of_moment(written.utc().time_since_epoch()) == Fit::fits;
}
template <class D>
Fit to_sys_time(const DateTime& value, std::chrono::sys_time<D>& out) {
  const std::chrono::microseconds micros = value.utc().time_since_epoch();
  D ticks{};
  Fit fit = fit_of_moment(micros);
  if (fit == Fit::fits) fit = from_micros<D, can_be_moment<D>>(micros, Rounding::down, ticks);
  out = std::chrono::sys_time<D>(ticks);
  return fit;
}

inline bool from_sys_days(const std::chrono::sys_days& day, std::chrono::year_month_day& out) {
  if (!is_writable(day)) return false;
  out = day;
  return true;
}
inline Fit to_sys_days(const std::chrono::year_month_day& date, std::chrono::sys_days& out) {
  out = date;
  return Fit::fits;
}

template <class D>
bool from_hh_mm_ss(const std::chrono::hh_mm_ss<D>& time, TimeOfDay& out) {
  // Checked first: outside this range the sum of the parts may overflow.
  if (time.is_negative() || time.hours() >= std::chrono::hours(24)) return false;
  out.offset.reset();
  return to_micros(time.to_duration(), Rounding::down, out.since_midnight);
}
template <class D>
bool can_be_time(const D& since_midnight) {
  TimeOfDay written;
  return from_hh_mm_ss(std::chrono::hh_mm_ss<D>(since_midnight), written) &&
         written.since_midnight < std::chrono::hours(24);
}
template <class D>
Fit to_hh_mm_ss(const TimeOfDay& time, std::chrono::hh_mm_ss<D>& out) {
  D ticks{};
  const Fit fit = from_micros<D, can_be_time<D>>(time.since_midnight, Rounding::down, ticks);
  out = std::chrono::hh_mm_ss<D>(ticks);
  return fit;
}

template <class D>
bool from_duration(const D& duration, std::chrono::microseconds& out) {
  return to_micros(duration, Rounding::to_zero, out);
}
template <class D>
bool can_be_duration(const D& duration) {
  std::chrono::microseconds written{};
  return from_duration(duration, written);
}
template <class D>
Fit to_duration(const std::chrono::microseconds& duration, D& out) {
  return from_micros<D, can_be_duration<D>>(duration, Rounding::to_zero, out);
}

}  // namespace serval::detail
