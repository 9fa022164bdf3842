// SPDX-License-Identifier: MIT
// Decimal numbers that keep their digits: prices, amounts. They support comparison and text; serval has no arithmetic
// for them.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include <serval/types/text_ops_of.hpp>

namespace serval {

/// A decimal number of any length: "1.10" stays "1.10". Default: 0. In JSON it is read from a number or a text and
/// written as a text.
class Decimal {
 public:
  Decimal() = default;
  Decimal(std::int64_t value);  // implicit: a whole number is a decimal
  /// Reads digits with an optional sign, point and exponent: `-1.10`, `.5`, `1e-3`, `1_000`.
  /// Throws std::invalid_argument for anything else, including NaN and infinity.
  explicit Decimal(std::string_view text);

  /// As Python's Decimal writes it: the original digits, with an exponent above 0 or far below as `1E+5`.
  [[nodiscard]] std::string to_string() const;
  /// The nearest double.
  [[nodiscard]] double to_double() const;

  [[nodiscard]] bool is_negative() const noexcept { return negative_; }
  /// The digits without point and leading zeros; the value is digits * 10^exponent.
  [[nodiscard]] const std::string& digits() const noexcept { return digits_; }
  [[nodiscard]] std::int64_t exponent() const noexcept { return exponent_; }

  /// By value: 1.10 equals 1.1.
  friend std::strong_ordering operator<=>(const Decimal& left, const Decimal& right) noexcept;
  friend bool operator==(const Decimal& left, const Decimal& right) noexcept { return (left <=> right) == 0; }

  /// For the codec: sets the value of the text and returns whether it has one.
  enum class Outcome : std::uint8_t { ok, not_finite, invalid };
  Outcome assign(std::string_view text);

 private:
  std::string digits_ = "0";
  std::int64_t exponent_ = 0;
  bool negative_ = false;
};

namespace detail {
extern const TextOps decimal_ops;
template <>
inline constexpr const TextOps* text_ops_of<Decimal> = &decimal_ops;
}  // namespace detail

}  // namespace serval
