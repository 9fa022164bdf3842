// SPDX-License-Identifier: MIT
// The types of dates, times and durations that a model may use, and how they map to the four forms that the engine
// works with: DateTime, year_month_day, TimeOfDay, microseconds.
#pragma once

#include <chrono>
#include <optional>
#include <ratio>

#include <serval/schema/datetime.hpp>
#include <serval/schema/ops.hpp>

namespace serval::detail {

/// How a type of `<chrono>` or of datetime.hpp is read and written.
template <class T>
struct ChronoType {
  static constexpr bool known = false;
};

template <Kind K, class T, class C, C (*ToCanonical)(const T&), T (*FromCanonical)(const C&)>
struct ChronoMapping {
  static constexpr bool known = true;
  static constexpr Kind kind = K;
  static constexpr const ScalarOps* ops = &scalar_ops<T, C, ToCanonical, FromCanonical>;
};

template <class T>
constexpr T same(const T& value) {
  return value;
}

/// A moment in UTC; an input without offset is taken as UTC.
template <class D>
DateTime from_sys_time(const std::chrono::sys_time<D>& moment) {
  return DateTime::from_utc(std::chrono::floor<std::chrono::microseconds>(moment));
}
template <class D>
std::chrono::sys_time<D> to_sys_time(const DateTime& value) {
  return std::chrono::floor<D>(value.utc());
}

inline std::chrono::year_month_day from_sys_days(const std::chrono::sys_days& day) { return day; }
inline std::chrono::sys_days to_sys_days(const std::chrono::year_month_day& date) { return date; }

template <class D>
TimeOfDay from_hh_mm_ss(const std::chrono::hh_mm_ss<D>& time) {
  return {std::chrono::floor<std::chrono::microseconds>(time.to_duration()), std::nullopt};
}
template <class D>
std::chrono::hh_mm_ss<D> to_hh_mm_ss(const TimeOfDay& time) {
  return std::chrono::hh_mm_ss<D>(std::chrono::floor<D>(time.since_midnight));
}

template <class D>
std::chrono::microseconds from_duration(const D& duration) {
  return std::chrono::duration_cast<std::chrono::microseconds>(duration);
}
template <class D>
D to_duration(const std::chrono::microseconds& duration) {
  return std::chrono::duration_cast<D>(duration);
}

template <>
struct ChronoType<DateTime> : ChronoMapping<Kind::datetime, DateTime, DateTime, same<DateTime>, same<DateTime>> {};
template <class D>
struct ChronoType<std::chrono::sys_time<D>>
    : ChronoMapping<Kind::datetime, std::chrono::sys_time<D>, DateTime, from_sys_time<D>, to_sys_time<D>> {};
template <>
struct ChronoType<std::chrono::year_month_day>
    : ChronoMapping<Kind::date, std::chrono::year_month_day, std::chrono::year_month_day,
                    same<std::chrono::year_month_day>, same<std::chrono::year_month_day>> {};
template <>
struct ChronoType<std::chrono::sys_days>
    : ChronoMapping<Kind::date, std::chrono::sys_days, std::chrono::year_month_day, from_sys_days, to_sys_days> {};
template <>
struct ChronoType<TimeOfDay> : ChronoMapping<Kind::time, TimeOfDay, TimeOfDay, same<TimeOfDay>, same<TimeOfDay>> {};
template <class D>
struct ChronoType<std::chrono::hh_mm_ss<D>>
    : ChronoMapping<Kind::time, std::chrono::hh_mm_ss<D>, TimeOfDay, from_hh_mm_ss<D>, to_hh_mm_ss<D>> {};
template <class R, class P>
struct ChronoType<std::chrono::duration<R, P>>
    : ChronoMapping<Kind::duration, std::chrono::duration<R, P>, std::chrono::microseconds,
                    from_duration<std::chrono::duration<R, P>>, to_duration<std::chrono::duration<R, P>>> {};

}  // namespace serval::detail
