// SPDX-License-Identifier: MIT
// error: this type is only declared; include its header
// note: <serval/security.hpp> for Security
#include <serval/serval.hpp>

int user(serval::Header<std::string, "x-user">) { return 1; }

void declare(serval::App& app) {
  app.get("/me")([](const serval::Security<user, "me">&) { return 1; });
}
