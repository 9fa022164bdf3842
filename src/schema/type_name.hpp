// SPDX-License-Identifier: MIT
// The name of a type that clients see.
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
