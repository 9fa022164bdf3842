// SPDX-License-Identifier: MIT
// Integers from text and from JSON numbers, by Pydantic's lax rules. As in every scalar parser, the result tells
// whether the value was accepted, and `fault` is filled only if it was not.
#pragma once

#include "types/fault.hpp"

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

namespace serval::detail {

/// A whole number of any size, as exact as C++ types allow: Pydantic's integers have no bounds, so the field's type
/// decides whether a value fits.
struct Integer {
  std::uint64_t magnitude = 0;  ///< the absolute value; not valid if `beyond`
  bool negative = false;        ///< never set for zero
  bool beyond = false;          ///< the absolute value needs more than 64 bits

  static constexpr Integer of(std::int64_t value) noexcept {
    const auto bits = static_cast<std::uint64_t>(value);
    return {.magnitude = value < 0 ? 0 - bits : bits, .negative = value < 0};
  }
  static constexpr Integer of_unsigned(std::uint64_t value) noexcept { return {.magnitude = value}; }

  /// The value as a `T`, nothing if it does not fit.
  template <std::integral T>
  [[nodiscard]] constexpr std::optional<T> as() const noexcept {
    constexpr auto highest = static_cast<std::uint64_t>(std::numeric_limits<T>::max());
    if (beyond) return std::nullopt;
    if (!negative) return magnitude <= highest ? std::optional<T>(static_cast<T>(magnitude)) : std::nullopt;
    if constexpr (std::signed_integral<T>) {
      // Two's complement has one more value below zero; the subtraction wraps to it.
      if (magnitude <= highest + 1) return static_cast<T>(static_cast<std::int64_t>(0 - magnitude));
    }
    return std::nullopt;
  }

  friend constexpr bool operator==(const Integer&, const Integer&) = default;
};

/// White space, sign, digits with single `_` between them, `.0...`, white space.
/// Faults: int_parsing; int_parsing_size over 4300 digits.
bool parse_integer(std::string_view text, Integer& out, Fault& fault);

/// From a JSON number with a point or exponent. Faults: finite_number, int_from_float, int_parsing_size from 2^63 on.
bool integer_from_double(double number, Integer& out, Fault& fault);

}  // namespace serval::detail
