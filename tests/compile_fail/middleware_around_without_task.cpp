// SPDX-License-Identifier: MIT
// error: a middleware's around takes Request&, Response& and Next and returns Task<void>
#include <serval/serval.hpp>

struct Own {
  void around(serval::Request&, serval::Response&, serval::Next) {}
};

void declare(serval::App& app) { app.use(Own{}); }
