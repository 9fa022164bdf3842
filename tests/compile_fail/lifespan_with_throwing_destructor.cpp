// SPDX-License-Identifier: MIT
// error: serval: the destructor of what has a lifespan may throw, but nothing could catch it when the application stops
#include <serval/serval.hpp>

using namespace serval;

struct Store {
  ~Store() noexcept(false) {}
};

int main() {
  App app;
  app.lifespan<Store>();
}
