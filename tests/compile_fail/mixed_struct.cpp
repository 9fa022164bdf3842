// SPDX-License-Identifier: MIT
// error: this struct mixes parameters (Path, Query, ...) with plain members
#include <serval/serval.hpp>

struct Page {
  serval::Query<int, "limit"> limit;
  int offset;
};

void declare(serval::App& app) {
  app.get("/items")([](Page page) { return page.offset; });
}
