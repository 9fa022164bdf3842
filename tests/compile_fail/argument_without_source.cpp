// SPDX-License-Identifier: MIT
// error: this argument does not say where it comes from
#include <serval/serval.hpp>

void declare(serval::App& app) {
  app.get("/items")([](int limit) { return limit; });
}
