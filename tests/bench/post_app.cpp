// SPDX-License-Identifier: MIT
// The server to which the load generator posts a model of 150 bytes. It reads, validates and returns the model.
#include "item.hpp"

int main(int argc, char** argv) {
  serval::App app;
  app.post("/items")([](bench::Item item) { return item; });
  return app.run(argc, argv);
}
