// SPDX-License-Identifier: MIT
// error: serval: write .compression = serval::permessage_deflate() to compress the messages of WebSockets; include
// note: include <serval/compression.hpp> and link serval::compression
#include <serval/serval.hpp>
#include <serval/server.hpp>

void serve(serval::App& app) { serval::Server server(app, {.web_sockets = {.compression = true}}); }
