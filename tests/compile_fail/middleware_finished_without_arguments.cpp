// SPDX-License-Identifier: MIT
// error: a middleware's finished takes const Request& and const Finished&
#include <serval/serval.hpp>

struct Own {
  void finished() {}
};

void declare(serval::App& app) { app.use(Own{}); }
