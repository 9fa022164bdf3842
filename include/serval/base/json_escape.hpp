// SPDX-License-Identifier: MIT
// JSON strings: the one place where text becomes a quoted JSON string (RFC 8259 section 7).
#pragma once

#include <string>
#include <string_view>

namespace serval::detail {

/// Appends `text` as a JSON string, quotes included. It escapes the quote, the backslash and the control characters
/// below U+0020 (\n \t \r \b \f, otherwise \u00xx); each ill-formed UTF-8 sequence becomes U+FFFD; everything else is
/// unchanged.
void append_json_string(std::string& out, std::string_view text);

}  // namespace serval::detail
