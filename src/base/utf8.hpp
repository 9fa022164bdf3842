// SPDX-License-Identifier: MIT
// One step through UTF-8 text: how long the next sequence is and whether it is well-formed (Unicode 15, table 3-7).
#pragma once

#include <cstddef>
#include <string_view>

namespace serval::detail {

/// U+FFFD, the replacement for bytes that cannot be decoded.
inline constexpr std::string_view utf8_replacement = "\xEF\xBF\xBD";

/// The bytes that one step takes. An ill-formed step takes the longest beginning that a well-formed sequence could have
/// had, at least one byte: each is one U+FFFD, as in Unicode 15 section 3.9 and the WHATWG Encoding Standard.
struct Utf8Step {
  std::size_t length;
  bool well_formed;
};

/// REQUIRES: `position < text.size()`.
constexpr Utf8Step utf8_step(std::string_view text, std::size_t position) noexcept {
  const auto byte_at = [text](std::size_t index) { return static_cast<unsigned char>(text[index]); };
  const unsigned lead = byte_at(position);
  if (lead < 0x80) return {1, true};
  if (lead < 0xC2 || lead > 0xF4) return {1, false};
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  // The range of the second byte excludes overlong forms, surrogates and code points beyond U+10FFFF.
  unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  for (std::size_t taken = 1; taken < length; ++taken) {
    if (position + taken == text.size()) return {taken, false};
    const unsigned byte = byte_at(position + taken);
    if (byte < low || byte > high) return {taken, false};
    low = 0x80;
    high = 0xBF;
  }
  return {length, true};
}

}  // namespace serval::detail
