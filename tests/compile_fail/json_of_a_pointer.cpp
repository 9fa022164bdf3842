// SPDX-License-Identifier: MIT
// error: serval: this type has no JSON form, so it cannot become a json
#include <serval/serval.hpp>

struct Item {
  int id = 0;
};

void declare(serval::App& app, const Item* item) {
  app.get("/item")([item] { return serval::json{{"item", item}}; });
}
