// SPDX-License-Identifier: MIT
// error: declare a member that may be absent as a Default with an initialiser: Default<Field<int, ge(0)>> count = 3;
#include <serval/serval.hpp>

using namespace serval;

struct Item {
  Field<int, ge(0), default_to(3)> count;
};

void declare(App& app) {
  app.post("/items")([](Item item) { return item; });
}
