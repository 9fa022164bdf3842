// SPDX-License-Identifier: MIT
// error: this class is not an aggregate
#include <serval/serval.hpp>

class Item {
 public:
  Item() = default;
  explicit Item(int size) : size_(size) {}

 private:
  int size_ = 0;
};

void declare(serval::App& app) {
  app.get("/items")([] { return Item(3); });
}
