// SPDX-License-Identifier: MIT
// error: this object cannot be moved, for example because it has a mutex; write app.provide(std::make_shared<T>(...))
#include <mutex>

#include <serval/serval.hpp>

using namespace serval;

struct Store {
  std::mutex mutex;
};

int main() {
  App app;
  app.provide(Store());
}
