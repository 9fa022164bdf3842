// SPDX-License-Identifier: MIT
// The model that the benchmarks post. It has rules, a nested model and a list. post.lua sends the same text.
#pragma once

#include <serval/serval.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

struct Maker {
  serval::Field<std::string, serval::min_length(1)> name;
  std::optional<std::string> country;
};

struct Item {
  serval::Field<std::string, serval::min_length(1), serval::max_length(80)> name;
  std::optional<std::string> description;
  serval::Field<double, serval::gt(0)> price;
  serval::Default<double> tax = 10.5;
  std::vector<std::string> tags;
  std::vector<Maker> makers;
};

/// 150 bytes, as an echo of the model responds.
inline constexpr std::string_view item_text =
    R"({"name":"Espresso machine","description":"15 bar, steel","price":249.5,"tax":19.0,)"
    R"("tags":["kitchen","coffee"],"makers":[{"name":"Acme","country":"IT"}]})";
static_assert(item_text.size() >= 145 && item_text.size() <= 155);

}  // namespace bench
