// SPDX-License-Identifier: MIT
// Points in time as clients write them: the local time and its UTC offset, if there is one.
// A date alone is `std::chrono::year_month_day`, a duration `std::chrono::microseconds`.
#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace serval {

/// A date and time of day, with or without a UTC offset: a model's field of this type takes ISO 8601 text or a Unix
/// time. Years 1 to 9999, to the microsecond.
struct DateTime {
  /// Date and time of day in the time zone of the offset.
  std::chrono::local_time<std::chrono::microseconds> local{};
  /// East of Greenwich is positive; less than 24 hours either way. Nothing: the time is naive, its time zone is not
  /// known.
  std::optional<std::chrono::seconds> offset{};

  /// The current time in UTC.
  [[nodiscard]] static DateTime now();

  /// A point in time in UTC.
  [[nodiscard]] static DateTime from_utc(std::chrono::sys_time<std::chrono::microseconds> moment);

  /// Reads the texts that a field of this type accepts: `2020-01-02T03:04:05Z`, a bare date, a Unix time.
  /// Throws std::invalid_argument that says what is wrong with `text`.
  [[nodiscard]] static DateTime parse(std::string_view text);

  [[nodiscard]] bool is_naive() const noexcept { return !offset.has_value(); }

  /// The point in time; a naive time is read as UTC. Beyond the range of microseconds, the nearest value.
  [[nodiscard]] std::chrono::sys_time<std::chrono::microseconds> utc() const noexcept;

  /// The calendar day in the time zone of the offset.
  [[nodiscard]] std::chrono::year_month_day date() const noexcept;

  /// ISO 8601 as in responses: `2020-01-02T03:04:05.000600Z`, `...+02:00`, nothing after a naive time.
  /// Errors: `std::domain_error` outside of the years 1 to 9999 and for an offset of 24 hours or more.
  [[nodiscard]] std::string to_string() const;

  /// By point in time, regardless of the offsets; if a naive and an aware time are equal, the naive one is first.
  friend std::weak_ordering operator<=>(const DateTime& left, const DateTime& right) noexcept;
  friend bool operator==(const DateTime& left, const DateTime& right) noexcept;
};

/// A time of day, with or without a UTC offset.
struct TimeOfDay {
  std::chrono::microseconds since_midnight{};    ///< 0 to one microsecond below 24 hours
  std::optional<std::chrono::seconds> offset{};  ///< as in a DateTime; nothing: naive

  /// Reads `HH:MM[:SS[.f]]` and a zone. Throws std::invalid_argument that says what is wrong with `text`.
  [[nodiscard]] static TimeOfDay parse(std::string_view text);

  [[nodiscard]] bool is_naive() const noexcept { return !offset.has_value(); }

  /// `03:04:05.000600Z`, `03:04:05+02:00`, nothing after a naive time.
  /// Errors: `std::domain_error` for a value that is not a time of day and for an offset of 24 hours or more.
  [[nodiscard]] std::string to_string() const;

  /// By the time in UTC; if a naive and an aware time are equal, the naive one is first.
  friend std::weak_ordering operator<=>(const TimeOfDay& left, const TimeOfDay& right) noexcept;
  friend bool operator==(const TimeOfDay& left, const TimeOfDay& right) noexcept;
};

}  // namespace serval

namespace serval::schema {

/// ISO 8601: `P1DT2H`, `-PT0.5S`, `PT0S`; whole years are 365 days (`P1Y`).
[[nodiscard]] std::string to_iso_string(std::chrono::microseconds duration);

/// `YYYY-MM-DD`. Errors: `std::domain_error` for a value that is not a day of the years 1 to 9999.
[[nodiscard]] std::string to_iso_string(std::chrono::year_month_day date);

}  // namespace serval::schema
