// SPDX-License-Identifier: MIT
// error: take it by reference: StreamWriter&, JsonLines<T>& or EventSender<T>&
#include <serval/serval.hpp>
#include <serval/stream.hpp>

void declare(serval::App& app) {
  app.get("/ticks")([](serval::EventSender<int> events) -> serval::Task<void> { co_await events.send(1); });
}
