// SPDX-License-Identifier: MIT
// error: anonymous accepts every request, so it must be the last alternative
#include <serval/security.hpp>
#include <serval/serval.hpp>

const serval::HttpBearer bearer;

void declare(serval::App& app) {
  app.get("/")([](serval::Depends<serval::any_of<serval::anonymous, &bearer>>) { return 1; });
}
