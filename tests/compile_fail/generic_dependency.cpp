// SPDX-License-Identifier: MIT
// error: the signature of this handler cannot be read
#include <serval/serval.hpp>

constexpr auto twice = [](auto value) { return value; };

void declare(serval::App& app) {
  app.get("/")([](serval::Depends<twice> value) { return *value; });
}
