// SPDX-License-Identifier: MIT
// Reads a whole text as a decimal number.
#pragma once

#include <charconv>
#include <limits>
#include <string_view>
#include <system_error>

namespace serval::detail {

/// False if the text is not a number, has other characters, or the number is too large.
template <class T>
[[nodiscard]] bool read_number(std::string_view text, T& out, T max = std::numeric_limits<T>::max()) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value > max) return false;
  out = value;
  return true;
}

}  // namespace serval::detail
