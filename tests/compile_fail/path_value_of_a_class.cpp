// SPDX-License-Identifier: MIT
// error: a value of a path is a text, a number or a type with to_string()
#include <serval/serval.hpp>

struct Item {
  int id;
};

void declare(serval::App& app) { (void)app.url_path_for("read_item", {{"item_id", Item{1}}}); }
