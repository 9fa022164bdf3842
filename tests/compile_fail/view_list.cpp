// SPDX-License-Identifier: MIT
// error: a parameter cannot be a std::string_view, which could dangle; make it a std::string
#include <serval/serval.hpp>

void declare(serval::App& app) {
  app.get("/notes")([](serval::Query<std::vector<std::string_view>, "tag"> tags) { return tags.size(); });
}
