// SPDX-License-Identifier: MIT
// error: a pointer or reference cannot be a member of a model; use the value or std::optional
#include <serval/serval.hpp>

struct Item {
  const char* name;
};

void declare(serval::App& app) {
  app.post("/items")([](Item item) { return item.name != nullptr; });
}
