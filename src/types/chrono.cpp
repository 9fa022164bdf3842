// SPDX-License-Identifier: MIT
#include <serval/types/chrono.hpp>

#include <cmath>
#include <limits>

#include "types/calendar.hpp"

namespace serval::detail {

namespace {

using std::chrono::microseconds;

// Unsigned: products of two 64-bit numbers fit, and no overflow goes unnoticed.
__extension__ using Wide = unsigned __int128;

constexpr Wide micros_a_second = 1'000'000;

std::uint64_t magnitude_of(std::int64_t value) noexcept {
  const auto bits = static_cast<std::uint64_t>(value);
  return value < 0 ? 0 - bits : bits;
}

/// The greatest absolute value that a count on that side of zero may have.
std::uint64_t farthest_count(const TickType& type, bool negative) noexcept {
  if (!type.is_signed) return negative ? 0 : ~std::uint64_t{0} >> (64 - type.bytes * 8);
  return (std::uint64_t{1} << (type.bytes * 8 - 1)) - (negative ? 0 : 1);
}

bool as_micros(Wide magnitude, bool negative, microseconds& out) noexcept {
  const Wide farthest = (Wide{1} << 63) - (negative ? 0 : 1);
  if (magnitude > farthest) return false;
  const auto bits = static_cast<std::uint64_t>(magnitude);
  out = microseconds(static_cast<std::int64_t>(negative ? 0 - bits : bits));
  return true;
}

}  // namespace

bool micros_from_ticks(const TickType& type, std::uint64_t count, Rounding rounding, microseconds& out) noexcept {
  const bool negative = type.is_signed && static_cast<std::int64_t>(count) < 0;
  const Wide magnitude = negative ? 0 - count : count;
  const Wide unit = static_cast<Wide>(type.numerator) * micros_a_second;
  if (magnitude > ~Wide{0} / unit) return false;
  const Wide scaled = magnitude * unit;
  const auto denominator = static_cast<Wide>(type.denominator);
  const bool away_from_zero = negative && rounding == Rounding::down && scaled % denominator != 0;
  return as_micros(scaled / denominator + (away_from_zero ? 1 : 0), negative, out);
}

bool micros_from_real(const TickType& type, double count, microseconds& out) noexcept {
  const double micros = count * (static_cast<double>(type.numerator) * 1e6) / static_cast<double>(type.denominator);
  constexpr double limit = 9223372036854775808.0;  // 2^63
  if (!(std::fabs(micros) < limit)) return false;
  out = microseconds(std::llround(micros));
  return true;
}

Fit ticks_from_micros(const TickType& type, microseconds value, Rounding rounding, std::uint64_t& count) noexcept {
  const bool negative = value.count() < 0;
  const auto denominator = static_cast<Wide>(type.denominator);
  const Wide unit = static_cast<Wide>(type.numerator) * micros_a_second;
  const Wide scaled = static_cast<Wide>(magnitude_of(value.count())) * denominator;
  const Wide farthest = farthest_count(type, negative);
  // The counts on both sides, and whether they are less than a microsecond away, which is the precision of writing.
  Wide magnitude = scaled / unit;
  const Wide rest = scaled % unit;
  const bool near_fits = rest < denominator;
  const bool far_fits = rest != 0 && unit - rest < denominator;
  // A count that is truncated towards zero is written as a smaller value; a time before 1970 is rounded the other way.
  const bool prefers_near = negative && rounding == Rounding::down;
  if (far_fits && !(near_fits && prefers_near)) ++magnitude;
  if (magnitude > farthest) {
    if (scaled - farthest * unit >= denominator) return negative ? Fit::too_low : Fit::too_high;
    magnitude = farthest;
  } else if (!near_fits && !far_fits) {
    // Below the lowest value of an unsigned type even a fraction is out of range.
    return negative && farthest == 0 ? Fit::too_low : Fit::too_fine;
  }
  const auto bits = static_cast<std::uint64_t>(magnitude);
  count = negative ? 0 - bits : bits;
  return Fit::fits;
}

Fit real_from_micros(const TickType& type, microseconds value, bool (*can_be_written)(double count), double& count) {
  count = static_cast<double>(value.count()) * static_cast<double>(type.denominator) /
          (static_cast<double>(type.numerator) * 1e6);
  const bool is_float = type.bytes == sizeof(float);
  if (is_float) count = static_cast<double>(static_cast<float>(count));
  // Each of the few roundings in both directions may have passed the end by one step.
  for (int steps = 0; steps < 8; ++steps) {
    if (can_be_written(count)) return Fit::fits;
    count =
        is_float ? static_cast<double>(std::nextafter(static_cast<float>(count), 0.0F)) : std::nextafter(count, 0.0);
  }
  return value.count() < 0 ? Fit::too_low : Fit::too_high;
}

Fit fit_of_moment(microseconds since_epoch) noexcept {
  return since_epoch < first_moment ? Fit::too_low : since_epoch > last_moment ? Fit::too_high : Fit::fits;
}

bool is_writable(std::chrono::sys_days day) noexcept {
  return day.time_since_epoch() >= std::chrono::floor<std::chrono::days>(first_moment) &&
         day.time_since_epoch() <= std::chrono::floor<std::chrono::days>(last_moment);
}

}  // namespace serval::detail
