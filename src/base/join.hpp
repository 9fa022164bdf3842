// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace serval::detail {

/// The texts in one, with the separator between them.
[[nodiscard]] inline std::string join(const std::vector<std::string>& texts, std::string_view separator = ", ") {
  std::string all;
  for (const std::string& text : texts) {
    if (&text != &texts.front()) all += separator;
    all += text;
  }
  return all;
}

}  // namespace serval::detail
