// SPDX-License-Identifier: MIT
// error: pattern fits texts only
#include <serval/serval.hpp>

void declare(serval::App& app) {
  app.get("/items")([](serval::Query<int, "size", serval::pattern("^a")> size) { return size > 1; });
}
