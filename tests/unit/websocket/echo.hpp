// SPDX-License-Identifier: MIT
// A WebSocket handler and a model for tests.
#pragma once

#include <serval/serval.hpp>
#include <serval/websocket.hpp>

namespace serval::web_socket_test {

/// Sends back each text.
inline Task<void> echo(WebSocket& socket) {
  co_await socket.accept();
  for (;;) co_await socket.send_text(co_await socket.receive_text());
}

struct Point {
  int x;
  Field<int, ge(0)> y;
};

}  // namespace serval::web_socket_test
