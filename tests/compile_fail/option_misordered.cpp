// SPDX-License-Identifier: MIT
// error: designator order for field 'serval::RouteOptions::status_code' does not match declaration order
// error: field 'tags' will be initialized after field 'status_code'
// options: -Werror
#include <serval/serval.hpp>

void declare(serval::App& app) {
  app.get("/items", {.tags = {"items"}, .status_code = 201})([] { return 1; });
}
