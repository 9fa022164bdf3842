// SPDX-License-Identifier: MIT
// Values of options of the command line that are neither numbers nor yes and no.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace serval::detail {

/// Reads a number of seconds, "1.5". A time that is not 0 is at least 1 ms, since 0 may mean no limit. Returns false
/// for other texts; then `out` is unchanged.
[[nodiscard]] bool read_seconds(std::string_view text, std::chrono::milliseconds& out);
/// "1.5".
[[nodiscard]] std::string seconds_text(std::chrono::milliseconds time);

/// Whether it is a level of `make_logger`.
[[nodiscard]] bool is_log_level(std::string_view level);

/// Reads trusted proxies, see `ForwardedHeadersOptions::trusted`, separated by commas or blanks. Returns false if one
/// of them has none of the forms, or if there is none.
[[nodiscard]] bool read_trusted_proxies(std::string_view text, std::vector<std::string>& out);

}  // namespace serval::detail
