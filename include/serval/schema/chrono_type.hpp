// SPDX-License-Identifier: MIT
// The types of dates, times and durations that a model may use, each with the kind of its descriptor.
#pragma once

#include <chrono>

#include <serval/schema/ops.hpp>
#include <serval/types/chrono.hpp>

namespace serval::detail {

/// How a type of `<chrono>` or of datetime.hpp is read and written.
template <class T>
struct ChronoType {
  static constexpr bool known = false;
};

template <Kind K, class T, class C, bool (*ToCanonical)(const T&, C&), Fit (*FromCanonical)(const C&, T&),
          const TickType* Ticks = nullptr>
struct ChronoMapping {
  static constexpr bool known = true;
  static constexpr Kind kind = K;
  static constexpr const ScalarOps* ops = &scalar_ops<T, C, ToCanonical, FromCanonical, Ticks>;
};

template <class T>
bool write_same(const T& value, T& out) {
  out = value;
  return true;
}
template <class T>
Fit read_same(const T& value, T& out) {
  out = value;
  return Fit::fits;
}
template <Kind K, class T>
using SameMapping = ChronoMapping<K, T, T, write_same<T>, read_same<T>>;

template <>
struct ChronoType<DateTime> : SameMapping<Kind::datetime, DateTime> {};
template <class D>
struct ChronoType<std::chrono::sys_time<D>> : ChronoMapping<Kind::datetime, std::chrono::sys_time<D>, DateTime,
                                                            from_sys_time<D>, to_sys_time<D>, &tick_type<D>> {};
template <>
struct ChronoType<std::chrono::year_month_day> : SameMapping<Kind::date, std::chrono::year_month_day> {};
template <>
struct ChronoType<std::chrono::sys_days>
    : ChronoMapping<Kind::date, std::chrono::sys_days, std::chrono::year_month_day, from_sys_days, to_sys_days> {};
template <>
struct ChronoType<TimeOfDay> : SameMapping<Kind::time, TimeOfDay> {};
template <class D>
struct ChronoType<std::chrono::hh_mm_ss<D>>
    : ChronoMapping<Kind::time, std::chrono::hh_mm_ss<D>, TimeOfDay, from_hh_mm_ss<D>, to_hh_mm_ss<D>, &tick_type<D>> {
};
template <class R, class P>
struct ChronoType<std::chrono::duration<R, P>>
    : ChronoMapping<Kind::duration, std::chrono::duration<R, P>, std::chrono::microseconds,
                    from_duration<std::chrono::duration<R, P>>, to_duration<std::chrono::duration<R, P>>,
                    &tick_type<std::chrono::duration<R, P>>> {};

}  // namespace serval::detail
