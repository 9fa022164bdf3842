// SPDX-License-Identifier: MIT
// Floating-point numbers from text, by Pydantic's lax rules, and their text form in messages.
#pragma once

#include "types/fault.hpp"

#include <string>
#include <string_view>

namespace serval::detail {

/// A decimal literal, or inf, infinity, nan in any case, with sign, `_` inside and white space around it. Too large
/// numbers become infinite, too small ones zero. Fault: float_parsing.
bool parse_float(std::string_view text, double& out, Fault& fault);

/// A decimal literal as strtod reads it, all of `text`, without inf and nan; numbers out of range become infinite or
/// zero. For parsers that check the text around a number themselves. False if `text` is not a literal.
bool scan_decimal(std::string_view text, double& out) noexcept;

/// Appends a bound as in messages: shortest digits, never an exponent, no trailing `.0` (0.0 is `0`, 1.5 is
/// `1.5`).
void append_bound(std::string& out, double bound);

}  // namespace serval::detail
