// SPDX-License-Identifier: MIT
// ASCII characters: the class of a byte, its other case, its value as a digit and the digits of a value. The locale has
// no effect; bytes beyond ASCII belong to no class and have no case.
#pragma once

#include <string>
#include <string_view>

namespace serval::detail {

[[nodiscard]] constexpr bool is_ascii(char c) noexcept { return static_cast<unsigned char>(c) < 0x80; }
[[nodiscard]] constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_lower(char c) noexcept { return c >= 'a' && c <= 'z'; }
[[nodiscard]] constexpr bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
[[nodiscard]] constexpr bool is_alpha(char c) noexcept { return is_lower(c) || is_upper(c); }
[[nodiscard]] constexpr bool is_alphanumeric(char c) noexcept { return is_alpha(c) || is_digit(c); }

/// A control character: below 0x20, or DEL.
[[nodiscard]] constexpr bool is_control(char c) noexcept { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

[[nodiscard]] constexpr char to_lower(char c) noexcept { return is_upper(c) ? static_cast<char>(c + ('a' - 'A')) : c; }
[[nodiscard]] constexpr char to_upper(char c) noexcept { return is_lower(c) ? static_cast<char>(c - ('a' - 'A')) : c; }

[[nodiscard]] inline std::string lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = to_lower(c);
  return out;
}

/// The value of a hexadecimal digit of either case, -1 for any other byte.
[[nodiscard]] constexpr int hex_value(char c) noexcept {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// The byte of two hexadecimal digits, 0 to 255; -1 if one of them is not a digit.
[[nodiscard]] constexpr int hex_byte(char high, char low) noexcept {
  const int left = hex_value(high);
  const int right = hex_value(low);
  return left < 0 || right < 0 ? -1 : left * 16 + right;
}

inline constexpr std::string_view lower_hex_digits = "0123456789abcdef";
inline constexpr std::string_view upper_hex_digits = "0123456789ABCDEF";

/// Appends the two hexadecimal digits of a byte.
inline void append_hex(std::string& out, unsigned char byte, std::string_view digits = upper_hex_digits) {
  out += {digits[byte >> 4U], digits[byte & 0xFU]};
}

/// Appends the last two decimal digits of `value`, as dates and times have them. REQUIRES: value >= 0.
template <class Integer>
void append_two_digits(std::string& out, Integer value) {
  out += {static_cast<char>('0' + value / 10 % 10), static_cast<char>('0' + value % 10)};
}

}  // namespace serval::detail
