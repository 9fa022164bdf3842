// SPDX-License-Identifier: MIT
// error: State<T, "name"> takes a name that is not empty, and no rules
#include <serval/serval.hpp>

struct Settings {
  int limit = 0;
};

void declare(serval::App& app) {
  app.get("/limit")([](serval::State<Settings, serval::ge(1)> settings) { return settings->limit; });
}
