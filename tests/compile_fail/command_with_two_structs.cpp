// SPDX-License-Identifier: MIT
// error: a command takes one struct with its options
#include <serval/serval.hpp>

using namespace serval;

struct A {
  int a;
};
struct B {
  int b;
};

int main() {
  App app;
  app.command("work", [](const A&, const B&) {});
}
