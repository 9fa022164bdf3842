// SPDX-License-Identifier: MIT
// How far a misspelt name is from a known one.
#pragma once

#include <cstddef>
#include <string_view>

namespace serval::detail {

/// The Levenshtein distance: how many characters are inserted, removed or replaced to make one text of the other.
[[nodiscard]] std::size_t edit_distance(std::string_view from, std::string_view to);

}  // namespace serval::detail
