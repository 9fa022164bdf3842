// SPDX-License-Identifier: MIT
// Text from outside in a line of the log.
#pragma once

#include <string>
#include <string_view>

#include "base/ascii.hpp"

namespace serval::detail {

/// Appends the text with everything escaped that could end it, begin another line or steer a terminal: quotes and
/// backslashes get a backslash, control characters and bytes beyond ASCII become "\x1b".
inline void append_log_text(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (is_control(c) || !is_ascii(c)) {
      out += "\\x";
      append_hex(out, static_cast<unsigned char>(c), lower_hex_digits);
    } else {
      out += c;
    }
  }
}

}  // namespace serval::detail
