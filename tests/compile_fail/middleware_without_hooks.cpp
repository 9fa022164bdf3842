// SPDX-License-Identifier: MIT
// error: a middleware has one or more of the hooks before, before_handler, around, after and finished
#include <serval/serval.hpp>

struct Own {
  void before_(serval::Request&) {}
};

void declare(serval::App& app) { app.use(Own{}); }
