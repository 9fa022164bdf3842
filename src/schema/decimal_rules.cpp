// SPDX-License-Identifier: MIT
#include "schema/decimal_rules.hpp"

#include <algorithm>
#include <string>

namespace serval::detail {

namespace {

struct Digits {
  std::int64_t total;
  std::int64_t places;
  [[nodiscard]] std::int64_t whole() const { return std::max<std::int64_t>(total - places, 0); }
};

Digits count(std::int64_t digits, std::int64_t exponent) {
  if (exponent >= 0) return {digits + exponent, 0};
  return {std::max(digits, -exponent), -exponent};
}

Digits count_normalised(const Decimal& value) {
  const std::string& digits = value.digits();
  if (digits == "0") return {1, 0};
  const std::size_t last = digits.find_last_not_of('0');
  const auto zeros = static_cast<std::int64_t>(digits.size() - 1 - last);
  return count(static_cast<std::int64_t>(last + 1), value.exponent() + zeros);
}

bool refuse_digits(Fault& fault, const char* type, std::int64_t most, const char* noun, const char* rest,
                   const char* key) {
  std::string msg = "Decimal input should have no more than " + std::to_string(most) + ' ' + noun;
  if (most != 1) msg += 's';
  return refuse(
      fault, {.type = type, .msg = msg + rest, .ctx = std::string("{\"") + key + "\":" + std::to_string(most) + '}'});
}

}  // namespace

bool check_digits(const Rules& rules, const Decimal& value, Fault& fault) {
  if (!rules.bounds_digits()) return true;
  const Digits written = count(static_cast<std::int64_t>(value.digits().size()), value.exponent());
  const Digits shortest = count_normalised(value);
  const bool bounds_total = rules.max_digits != Rules::unbounded;
  if (bounds_total && std::min(written.total, shortest.total) > rules.max_digits)
    return refuse_digits(fault, "decimal_max_digits", rules.max_digits, "digit", " in total", "max_digits");
  if (rules.decimal_places == Rules::unbounded) return true;
  if (std::min(written.places, shortest.places) > rules.decimal_places)
    return refuse_digits(fault, "decimal_max_places", rules.decimal_places, "decimal place", "", "decimal_places");
  const std::int64_t whole = std::max<std::int64_t>(rules.max_digits - rules.decimal_places, 0);
  if (bounds_total && std::min(written.whole(), shortest.whole()) > whole) {
    return refuse_digits(fault, "decimal_whole_digits", whole, "digit", " before the decimal point", "whole_digits");
  }
  return true;
}

}  // namespace serval::detail
