// SPDX-License-Identifier: MIT
// error: assignment of function 'constexpr serval::detail::Arg<1> serval::min_length(int64_t)'
// error: expected '>'
// note: correct the errors in it first
#include <serval/serval.hpp>

void declare(serval::App& app) {
  app.get("/items")([](serval::Query<std::string, "q", serval::min_length = 3> q) { return q.size(); });
}
