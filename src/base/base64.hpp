// SPDX-License-Identifier: MIT
// base64 (RFC 4648).
#pragma once

#include <string>
#include <string_view>

namespace serval::detail {

/// Appends the bytes with the URL-safe alphabet and padding.
void append_base64(std::string& out, std::string_view bytes);

/// Replaces `out` by the bytes of `text`: both alphabets, with or without padding. Returns an empty text, or the error
/// in `text`.
[[nodiscard]] std::string decode_base64(std::string_view text, std::string& out);

}  // namespace serval::detail
