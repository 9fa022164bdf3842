// SPDX-License-Identifier: MIT
// error: the middleware of a route or router has to be wrapped: {.middleware = {middleware(object)}}
#include <serval/middleware.hpp>
#include <serval/serval.hpp>

void declare(serval::App& app) {
  app.post("/pay", {.middleware = {serval::Idempotency()}})([] { return 1; });
}
