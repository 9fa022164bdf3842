// SPDX-License-Identifier: MIT
// error: validated_by and prepared_by take a function of one value: T f(T) or void f(const T&)
#include <serval/serval.hpp>

void check_sizes(int a, int b);

void declare(serval::App& app) {
  app.get("/items")([](serval::Query<int, "size", serval::validated_by<check_sizes>> size) { return size > 1; });
}
