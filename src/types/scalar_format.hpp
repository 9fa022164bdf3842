// SPDX-License-Identifier: MIT
// Writes points in time, durations and UUIDs as in responses. Throws Unwritable for values without a text form.
#pragma once

#include <serval/types/datetime.hpp>
#include <serval/types/uuid.hpp>

#include <chrono>
#include <cstdint>
#include <string>

namespace serval::detail {

/// One of the two text forms in responses: that of a value in a response model, or that of a plain value, as written by
/// Python's isoformat and total_seconds.
enum class Style : std::uint8_t { model, python };

/// `2020-01-02T03:04:05` and `.000600` unless zero, then nothing, `+02:00`, or for UTC `Z` (model) or `+00:00`
/// (python).
void append_datetime(std::string& out, const DateTime& value, Style style);

/// Like the time of a datetime.
void append_time(std::string& out, const TimeOfDay& value, Style style);

/// `YYYY-MM-DD`.
void append_date(std::string& out, std::chrono::year_month_day value);

/// model: ISO 8601, without quotes (`-P1Y2DT3H4M5.6S`, `PT0S`); python: seconds as a JSON number (`3600.0`).
void append_duration(std::string& out, std::chrono::microseconds value, Style style);

/// Lower case, 8-4-4-4-12.
void append_uuid(std::string& out, const Uuid& value);

}  // namespace serval::detail
