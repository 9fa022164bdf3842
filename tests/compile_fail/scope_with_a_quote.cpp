// SPDX-License-Identifier: MIT
// error: a scope is a text of printable ASCII characters without spaces, quotes and backslashes
#include <serval/security.hpp>
#include <serval/serval.hpp>

int user(const serval::SecurityScopes&) { return 1; }

void declare(serval::App& app) {
  app.get("/me", {.dependencies = {serval::secured<user, "m\"e">}})([] { return 1; });
}
