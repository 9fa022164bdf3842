// SPDX-License-Identifier: MIT
// error: serval: a pointer or reference cannot be a member of a model
#include <serval/serval.hpp>

struct Node {
  int id = 0;
  Node* next = nullptr;
};

void declare(serval::App& app) {
  app.get("/node")([] { return serval::json{{"node", Node{1}}}; });
}
