// SPDX-License-Identifier: MIT
// error: a value takes at most 4 examples
#include <serval/serval.hpp>

void declare(serval::App& app) {
  using serval::schema::example;
  app.get("/items")([](serval::Query<int, "size", example(1), example(2), example(3), example(4), example(5)> size) {
    return size > 1;
  });
}
