// SPDX-License-Identifier: MIT
// error: two members of this model have the same name on the wire
#include <serval/serval.hpp>

using namespace serval;

struct First {
  int id;
};
struct Second {
  int id;
};
struct Both {
  Extends<First> first;
  Extends<Second> second;
};

void declare(App& app) {
  app.post("/items")([](Both both) { return both; });
}
