// SPDX-License-Identifier: MIT
// error: an alternative of any_of cannot be optional (maybe<...>)
#include <serval/security.hpp>
#include <serval/serval.hpp>

const serval::ApiKeyHeader api_key({.name = "x-api-key"});
const serval::HttpBearer bearer;

void declare(serval::App& app) {
  app.get("/")([](serval::Depends<serval::any_of<serval::maybe<&bearer>, &api_key>>) { return 1; });
}
