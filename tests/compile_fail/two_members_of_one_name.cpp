// SPDX-License-Identifier: MIT
// error: two members of this model have the same name on the wire
#include <serval/serval.hpp>

using namespace serval;

struct Item {
  Field<int, alias("count")> number;
  int count;
};

void declare(App& app) {
  app.post("/items")([](Item item) { return item; });
}
