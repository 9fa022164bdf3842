// SPDX-License-Identifier: MIT
// error: an error handler takes the error by const reference, Request&, both or neither
#include <serval/serval.hpp>

#include <stdexcept>

void declare(serval::App& app) {
  app.on_error<std::out_of_range>([](const std::bad_alloc&) { return 1; });
}
