// SPDX-License-Identifier: MIT
// error: declare a member that may be absent as a Default with an initialiser: Default<int> count_ = 3;
#include <serval/serval.hpp>

using namespace serval;

class Item {
 public:
  static constexpr auto describe() { return schema::members(schema::member("count", &Item::count_, default_to(3))); }

 private:
  int count_ = 0;
};

void declare(App& app) {
  app.post("/items")([](Item item) { return item; });
}
