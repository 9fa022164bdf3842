// SPDX-License-Identifier: MIT
// What the load generator posts to: a model of 150 bytes, read, validated, written again.
#include "item.hpp"

int main(int argc, char** argv) {
  serval::App app;
  app.post("/items")([](bench::Item item) { return item; });
  return app.run(argc, argv);
}
