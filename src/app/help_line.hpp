// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>

namespace serval::detail {

/// A line of `--help`: the option, and what it does.
[[nodiscard]] inline std::string help_line(std::string left, const std::string& text) {
  if (!text.empty()) left.resize(std::max<std::size_t>(left.size() + 2, 40), ' ');
  return left + text + "\n";
}

}  // namespace serval::detail
