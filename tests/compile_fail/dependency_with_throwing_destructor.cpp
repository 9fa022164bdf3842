// SPDX-License-Identifier: MIT
// error: serval: the destructor of a dependency's value may throw, but nothing could catch it when it runs
#include <serval/serval.hpp>

using namespace serval;

struct Transaction {
  ~Transaction() noexcept(false) {}
};
Transaction transaction() { return {}; }

int main() {
  App app;
  app.get("/")([](Depends<transaction>) { return 1; });
}
