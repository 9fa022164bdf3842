// SPDX-License-Identifier: MIT
// error: a function that takes a BodyStream waits for what the client sends, so it is a coroutine
#include <serval/serval.hpp>
#include <serval/stream.hpp>

void declare(serval::App& app) {
  app.post("/items")([](serval::BodyStream&) { return 1; });
}
