// SPDX-License-Identifier: MIT
// error: a middleware's before takes Request& and returns std::optional<Response> or nothing
#include <serval/serval.hpp>

struct Own {
  int before(serval::Request&) { return 1; }
};

void declare(serval::App& app) { app.use(Own{}); }
