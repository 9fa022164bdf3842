// SPDX-License-Identifier: MIT
// error: a model cannot have base classes; make the base its first member, Extends<Base> base;
#include <serval/serval.hpp>

struct Base {
  int id;
};
struct Item : Base {
  std::string name;
};

void declare(serval::App& app) {
  app.post("/items")([](Item item) { return item.name; });
}
