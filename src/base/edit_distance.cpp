// SPDX-License-Identifier: MIT
#include "base/edit_distance.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace serval::detail {

std::size_t edit_distance(std::string_view from, std::string_view to) {
  // The distances of the prefixes of `to` from the current prefix of `from`.
  std::vector<std::size_t> distances(to.size() + 1);
  std::iota(distances.begin(), distances.end(), std::size_t{0});
  for (std::size_t row = 0; row < from.size(); ++row) {
    std::size_t diagonal = distances[0];
    distances[0] = row + 1;
    for (std::size_t column = 0; column < to.size(); ++column) {
      const std::size_t replaced = diagonal + (from[row] == to[column] ? 0 : 1);
      diagonal = distances[column + 1];
      distances[column + 1] = (std::min)({replaced, diagonal + 1, distances[column] + 1});
    }
  }
  return distances.back();
}

}  // namespace serval::detail
