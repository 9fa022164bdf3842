// SPDX-License-Identifier: MIT
// error: a dependency whose value nobody takes is written depends<function>
#include <serval/serval.hpp>

void common(serval::Header<std::string, "x-token"> token);

void declare(serval::App& app) {
  app.get("/items", {.dependencies = {common}})([] { return 1; });
}
