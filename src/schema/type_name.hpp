// SPDX-License-Identifier: MIT
// What clients read as the name of a type.
#pragma once

#include <string>
#include <string_view>

namespace serval::detail {

/// "Page<Item>" -> "Page[Item]", as Pydantic writes the names of generic models.
[[nodiscard]] inline std::string shown_name(std::string_view name) {
  std::string out(name);
  for (char& c : out) c = c == '<' ? '[' : c == '>' ? ']' : c;
  return out;
}

}  // namespace serval::detail
