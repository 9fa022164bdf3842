// SPDX-License-Identifier: MIT
// error: this type is only declared; include its header
#include <serval/serval.hpp>

int wait_for(serval::WebSocket& socket);

void declare(serval::App& app) { app.get<wait_for>("/ws"); }
