// SPDX-License-Identifier: MIT
// The encodings a JSON body may come in, told apart as Python's json.loads does, and the UTF-8 that all are turned
// into.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace serval::detail {

enum class JsonEncoding : std::uint8_t { utf8, utf16_le, utf16_be, utf32_le, utf32_be };

/// An encoding and how many bytes its byte order mark takes.
struct JsonEncodingMark {
  JsonEncoding encoding;
  std::size_t mark_bytes;
};

/// Tells the encoding by byte order mark or, failing that, by where the first four bytes are zero (RFC 4627 section 3).
[[nodiscard]] JsonEncodingMark detect_json_encoding(std::string_view body) noexcept;

/// Replaces `out` by the UTF-8 of `body`, whose mark has been taken off. A lone surrogate becomes U+FFFD. False where
/// the last unit is cut off or a code point is beyond U+10FFFF. REQUIRES: not utf8.
[[nodiscard]] bool decode_to_utf8(std::string_view body, JsonEncoding encoding, std::string& out);

/// Appends one code point; a surrogate as U+FFFD. REQUIRES: code <= 0x10FFFF.
void append_utf8(std::string& out, std::uint32_t code);

}  // namespace serval::detail
