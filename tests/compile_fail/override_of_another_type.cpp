// SPDX-License-Identifier: MIT
// error: override a dependency with a function whose return value converts to the dependency's
#include <serval/serval.hpp>

struct User {
  int id;
};
User current_user();

void declare(serval::App& app) {
  app.override_dependency<current_user>([] { return 1; });
}
