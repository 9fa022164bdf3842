// SPDX-License-Identifier: MIT
// error: any_of needs two or more alternatives
#include <serval/security.hpp>
#include <serval/serval.hpp>

const serval::HttpBearer bearer;

void declare(serval::App& app) {
  app.get("/")([](serval::Depends<serval::any_of<&bearer>>) { return 1; });
}
