// SPDX-License-Identifier: MIT
// error: the signature of this handler cannot be read
#include <serval/serval.hpp>

void declare(serval::App& app) {
  app.get("/items")([](auto limit) { return limit; });
}
