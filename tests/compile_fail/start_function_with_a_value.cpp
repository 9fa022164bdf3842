// SPDX-License-Identifier: MIT
// error: the return value of a start or stop function, a service or a repeated function is not used
#include <serval/serval.hpp>

using namespace serval;

int main() {
  App app;
  app.on_start([] { return 1; });
}
