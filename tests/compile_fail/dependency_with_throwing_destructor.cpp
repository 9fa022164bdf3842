// SPDX-License-Identifier: MIT
// error: serval: the destructor of a dependency's value must be noexcept, since nothing can catch its exception
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
