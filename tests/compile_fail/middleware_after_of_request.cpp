// SPDX-License-Identifier: MIT
// error: a middleware's after takes const Request& and Response& and returns nothing
#include <serval/serval.hpp>

struct Own {
  void after(serval::Request&, serval::Response&) {}
};

void declare(serval::App& app) { app.use(Own{}); }
