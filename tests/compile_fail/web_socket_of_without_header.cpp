// SPDX-License-Identifier: MIT
// error: invalid use of incomplete type
// error: member access into incomplete type
// error: implicit instantiation of undefined template
// note: // include <serval/websocket.hpp>
#include <serval/serval.hpp>
#include <serval/task.hpp>

void declare(serval::App& app) {
  app.websocket("/ws")([](serval::WebSocketOf<int>& socket) -> serval::Task<void> { co_await socket.accept(); });
}
