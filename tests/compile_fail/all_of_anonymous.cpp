// SPDX-License-Identifier: MIT
// error: all_of requires all of its dependencies
#include <serval/security.hpp>
#include <serval/serval.hpp>

const serval::HttpBearer bearer;

void declare(serval::App& app) {
  app.get("/")([](serval::Depends<serval::all_of<&bearer, serval::anonymous>>) { return 1; });
}
