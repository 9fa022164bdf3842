// SPDX-License-Identifier: MIT
#include "schema/scalar_fit.hpp"

#include <algorithm>
#include <string>

#include <serval/types/chrono.hpp>

#include "json/writer.hpp"
#include "types/calendar.hpp"
#include "types/scalar_format.hpp"

namespace serval::detail {

namespace {

using std::chrono::microseconds;

struct UnitName {
  std::int64_t numerator, denominator;
  std::string_view name;
};
constexpr UnitName unit_names[] = {{1, 1000, "millisecond"}, {1, 1, "second"},   {60, 1, "minute"},
                                   {3600, 1, "hour"},        {86'400, 1, "day"}, {604'800, 1, "week"}};

std::string too_fine(const TickType& ticks) {
  for (const UnitName& unit : unit_names) {
    if (unit.numerator == ticks.numerator && unit.denominator == ticks.denominator)
      return std::string("fractions of a") + (unit.name == "hour" ? "n " : " ") + std::string(unit.name) +
             " are not supported";
  }
  std::string text = "only multiples of ";
  append_int(text, ticks.numerator);
  if (ticks.denominator != 1) {
    text += '/';
    append_int(text, ticks.denominator);
  }
  return text + " seconds are supported";
}

/// The lowest or highest count of a type in microseconds, or `beyond` if microseconds cannot represent it.
microseconds farthest(const TickType& ticks, bool lowest, microseconds beyond) {
  const int bits = ticks.bytes * 8;
  const std::uint64_t highest_count = ~std::uint64_t{0} >> (64 - bits + (ticks.is_signed ? 1 : 0));
  const std::uint64_t count = !lowest ? highest_count : ticks.is_signed ? ~highest_count : 0;
  microseconds micros{};
  // Towards zero, so that the value that the fault names is accepted.
  return micros_from_ticks(ticks, count, Rounding::to_zero, micros) ? micros : beyond;
}

std::string too_far(const Type& type, bool lowest) {
  std::string text;
  const TickType& ticks = *type.ops.scalar->ticks;
  const std::string_view side = lowest ? "before " : "after ";
  if (type.kind == Kind::datetime) {
    const microseconds moment = ticks.is_real ? (lowest ? first_moment : last_moment)
                                              : std::clamp(farthest(ticks, lowest, lowest ? first_moment : last_moment),
                                                           first_moment, last_moment);
    text += "dates ";
    text += side;
    append_datetime(text, DateTime::from_utc(std::chrono::sys_time<microseconds>(moment)), Style::model);
  } else if (type.kind == Kind::time) {
    text += "times ";
    text += side;
    append_time(text, {farthest(ticks, lowest, {}), std::nullopt}, Style::model);
  } else {
    text += lowest ? "durations below " : "durations above ";
    append_duration(text, farthest(ticks, lowest, {}), Style::model);
  }
  return text + " are not supported";
}

}  // namespace

Fault fault_unfit(const Type& type, Fit fit) {
  const std::string problem =
      fit == Fit::too_fine ? too_fine(*type.ops.scalar->ticks) : too_far(type, fit == Fit::too_low);
  if (type.kind == Kind::datetime) return fault_datetime_parsing(problem);
  return type.kind == Kind::time ? fault_time_parsing(problem) : fault_time_delta_parsing(problem);
}

}  // namespace serval::detail
