// SPDX-License-Identifier: MIT
// error: a WebSocket belongs to its connection; take it by reference: WebSocket& or WebSocketOf<In, Out>&
#include <serval/serval.hpp>
#include <serval/websocket.hpp>

serval::Task<void> echo(const serval::WebSocketOf<int>& socket);

void declare(serval::App& app) { app.websocket<echo>("/echo"); }
