// SPDX-License-Identifier: MIT
// error: has no member named 'name'
// error: no member named 'name' in 'serval::Depends<&current_user>'; did you mean to use '->'
#include <serval/serval.hpp>

struct User {
  std::string name;
};
User current_user();

void declare(serval::App& app) {
  app.get("/me")([](serval::Depends<current_user> user) { return user.name; });
}
