// SPDX-License-Identifier: MIT
// error: the handler stands in parentheses of its own, behind those of the path
#include <serval/serval.hpp>

int item();

void declare(serval::App& app) {
  app.api_route("/items", {serval::http::Method::get, serval::http::Method::put}, item);
}
