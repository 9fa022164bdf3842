// SPDX-License-Identifier: MIT
// error: expected primary-expression before '}'
// error: expected '(' for function-style cast or type construction
#include <serval/serval.hpp>

void common(serval::Header<std::string, "x-token"> token);

void declare(serval::App& app) {
  app.get("/items", {.dependencies = {serval::Depends<common>}})([] { return 1; });
}
