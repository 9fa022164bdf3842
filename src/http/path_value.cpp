// SPDX-License-Identifier: MIT
#include <serval/http/path_value.hpp>

#include <array>
#include <charconv>

namespace serval::detail {

std::string number_text(double value) {
  std::array<char, 512>
      text;  // the longest double has 309 digits before the point, or 324 zeros and 17 digits after it
  char* const end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed).ptr;
  return std::string(text.data(), end);
}

}  // namespace serval::detail
