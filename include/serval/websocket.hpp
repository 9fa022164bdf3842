// SPDX-License-Identifier: MIT
// WebSockets: `app.websocket(path)(handler)` with a `WebSocket&` or `WebSocketOf<In, Out>&`, and `Hub` to send to many.
#pragma once

#include <serval/base/requirements.hpp>

#include <serval/task.hpp>
#include <serval/websocket/hub.hpp>
#include <serval/websocket/web_socket.hpp>
