// SPDX-License-Identifier: MIT
// error: Request, Response and BackgroundTasks are taken by reference: Request&
#include <serval/serval.hpp>

void declare(serval::App& app) {
  app.get("/items")([](serval::Request) { return 1; });
}
