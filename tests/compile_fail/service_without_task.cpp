// SPDX-License-Identifier: MIT
// error: serval: a service is a coroutine: let it return Task<void>
#include <serval/serval.hpp>

using namespace serval;

int main() {
  App app;
  app.service("relay", [] {});
}
