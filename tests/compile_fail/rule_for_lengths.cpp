// SPDX-License-Identifier: MIT
// error: min_length and max_length fit texts, lists, sets and maps only
#include <serval/serval.hpp>

struct Item {
  serval::Field<std::optional<int>, serval::max_length(3)> size;
};

void declare(serval::App& app) {
  app.post("/items")([](Item item) { return item.size; });
}
