// SPDX-License-Identifier: MIT
// error: a WebSocket belongs to its connection; take it by reference: WebSocket& or WebSocketOf<In, Out>&
#include <serval/serval.hpp>
#include <serval/websocket.hpp>

void declare(serval::App& app) {
  app.websocket("/echo")([](serval::WebSocket socket) -> serval::Task<void> { co_await socket.accept(); });
}
