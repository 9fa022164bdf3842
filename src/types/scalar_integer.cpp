// SPDX-License-Identifier: MIT
#include "types/scalar_integer.hpp"

#include "base/ascii.hpp"
#include "types/scalar_text.hpp"

#include <cmath>

namespace serval::detail {
namespace {

/// CPython's limit for integers in text: reading is quadratic in their length.
constexpr std::size_t max_digits = 4300;

/// Adds digits one by one and detects overflow of 64 bits.
class DigitSum {
 public:
  void add(char digit) noexcept {
    const auto value = static_cast<std::uint64_t>(digit - '0');
    significant_ += significant_ != 0 || value != 0 ? 1 : 0;
    if (beyond_) return;
    constexpr std::uint64_t highest = std::numeric_limits<std::uint64_t>::max();
    beyond_ = sum_ > highest / 10 || (sum_ == highest / 10 && value > highest % 10);
    if (!beyond_) sum_ = sum_ * 10 + value;
  }
  [[nodiscard]] std::size_t significant_digits() const noexcept { return significant_; }
  [[nodiscard]] Integer sum() const noexcept { return {.magnitude = beyond_ ? 0 : sum_, .beyond = beyond_}; }

 private:
  std::uint64_t sum_ = 0;
  std::size_t significant_ = 0;
  bool beyond_ = false;
};

/// Up to 18 digits with or without a minus: this covers nearly every integer and cannot overflow.
bool parse_short_integer(std::string_view text, Integer& out) noexcept {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  if (text.empty() || text.size() > 18) return false;
  std::uint64_t sum = 0;
  for (const char c : text) {
    if (!is_digit(c)) return false;
    sum = sum * 10 + static_cast<std::uint64_t>(c - '0');
  }
  out = {.magnitude = sum, .negative = negative && sum != 0};
  return true;
}

/// Whether `text` begins with a JSON integer that is longer than the limit, including its minus. This is checked before
/// the rest of the text.
bool begins_with_oversized_integer(std::string_view text) noexcept {
  if (text.size() <= max_digits) return false;
  const std::size_t first = text.front() == '-' ? 1 : 0;
  if (text[first] == '0') return false;
  std::size_t length = first;
  while (length < text.size() && is_digit(text[length])) ++length;
  return length > max_digits;
}

/// A point and zeros, at least one.
bool is_zero_fraction(std::string_view text) noexcept {
  return text.size() >= 2 && text.front() == '.' && text.find_first_not_of('0', 1) == std::string_view::npos;
}

}  // namespace

bool parse_integer(std::string_view text, Integer& out, Fault& fault) {
  if (parse_short_integer(text, out)) return true;
  if (begins_with_oversized_integer(text)) return refuse(fault, fault_int_parsing_size());

  std::string_view rest = trim_white_space(text);
  const bool negative = !rest.empty() && rest.front() == '-';
  if (negative || (!rest.empty() && rest.front() == '+')) rest.remove_prefix(1);
  if (rest.empty() || !is_digit(rest.front())) return refuse(fault, fault_int_parsing());

  DigitSum digits;
  std::size_t position = 0;
  for (; position < rest.size(); ++position) {
    if (is_digit(rest[position])) {
      digits.add(rest[position]);
    } else if (rest[position] != '_' || position + 1 == rest.size() || !is_digit(rest[position + 1])) {
      break;
    }
  }
  if (position < rest.size() && !is_zero_fraction(rest.substr(position))) return refuse(fault, fault_int_parsing());
  if (digits.significant_digits() > max_digits) return refuse(fault, fault_int_parsing_size());
  out = digits.sum();
  out.negative = negative && (out.beyond || out.magnitude != 0);
  return true;
}

bool integer_from_double(double number, Integer& out, Fault& fault) {
  if (!std::isfinite(number)) return refuse(fault, fault_finite_number());
  if (std::trunc(number) != number) return refuse(fault, fault_int_from_float());
  constexpr double limit = 9223372036854775808.0;  // 2^63; both ends are refused
  if (number <= -limit || number >= limit) return refuse(fault, fault_int_parsing_size());
  out = Integer::of(static_cast<std::int64_t>(number));
  return true;
}

}  // namespace serval::detail
