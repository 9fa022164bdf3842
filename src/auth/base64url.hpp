// SPDX-License-Identifier: MIT
// The URL-safe base64 of tokens, without padding (RFC 7515 section 2, RFC 4648 section 5).
#pragma once

#include <string>
#include <string_view>

namespace serval::detail {

/// Appends the bytes.
void append_base64url(std::string& out, std::string_view bytes);
[[nodiscard]] std::string base64url(std::string_view bytes);

/// Replaces `out` by the bytes of `text`. False if it is anything but the one text that `append_base64url` writes for
/// these bytes: no padding, no white space, no other alphabet, no bits that are left over.
[[nodiscard]] bool decode_base64url(std::string_view text, std::string& out);

}  // namespace serval::detail
