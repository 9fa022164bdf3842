// SPDX-License-Identifier: MIT
// error: return type 'serval::Task<void>'
// error: implicit instantiation of undefined template 'boost::asio::awaitable<void,
// note: // include <serval/websocket.hpp>
#include <serval/serval.hpp>

void declare(serval::App& app) {
  app.websocket("/ws")([](serval::WebSocketOf<int>& socket) -> serval::Task<void> { co_await socket.accept(); });
}
