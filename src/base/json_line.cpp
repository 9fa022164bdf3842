// SPDX-License-Identifier: MIT
#include "base/json_line.hpp"

#include <cstddef>
#include <cstdint>

#include <serval/base/json_escape.hpp>

#include "base/ascii.hpp"
#include "base/utf8.hpp"

namespace serval::detail {

namespace {

/// Appends "\u2028", or a pair of these beyond U+FFFF. REQUIRES: a well-formed sequence of UTF-8, not of ASCII.
void append_unicode_escape(std::string& out, std::string_view sequence) {
  const auto append_unit = [&out](std::uint32_t unit) {
    out += "\\u";
    append_hex(out, static_cast<unsigned char>(unit >> 8U), lower_hex_digits);
    append_hex(out, static_cast<unsigned char>(unit), lower_hex_digits);
  };
  std::uint32_t point = static_cast<unsigned char>(sequence[0]) & (0x7FU >> sequence.size());
  for (const char c : sequence.substr(1)) point = (point << 6U) | (static_cast<unsigned char>(c) & 0x3FU);
  if (point < 0x10000) return append_unit(point);
  append_unit(0xD800 + ((point - 0x10000) >> 10U));
  append_unit(0xDC00 + ((point - 0x10000) & 0x3FFU));
}

}  // namespace

void append_ascii_json_string(std::string& out, std::string_view text) {
  std::string quoted;
  append_json_string(quoted, text);
  for (std::size_t position = 0; position < quoted.size();) {
    const std::size_t length = utf8_step(quoted, position).length;
    if (length > 1)
      append_unicode_escape(out, std::string_view(quoted).substr(position, length));
    else if (quoted[position] == '\x7f')
      out += "\\u007f";
    else
      out += quoted[position];
    position += length;
  }
}

}  // namespace serval::detail
