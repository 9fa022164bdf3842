// SPDX-License-Identifier: MIT
// error: serval: the return value of `finish` of a dependency's value is not used
#include <serval/serval.hpp>

using namespace serval;

struct Transaction {
  bool finish(const Outcome& outcome) { return outcome.succeeded(); }
};
Transaction transaction() { return {}; }

int main() {
  App app;
  app.get("/")([](Depends<transaction>) { return 1; });
}
