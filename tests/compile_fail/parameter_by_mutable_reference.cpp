// SPDX-License-Identifier: MIT
// error: a handler takes its parameters by value or const reference
#include <serval/serval.hpp>

void declare(serval::App& app) {
  app.get("/items")([](serval::Query<int, "limit">& limit) { return limit.value(); });
}
