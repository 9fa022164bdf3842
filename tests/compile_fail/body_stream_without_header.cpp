// SPDX-License-Identifier: MIT
// error: return type 'serval::Task<void>'
// error: implicit instantiation of undefined template 'boost::asio::awaitable<void,
// note: // include <serval/stream.hpp>
#include <serval/serval.hpp>

void declare(serval::App& app) {
  app.post("/sum")([](serval::BodyStream& body) -> serval::Task<void> { co_await body.next(); });
}
