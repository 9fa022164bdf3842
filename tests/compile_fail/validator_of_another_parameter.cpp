// SPDX-License-Identifier: MIT
// error: a function given to validated_by takes another type than that of the parameter
#include <serval/serval.hpp>

void check_size(const int& size);

void declare(serval::App& app) {
  app.get("/items")([](serval::Query<double, "size", serval::validated_by<check_size>> size) { return size > 1; });
}
