// SPDX-License-Identifier: MIT
// error: put the handler into its own parentheses, after those of the path
#include <serval/serval.hpp>

void declare(serval::App& app) {
  app.get("/items", [](serval::Query<int, "limit"> limit) { return limit + 1; });
}
