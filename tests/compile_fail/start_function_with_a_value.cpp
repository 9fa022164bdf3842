// SPDX-License-Identifier: MIT
// error: nobody takes what a start or stop function, a service or a repeated function returns
#include <serval/serval.hpp>

using namespace serval;

int main() {
  App app;
  app.on_start([] { return 1; });
}
