// SPDX-License-Identifier: MIT
// error: return type 'serval::Task<void>'
// error: implicit instantiation of undefined template 'boost::asio::awaitable<void,
// note: // include <serval/stream.hpp>
#include <serval/serval.hpp>

void declare(serval::App& app) {
  app.get("/ticks")([](serval::EventSender<int>& events) -> serval::Task<void> { co_await events.send(1); });
}
