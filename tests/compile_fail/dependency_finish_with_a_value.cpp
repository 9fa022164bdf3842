// SPDX-License-Identifier: MIT
// error: serval: nobody takes what `finish` of a dependency's value returns
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
