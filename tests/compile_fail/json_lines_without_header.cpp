// SPDX-License-Identifier: MIT
// error: invalid use of incomplete type
// error: member access into incomplete type
// error: implicit instantiation of undefined template
// note: // include <serval/stream.hpp>
#include <serval/serval.hpp>
#include <serval/task.hpp>

void declare(serval::App& app) {
  app.get("/rows")([](serval::JsonLines<int>& lines) -> serval::Task<void> { co_await lines.send(1); });
}
