// SPDX-License-Identifier: MIT
#include "types/scalar_text.hpp"

#include "base/ascii.hpp"
#include "base/byte_scan.hpp"

#include <bit>
#include <cstdint>

namespace serval::detail {
namespace {

constexpr bool continues_sequence(char c) noexcept { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// Whether the two or three bytes are one of the white spaces beyond ASCII.
bool is_wide_white_space(std::string_view bytes) noexcept {
  const auto byte_at = [bytes](std::size_t index) { return static_cast<unsigned char>(bytes[index]); };
  if (bytes.size() == 2) return bytes == "\xC2\x85" || bytes == "\xC2\xA0";
  if (bytes == "\xE1\x9A\x80" || bytes == "\xE2\x81\x9F" || bytes == "\xE3\x80\x80") return true;
  if (byte_at(0) != 0xE2 || byte_at(1) != 0x80) return false;
  const unsigned last = byte_at(2);
  return (last >= 0x80 && last <= 0x8A) || last == 0xA8 || last == 0xA9 || last == 0xAF;
}

constexpr bool is_ascii_white_space(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// The length of the white space that `text` begins with, 0 if it does not.
std::size_t white_space_at_front(std::string_view text) noexcept {
  if (text.empty()) return 0;
  if (is_ascii_white_space(text.front())) return 1;
  for (const std::size_t length : {2u, 3u}) {
    if (text.size() >= length && is_wide_white_space(text.substr(0, length))) return length;
  }
  return 0;
}

std::size_t white_space_at_back(std::string_view text) noexcept {
  if (text.empty()) return 0;
  if (is_ascii_white_space(text.back())) return 1;
  for (const std::size_t length : {2u, 3u}) {
    if (text.size() >= length && is_wide_white_space(text.substr(text.size() - length))) return length;
  }
  return 0;
}

}  // namespace

std::size_t count_code_points(std::string_view text) noexcept {
  std::size_t continued = 0;
  std::size_t position = 0;
  for (; position + 8 <= text.size(); position += 8) {
    const std::uint64_t word = load_bytes(text.data() + position);
    // A byte continues a sequence when its high bit is set and the next one is not.
    continued += static_cast<std::size_t>(std::popcount(word & ~(word << 1) & byte_highs));
  }
  for (; position < text.size(); ++position) continued += continues_sequence(text[position]) ? 1 : 0;
  return text.size() - continued;
}

std::string_view trim_white_space(std::string_view text) noexcept {
  while (const std::size_t length = white_space_at_front(text)) text.remove_prefix(length);
  while (const std::size_t length = white_space_at_back(text)) text.remove_suffix(length);
  return text;
}

bool equals_ignoring_case(std::string_view text, std::string_view lower) noexcept {
  if (text.size() != lower.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (to_lower(text[i]) != lower[i]) return false;
  }
  return true;
}

}  // namespace serval::detail
