// SPDX-License-Identifier: MIT
// error: a computed member has the same name as another member that responses show
#include <serval/serval.hpp>

using namespace serval;

struct Item {
  int total;
  int sum() const { return total; }
  static constexpr auto computed() { return computed_members(computed_member("total", &Item::sum)); }
};

void declare(App& app) {
  app.get("/items")([] { return Item{1}; });
}
