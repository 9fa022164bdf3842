// SPDX-License-Identifier: MIT
// error: put the handler into its own parentheses, after those of the path
#include <serval/serval.hpp>

int item();

void declare(serval::App& app) {
  app.api_route("/items", {serval::http::Method::get, serval::http::Method::put}, item);
}
