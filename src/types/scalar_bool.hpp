// SPDX-License-Identifier: MIT
// Booleans from text and from JSON numbers, by Pydantic's lax rules.
#pragma once

#include "types/fault.hpp"
#include "types/scalar_integer.hpp"

#include <string_view>

namespace serval::detail {

/// true false 1 0 on off yes no y n t f, in any case, without white space. Fault: bool_parsing.
bool parse_bool(std::string_view text, bool& out, Fault& fault);

/// 0 and 1. Fault: bool_parsing.
bool bool_from_integer(const Integer& number, bool& out, Fault& fault);

/// 0.0 and 1.0. Faults: bool_parsing for another whole number, bool_type for other values.
bool bool_from_double(double number, bool& out, Fault& fault);

}  // namespace serval::detail
