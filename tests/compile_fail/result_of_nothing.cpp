// SPDX-License-Identifier: MIT
// error: Result<void> is not supported; use Result<http::NoContent>
#include <serval/serval.hpp>

void declare(serval::App& app) {
  app.delete_("/items")([]() -> serval::Result<void> { return serval::HttpError(404); });
}
