// SPDX-License-Identifier: MIT
// error: its call operator must be const: remove `mutable`
#include <serval/serval.hpp>

void declare(serval::App& app) {
  app.get("/count")([count = 0]() mutable { return ++count; });
}
