// SPDX-License-Identifier: MIT
// error: a duration must be counted by an integer or a floating-point number
#include <serval/serval.hpp>

#include <chrono>

struct Count {
  int value;
};

struct Item {
  std::chrono::duration<Count> length;
};

void declare(serval::App& app) {
  app.get("/items")([] { return Item{}; });
}
