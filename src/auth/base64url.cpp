// SPDX-License-Identifier: MIT
#include "auth/base64url.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace serval::detail {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint8_t invalid = 0xFF;

constexpr std::array<std::uint8_t, 256> make_values() {
  std::array<std::uint8_t, 256> values{};
  values.fill(invalid);
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}
constexpr std::array<std::uint8_t, 256> values = make_values();

}  // namespace

void append_base64url(std::string& out, std::string_view bytes) {
  out.reserve(out.size() + (bytes.size() * 4 + 2) / 3);
  std::uint32_t bits = 0;
  unsigned waiting = 0;
  for (const char byte : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(byte);
    for (waiting += 8; waiting >= 6; waiting -= 6) out += alphabet[bits >> (waiting - 6) & 63];
  }
  if (waiting > 0) out += alphabet[bits << (6 - waiting) & 63];
}

std::string base64url(std::string_view bytes) {
  std::string text;
  append_base64url(text, bytes);
  return text;
}

bool decode_base64url(std::string_view text, std::string& out) {
  out.clear();
  if (text.size() % 4 == 1) return false;
  out.resize(text.size() * 3 / 4);
  std::uint32_t bits = 0;
  unsigned waiting = 0;
  std::size_t written = 0;
  for (const char symbol : text) {
    const std::uint8_t value = values[static_cast<unsigned char>(symbol)];
    if (value == invalid) return false;
    bits = bits << 6 | value;
    waiting += 6;
    if (waiting >= 8) {
      waiting -= 8;
      out[written++] = static_cast<char>(bits >> waiting & 0xFF);
    }
  }
  return (bits & ((1U << waiting) - 1)) == 0;
}

}  // namespace serval::detail
