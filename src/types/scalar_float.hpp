// SPDX-License-Identifier: MIT
// Floating-point numbers from text, by Pydantic's lax rules, and their spelling in messages.
#pragma once

#include "types/fault.hpp"

#include <string>
#include <string_view>

namespace serval::detail {

/// A decimal literal, or inf, infinity, nan in any case, with sign, `_` inside and white space around it. What is too
/// large is infinite, what is too small is zero. Fault: float_parsing.
bool parse_float(std::string_view text, double& out, Fault& fault);

/// A decimal literal as strtod reads it, all of `text`, without inf and nan; what is out of range becomes infinite or
/// zero. For parsers that look around a number themselves. False when `text` is none.
bool scan_decimal(std::string_view text, double& out) noexcept;

/// Appends a bound as messages show it: shortest digits, never an exponent, no trailing `.0` (0.0 is `0`, 1.5 is
/// `1.5`).
void append_bound(std::string& out, double bound);

}  // namespace serval::detail
