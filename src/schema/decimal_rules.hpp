// SPDX-License-Identifier: MIT
// The rules for a decimal number's digits.
#pragma once

#include <serval/schema/rules.hpp>
#include <serval/types/decimal.hpp>

#include "types/fault.hpp"

namespace serval::detail {

/// max_digits and decimal_places. Zeros at the end of the fraction break no rule.
bool check_digits(const Rules& rules, const Decimal& value, Fault& fault);

}  // namespace serval::detail
