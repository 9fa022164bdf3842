// SPDX-License-Identifier: MIT
// error: a middleware's serving takes const std::shared_ptr<http::Host>&
#include <serval/serval.hpp>

struct Own {
  void serving() {}
  void before(serval::Request&) {}
};

void declare(serval::App& app) { app.use(Own{}); }
