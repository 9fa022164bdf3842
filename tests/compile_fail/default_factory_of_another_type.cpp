// SPDX-License-Identifier: MIT
// error: given to default_factory it must return that type
#include <serval/serval.hpp>

int new_id();

struct Item {
  serval::Field<std::string, serval::default_factory<new_id>> id;
};

void declare(serval::App& app) {
  app.post("/items")([](Item item) { return item; });
}
