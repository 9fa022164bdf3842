// SPDX-License-Identifier: MIT
// error: that of default_factory must return this type
#include <serval/serval.hpp>

int new_id();

struct Item {
  serval::Field<std::string, serval::default_factory<new_id>> id;
};

void declare(serval::App& app) {
  app.post("/items")([](Item item) { return item; });
}
