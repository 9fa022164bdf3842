// SPDX-License-Identifier: MIT
// error: a parameter cannot be a std::string_view, which could dangle; make it a std::string
#include <serval/serval.hpp>

void declare(serval::App& app) {
  app.post("/notes")([](serval::Body<std::string_view> text) { return text.size(); });
}
