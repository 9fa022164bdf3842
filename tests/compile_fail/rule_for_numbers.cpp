// SPDX-License-Identifier: MIT
// error: gt, ge, lt, le and multiple_of fit numbers only
#include <serval/serval.hpp>

struct Item {
  serval::Field<std::string, serval::gt(0)> name;
};

void declare(serval::App& app) {
  app.post("/items")([](Item item) { return item.name; });
}
