// SPDX-License-Identifier: MIT
// error: a dependency is replaced by a function whose return value converts to its own
#include <serval/serval.hpp>

struct User {
  int id;
};
User current_user();

void declare(serval::App& app) {
  app.override_dependency<current_user>([] { return 1; });
}
