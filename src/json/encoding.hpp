// SPDX-License-Identifier: MIT
// Detects the encoding of a JSON body like Python's json.loads, and converts all encodings to UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace serval::detail {

enum class JsonEncoding : std::uint8_t { utf8, utf16_le, utf16_be, utf32_le, utf32_be };

/// An encoding and the size of its byte order mark in bytes.
struct JsonEncodingMark {
  JsonEncoding encoding;
  std::size_t mark_bytes;
};

/// Detects the encoding by the byte order mark or, without one, by the zeros among the first four bytes (RFC 4627
/// section 3).
[[nodiscard]] JsonEncodingMark detect_json_encoding(std::string_view body) noexcept;

/// Replaces `out` by the UTF-8 of `body`, which has no byte order mark any more. A lone surrogate becomes U+FFFD. False
/// if the last unit is incomplete or a code point is beyond U+10FFFF. REQUIRES: not utf8.
[[nodiscard]] bool decode_to_utf8(std::string_view body, JsonEncoding encoding, std::string& out);

/// Appends one code point; a surrogate as U+FFFD. REQUIRES: code <= 0x10FFFF.
void append_utf8(std::string& out, std::uint32_t code);

}  // namespace serval::detail
