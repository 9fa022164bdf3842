// SPDX-License-Identifier: MIT
// error: the destructor of a provided object must be noexcept, since nothing can catch its exception
#include <serval/serval.hpp>

using namespace serval;

struct Store {
  ~Store() noexcept(false) {}
};

int main() {
  App app;
  app.provide(Store{});
}
