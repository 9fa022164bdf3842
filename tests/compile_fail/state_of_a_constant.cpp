// SPDX-License-Identifier: MIT
// error: State<T> takes the type that was provided, without const and reference
#include <serval/serval.hpp>

struct Settings {
  int limit = 0;
};

void declare(serval::App& app) {
  app.get("/limit")([](serval::State<const Settings> settings) { return settings->limit; });
}
