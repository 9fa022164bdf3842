// SPDX-License-Identifier: MIT
// error: the handler stands in parentheses of its own, behind those of the path
#include <serval/serval.hpp>

void declare(serval::App& app) {
  app.get("/items", [](serval::Query<int, "limit"> limit) { return limit + 1; });
}
