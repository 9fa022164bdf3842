// SPDX-License-Identifier: MIT
// error: a struct that derives from a Partial must not have members of its own
#include <serval/serval.hpp>

struct Item {
  std::string name;
};
struct ItemUpdate : serval::Partial<Item> {
  std::string reason;
};

void declare(serval::App& app) {
  app.patch("/items")([](ItemUpdate update) { return update.empty(); });
}
