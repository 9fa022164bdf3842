// SPDX-License-Identifier: MIT
// error: this argument does not say where it comes from; declare it as Path<T, "name">, Query<T, "name">
// note: Form<T, "name">, File<T, "name">, Body<T>, State<T> or Depends<function>
#include <serval/serval.hpp>

void declare(serval::App& app) {
  app.get("/items")([](int limit) { return limit; });
}
