// SPDX-License-Identifier: MIT
#include "types/scalar_format.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string_view>

#include "base/ascii.hpp"
#include "types/calendar.hpp"
#include "types/unwritable.hpp"

namespace serval::detail {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

void append_number(std::string& out, std::uint64_t value) {
  std::array<char, 20> digits;
  const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  out.append(digits.data(), written.ptr);
}

/// `value` with leading zeros up to `width`.
void append_padded(std::string& out, std::uint64_t value, std::size_t width) {
  std::array<char, 20> digits;
  const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  const auto length = static_cast<std::size_t>(written.ptr - digits.data());
  if (length < width) out.append(width - length, '0');
  out.append(digits.data(), length);
}

/// HH:MM:SS[.ffffff].
void append_clock(std::string& out, microseconds value) {
  if (value < microseconds(0) || value >= std::chrono::days(1))
    throw Unwritable("a time of day must be from 00:00 to one microsecond before 24:00");
  const std::int64_t whole = value.count() / 1'000'000;
  const std::int64_t micros = value.count() % 1'000'000;
  append_two_digits(out, whole / 3600);
  out += ':';
  append_two_digits(out, whole / 60 % 60);
  out += ':';
  append_two_digits(out, whole % 60);
  if (micros == 0) return;
  out += '.';
  append_padded(out, static_cast<std::uint64_t>(micros), 6);
}

void append_offset(std::string& out, std::optional<seconds> offset, Style style) {
  if (!offset) return;
  constexpr seconds day = std::chrono::days(1);
  if (*offset <= -day || *offset >= day) throw Unwritable("a UTC offset must be less than 24 hours");
  const std::int64_t total = std::abs(offset->count());
  if (total == 0 && style == Style::model) {
    out += 'Z';
    return;
  }
  out += offset->count() < 0 ? '-' : '+';
  append_two_digits(out, total / 3600);
  out += ':';
  append_two_digits(out, total / 60 % 60);
  // No client can send such an offset, but the program may set one.
  if (total % 60 == 0) return;
  out += ':';
  append_two_digits(out, total % 60);
}

/// `1D`, unless there are none.
void append_quantity(std::string& out, std::uint64_t value, char unit) {
  if (value == 0) return;
  append_number(out, value);
  out += unit;
}

void append_iso_duration(std::string& out, microseconds value) {
  // The lowest value has a positive counterpart only as unsigned.
  const auto bits = static_cast<std::uint64_t>(value.count());
  const std::uint64_t total = value.count() < 0 ? 0 - bits : bits;
  const std::uint64_t micros = total % 1'000'000;
  const std::uint64_t whole = total / 1'000'000;
  if (total == 0) {
    out += "PT0S";
    return;
  }
  out += value.count() < 0 ? "-P" : "P";
  append_quantity(out, whole / 86'400 / 365, 'Y');
  append_quantity(out, whole / 86'400 % 365, 'D');
  if (whole % 86'400 == 0 && micros == 0) return;
  out += 'T';
  append_quantity(out, whole / 3600 % 24, 'H');
  append_quantity(out, whole / 60 % 60, 'M');
  if (micros == 0) {
    append_quantity(out, whole % 60, 'S');
    return;
  }
  append_number(out, whole % 60);
  out += '.';
  append_padded(out, micros, 6);
  out.resize(out.find_last_not_of('0') + 1);
  out += 'S';
}

/// Like repr of the float that timedelta.total_seconds returns.
void append_total_seconds(std::string& out, microseconds value) {
  // By text, which rounds once: dividing a count beyond 2^53 would round twice.
  std::array<char, 32> digits{};
  auto written = std::to_chars(digits.data(), digits.data() + digits.size(), value.count());
  constexpr std::string_view exponent = "e-6";
  const char* end = std::copy(exponent.begin(), exponent.end(), written.ptr);
  double total = 0;
  std::from_chars(digits.data(), end, total);

  const bool tiny = value.count() != 0 && std::fabs(total) < 1e-4;
  written = std::to_chars(digits.data(), digits.data() + digits.size(), total,
                          tiny ? std::chars_format::scientific : std::chars_format::fixed);
  const std::string_view text(digits.data(), static_cast<std::size_t>(written.ptr - digits.data()));
  out += text;
  if (text.find_first_of(".e") == std::string_view::npos) out += ".0";
}

}  // namespace

void append_date(std::string& out, std::chrono::year_month_day value) {
  if (!value.ok() || value.year() < first_year || value.year() > last_year)
    throw Unwritable("a date must be a day of the calendar, in the years 1 to 9999");
  append_padded(out, static_cast<std::uint64_t>(static_cast<int>(value.year())), 4);
  out += '-';
  append_two_digits(out, static_cast<unsigned>(value.month()));
  out += '-';
  append_two_digits(out, static_cast<unsigned>(value.day()));
}

void append_datetime(std::string& out, const DateTime& value, Style style) {
  // Checked before computing the day: a year of `<chrono>` has 16 bits and would wrap.
  const microseconds moment = value.local.time_since_epoch();
  if (moment < first_moment || moment > last_moment) throw Unwritable("a point in time must be in the years 1 to 9999");
  const auto midnight = std::chrono::floor<std::chrono::days>(value.local);
  append_date(out, std::chrono::year_month_day(midnight));
  out += 'T';
  append_clock(out, value.local - midnight);
  append_offset(out, value.offset, style);
}

void append_time(std::string& out, const TimeOfDay& value, Style style) {
  append_clock(out, value.since_midnight);
  append_offset(out, value.offset, style);
}

void append_duration(std::string& out, microseconds value, Style style) {
  if (style == Style::model) {
    append_iso_duration(out, value);
  } else {
    append_total_seconds(out, value);
  }
}

void append_uuid(std::string& out, const Uuid& value) {
  for (std::size_t i = 0; i < value.bytes().size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    append_hex(out, value.bytes()[i], lower_hex_digits);
  }
}

}  // namespace serval::detail
