// SPDX-License-Identifier: MIT
// error: a function given to validated_by takes another type than that of the member
#include <serval/serval.hpp>

void check_size(const int& size);

struct Item {
  serval::Field<std::string, serval::validated_by<check_size>> name;
};

void declare(serval::App& app) {
  app.post("/items")([](Item item) { return item.name; });
}
