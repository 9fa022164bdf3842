// SPDX-License-Identifier: MIT
// error: 'serval::RouteOptions' has no non-static data member named 'statuscode'
// error: field designator 'statuscode' does not refer to any field in type 'serval::RouteOptions'
#include <serval/serval.hpp>

void declare(serval::App& app) {
  app.get("/items", serval::RouteOptions{.statuscode = 201})([] { return 1; });
}
