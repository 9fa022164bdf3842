// SPDX-License-Identifier: MIT
// error: to list a dependency whose value is not used, write depends<function>
#include <serval/serval.hpp>

void common(serval::Header<std::string, "x-token"> token);

void declare(serval::App& app) {
  app.get("/items", {.dependencies = {common}})([] { return 1; });
}
