// SPDX-License-Identifier: MIT
#include <serval/types/decimal.hpp>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <stdexcept>

#include "base/ascii.hpp"
#include "types/scalar_text.hpp"

namespace serval {

namespace {

/// Moves digits with single `_` between them from `text` to `out`; false if a `_` is elsewhere.
bool take_digits(std::string_view& text, std::string& out) {
  bool after_digit = false;
  while (!text.empty()) {
    if (detail::is_digit(text.front())) {
      out += text.front();
      after_digit = true;
    } else if (text.front() == '_' && after_digit && text.size() > 1 && detail::is_digit(text[1])) {
      after_digit = false;
    } else {
      break;
    }
    text.remove_prefix(1);
  }
  return text.empty() || text.front() != '_';
}

bool take_sign(std::string_view& text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  return negative;
}

/// As in Python's Decimal: a NaN may have digits.
bool is_infinite_or_nan(std::string_view text) {
  using detail::equals_ignoring_case;
  if (equals_ignoring_case(text, "inf") || equals_ignoring_case(text, "infinity")) return true;
  while (!text.empty() && (detail::is_digit(text.back()) || text.back() == '_')) text.remove_suffix(1);
  return equals_ignoring_case(text, "nan") || equals_ignoring_case(text, "snan");
}

}  // namespace

Decimal::Decimal(std::int64_t value) : digits_(std::to_string(value)), negative_(value < 0) {
  if (negative_) digits_.erase(0, 1);
}

Decimal::Decimal(std::string_view text) {
  if (assign(text) != Outcome::ok)
    throw std::invalid_argument("'" + std::string(text) + "' is no finite decimal number");
}

Decimal::Outcome Decimal::assign(std::string_view text) {
  constexpr std::int64_t most =
      999'999'999'999;  // far from the ends of int64, so that sums of exponents cannot leave it
  text = detail::trim_white_space(text);
  const bool negative = take_sign(text);
  if (is_infinite_or_nan(text)) return Outcome::not_finite;
  std::string digits;
  std::int64_t exponent = 0;
  if (!take_digits(text, digits)) return Outcome::invalid;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    const std::size_t whole = digits.size();
    if (!take_digits(text, digits)) return Outcome::invalid;
    exponent = -static_cast<std::int64_t>(digits.size() - whole);
  }
  if (digits.empty()) return Outcome::invalid;
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    const bool below = take_sign(text);
    std::string power;
    std::int64_t written = 0;
    if (!take_digits(text, power) || power.empty()) return Outcome::invalid;
    const auto end = std::from_chars(power.data(), power.data() + power.size(), written);
    if (end.ec != std::errc{} || written > most) return Outcome::invalid;
    exponent += below ? -written : written;
  }
  if (!text.empty()) return Outcome::invalid;
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  digits_ = std::move(digits);
  exponent_ = exponent;
  negative_ = negative;
  return Outcome::ok;
}

// The rule of Python's Decimal, which is that of the General Decimal Arithmetic specification ("to-scientific-string").
std::string Decimal::to_string() const {
  const auto count = static_cast<std::int64_t>(digits_.size());
  const std::int64_t before_point = exponent_ + count;
  const bool fixed = exponent_ <= 0 && before_point > -6;
  const std::int64_t point = fixed ? before_point : 1;
  std::string out = negative_ ? "-" : "";
  if (point <= 0) {
    out += "0.";
    out.append(static_cast<std::size_t>(-point), '0');
    out += digits_;
  } else {
    out += digits_.substr(0, static_cast<std::size_t>(point));
    if (point < count) out += '.' + digits_.substr(static_cast<std::size_t>(point));
  }
  if (!fixed) {
    const std::int64_t power = before_point - point;
    out += power < 0 ? "E" : "E+";
    out += std::to_string(power);
  }
  return out;
}

double Decimal::to_double() const {
  const std::string text = digits_ + 'e' + std::to_string(exponent_);
  const double value = std::strtod(text.c_str(), nullptr);
  return negative_ ? -value : value;
}

std::strong_ordering operator<=>(const Decimal& left, const Decimal& right) noexcept {
  const bool left_zero = left.digits_ == "0", right_zero = right.digits_ == "0";
  const int left_sign = left_zero ? 0 : left.negative_ ? -1 : 1;
  const int right_sign = right_zero ? 0 : right.negative_ ? -1 : 1;
  if (left_sign != right_sign || left_sign == 0) return left_sign <=> right_sign;
  const Decimal& small = left_sign > 0 ? left : right;
  const Decimal& large = left_sign > 0 ? right : left;
  // By the position of the first digit, then digit by digit: the shorter one is padded with zeros.
  const std::int64_t small_size = small.exponent_ + static_cast<std::int64_t>(small.digits_.size());
  const std::int64_t large_size = large.exponent_ + static_cast<std::int64_t>(large.digits_.size());
  if (small_size != large_size) return small_size <=> large_size;
  const std::size_t length = std::max(small.digits_.size(), large.digits_.size());
  for (std::size_t i = 0; i < length; ++i) {
    const char a = i < small.digits_.size() ? small.digits_[i] : '0';
    const char b = i < large.digits_.size() ? large.digits_[i] : '0';
    if (a != b) return a <=> b;
  }
  return std::strong_ordering::equal;
}

}  // namespace serval
