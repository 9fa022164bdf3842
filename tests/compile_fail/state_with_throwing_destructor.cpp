// SPDX-License-Identifier: MIT
// error: serval: the destructor of what is provided may throw, but nothing could catch it when the application ends
#include <serval/serval.hpp>

using namespace serval;

struct Store {
  ~Store() noexcept(false) {}
};

int main() {
  App app;
  app.provide(Store{});
}
