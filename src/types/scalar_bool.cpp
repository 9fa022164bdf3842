// SPDX-License-Identifier: MIT
#include "types/scalar_bool.hpp"

#include "types/scalar_text.hpp"

#include <cmath>

namespace serval::detail {

bool parse_bool(std::string_view text, bool& out, Fault& fault) {
  for (const std::string_view word : {"true", "1", "on", "yes", "y", "t"}) {
    if (equals_ignoring_case(text, word)) {
      out = true;
      return true;
    }
  }
  for (const std::string_view word : {"false", "0", "off", "no", "n", "f"}) {
    if (equals_ignoring_case(text, word)) {
      out = false;
      return true;
    }
  }
  return refuse(fault, fault_bool_parsing());
}

bool bool_from_integer(const Integer& number, bool& out, Fault& fault) {
  if (number.beyond || number.negative || number.magnitude > 1) return refuse(fault, fault_bool_parsing());
  out = number.magnitude == 1;
  return true;
}

bool bool_from_double(double number, bool& out, Fault& fault) {
  Integer whole;
  if (!integer_from_double(number, whole, fault)) return refuse(fault, fault_bool_type());
  return bool_from_integer(whole, out, fault);
}

}  // namespace serval::detail
