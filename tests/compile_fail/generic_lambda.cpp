// SPDX-License-Identifier: MIT
// error: the signature of this handler cannot be read
// note: correct the errors in it first
#include <serval/serval.hpp>

void declare(serval::App& app) {
  app.get("/items")([](auto limit) { return limit; });
}
