// SPDX-License-Identifier: MIT
// Basic elements of HTTP's grammar (RFC 9110 section 5.6, RFC 3986 section 2), shared by the parsers of this room.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "base/ascii.hpp"
#include "base/byte_scan.hpp"

namespace serval::detail {

/// A set of bytes, implemented as a table.
class CharSet {
 public:
  constexpr CharSet() = default;
  constexpr explicit CharSet(std::string_view members) { add(members); }
  constexpr CharSet& add(std::string_view members) {
    for (const char member : members) member_[static_cast<unsigned char>(member)] = true;
    return *this;
  }
  [[nodiscard]] constexpr bool contains(char byte) const noexcept { return member_[static_cast<unsigned char>(byte)]; }
  /// Whether every byte of the text is a member; true for the empty text.
  [[nodiscard]] constexpr bool contains_all(std::string_view text) const noexcept {
    for (const char byte : text) {
      if (!contains(byte)) return false;
    }
    return true;
  }

 private:
  std::array<bool, 256> member_{};
};

inline constexpr std::string_view alphanumerics = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/// tchar, RFC 9110 section 5.6.2.
inline constexpr CharSet token_chars = CharSet(alphanumerics).add("!#$%&'*+-.^_`|~");
/// unreserved, RFC 3986 section 2.3.
inline constexpr CharSet unreserved_chars = CharSet(alphanumerics).add("-._~");
inline constexpr std::string_view sub_delims = "!$&'()*+,;=";

/// Whether the text consists of small letters and hyphens. REQUIRES: at least eight bytes.
[[nodiscard]] inline bool is_usual_token(std::string_view text) noexcept {
  const char* const last = text.data() + text.size() - 8;
  for (const char* at = text.data(); at < last; at += 8) {
    if (!bytes_are_small_or_hyphens(load_bytes(at))) return false;
  }
  return bytes_are_small_or_hyphens(load_bytes(last));
}

[[nodiscard]] constexpr bool is_token(std::string_view text) noexcept {
  // The names of all fields of a response pass here.
  if (!std::is_constant_evaluated() && text.size() >= 8 && is_usual_token(text)) return true;
  return !text.empty() && token_chars.contains_all(text);
}

/// The text without spaces and tabs at both ends (OWS).
[[nodiscard]] constexpr std::string_view trim_whitespace(std::string_view text) noexcept {
  const auto is_space = [](char byte) { return byte == ' ' || byte == '\t'; };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

/// Removes the first element of a list and returns it without the white space around it; it may be empty. REQUIRES: no
/// separator inside quoted texts.
[[nodiscard]] constexpr std::string_view take_element(std::string_view& list, char separator = ',') noexcept {
  const std::size_t end = list.find(separator);
  const std::string_view element = trim_whitespace(list.substr(0, end));
  list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
  return element;
}

/// Whether the text contains CR, LF or NUL, which would end a field early and let a value become separate lines (RFC
/// 9110 section 5.5).
[[nodiscard]] constexpr bool breaks_a_line(std::string_view text) noexcept {
  const auto breaks = [](char byte) { return byte == '\r' || byte == '\n' || byte == '\0'; };
  if (!std::is_constant_evaluated()) {
    // Every field of a response passes here.
    for (; text.size() >= 8; text.remove_prefix(8)) {
      const std::uint64_t word = load_bytes(text.data());
      if ((bytes_equal_to(word, '\r') | bytes_equal_to(word, '\n') | bytes_below(word, 1)) != 0) return true;
    }
  }
  return std::any_of(text.begin(), text.end(), breaks);
}

/// The weight of an alternative (qvalue, RFC 9110 section 12.4.2), in thousandths; -1 when malformed.
[[nodiscard]] constexpr int parse_quality(std::string_view text) noexcept {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return -1;
  if (text.size() > 1 && text[1] != '.') return -1;
  int quality = text[0] - '0';
  for (std::size_t place = 2; place < 5; ++place) {
    const char digit = place < text.size() ? text[place] : '0';
    if (!is_digit(digit)) return -1;
    quality = quality * 10 + (digit - '0');
  }
  return quality <= 1000 ? quality : -1;
}

}  // namespace serval::detail
