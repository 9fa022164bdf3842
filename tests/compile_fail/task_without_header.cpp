// SPDX-License-Identifier: MIT
// error: return type 'serval::Task<int>'
// error: implicit instantiation of undefined template 'boost::asio::awaitable<int,
#include <serval/serval.hpp>

void declare(serval::App& app) {
  app.get("/wait")([]() -> serval::Task<int> { co_return 1; });
}
