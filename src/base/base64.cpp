// SPDX-License-Identifier: MIT
#include "base/base64.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace serval::detail {

namespace {

constexpr std::string_view base64_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr std::uint8_t no_sextet = 0xFF;

constexpr std::array<std::uint8_t, 256> make_sextets() {
  std::array<std::uint8_t, 256> sextets{};
  sextets.fill(no_sextet);
  for (std::size_t i = 0; i < base64_alphabet.size(); ++i)
    sextets[static_cast<unsigned char>(base64_alphabet[i])] = static_cast<std::uint8_t>(i);
  sextets['+'] = 62;
  sextets['/'] = 63;
  return sextets;
}
/// The value of each symbol of both alphabets, 0 to 63.
constexpr std::array<std::uint8_t, 256> base64_sextets = make_sextets();

std::string wrong_symbol(const char* what, char symbol, std::size_t offset) {
  return std::string(what) + " " + std::to_string(static_cast<unsigned char>(symbol)) + ", offset " +
         std::to_string(offset) + ".";
}

}  // namespace

std::string decode_base64(std::string_view text, std::string& out) {
  out.clear();
  out.reserve(text.size() / 4 * 3 + 3);
  const std::size_t end = std::min(text.find_last_not_of('=') + 1, text.size());
  const std::size_t padding = text.size() - end;
  unsigned bits = 0;
  for (std::size_t i = 0; i < end; ++i) {
    const std::uint8_t sextet = base64_sextets[static_cast<unsigned char>(text[i])];
    if (sextet == no_sextet) return wrong_symbol("Invalid symbol", text[i], i);
    bits = bits << 6 | sextet;
    // Each sextet except the first of four completes a byte; its remaining bits stay for the next one.
    if (i % 4 != 0) out += static_cast<char>(bits >> (6 - 2 * (i % 4)) & 0xFF);
  }
  if (end % 4 == 1) return "Invalid input length: " + std::to_string(end);
  if (padding > 0 && (end + padding) % 4 != 0) return "Invalid padding";
  if (padding > 2) return "Invalid padding";
  const unsigned unused = end % 4 == 2 ? bits & 0xF : end % 4 == 3 ? bits & 0x3 : 0;
  if (unused != 0) return wrong_symbol("Invalid last symbol", text[end - 1], end - 1);
  return {};
}

void append_base64(std::string& out, std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    unsigned bits = 0;
    for (std::size_t j = 0; j < 3; ++j) bits = bits << 8 | (j < count ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    for (std::size_t j = 0; j < 4; ++j) out += j <= count ? base64_alphabet[bits >> (18 - 6 * j) & 63] : '=';
  }
}

}  // namespace serval::detail
