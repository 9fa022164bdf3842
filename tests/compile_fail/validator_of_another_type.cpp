// SPDX-License-Identifier: MIT
// error: the type of this member does not fit a function of its rules: the function of validated_by must take this type
#include <serval/serval.hpp>

void check_size(const int& size);

struct Item {
  serval::Field<std::string, serval::validated_by<check_size>> name;
};

void declare(serval::App& app) {
  app.post("/items")([](Item item) { return item.name; });
}
