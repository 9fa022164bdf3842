// SPDX-License-Identifier: MIT
// error: 'Task' in namespace 'serval' does not name a template type
// error: no template named 'Task' in namespace 'serval'
#include <serval/serval.hpp>

void declare(serval::App& app) {
  app.get("/wait")([]() -> serval::Task<int> { co_return 1; });
}
