// SPDX-License-Identifier: MIT
// Text in lines for people.
#pragma once

#include <string>
#include <string_view>

#include "base/ascii.hpp"

namespace serval::detail {

/// Appends a text, each control character as "?": names and paths of files may have any characters, but a fault or a
/// row is one line.
inline void append_visible(std::string& out, std::string_view text) {
  for (const char c : text) out += is_control(c) ? '?' : c;
}

}  // namespace serval::detail
