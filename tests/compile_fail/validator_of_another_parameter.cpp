// SPDX-License-Identifier: MIT
// error: the type of this parameter does not fit a function of its rules: the function of validated_by must take
#include <serval/serval.hpp>

void check_size(const int& size);

void declare(serval::App& app) {
  app.get("/items")([](serval::Query<double, "size", serval::validated_by<check_size>> size) { return size > 1; });
}
