// SPDX-License-Identifier: MIT
// error: invalid use of incomplete type 'class serval::FileResponse'
// error: 'serval::FileResponse' is an incomplete type
// note: // include <serval/files.hpp>
#include <serval/serval.hpp>

void declare(serval::App& app) {
  app.get("/logo")([] { return serval::FileResponse("logo.svg"); });
}
