// SPDX-License-Identifier: MIT
// error: no matching function for call to 'serval::App::get(
// error: no matching member function for call to 'get'
// note: to 'serval::RouteOptions'
#include <serval/serval.hpp>

void declare(serval::App& app) {
  app.get("/items", {.statuscode = 201})([] { return 1; });
}
