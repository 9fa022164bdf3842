// SPDX-License-Identifier: MIT
// Dates in header fields (RFC 9110 section 5.6.7). No I/O, no locale.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace serval::http {

/// IMF-fixdate, "Sun, 06 Nov 1994 08:49:37 GMT"; parts of a second are dropped.
[[nodiscard]] std::string format_http_date(std::chrono::system_clock::time_point time);

/// Reads the three date forms of RFC 9110 section 5.6.7. The day of the week must be one, but is not compared with the
/// date. A two-digit year more than 50 years in the future means the past century. A date beyond the clock's range
/// becomes the end of the range. Nothing for any other text.
[[nodiscard]] std::optional<std::chrono::system_clock::time_point> parse_http_date(std::string_view text);

}  // namespace serval::http
