// SPDX-License-Identifier: MIT
// Where the to-dos are: in memory. It knows nothing of HTTP; a database would stand here.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include "model.hpp"

namespace todo {

/// Thread safety: every member may be called from several threads, as handlers are.
class Store {
 public:
  [[nodiscard]] std::vector<Todo> list(const TodoFilter& filter) const;
  [[nodiscard]] std::optional<Todo> find(int id) const;
  Todo add(TodoInput input);
  /// Nothing where there is no such to-do; the same holds for `change`.
  std::optional<Todo> replace(int id, TodoInput input);
  std::optional<Todo> change(int id, const serval::Partial<TodoInput>& changes);
  /// Whether there was one.
  bool remove(int id);

 private:
  mutable std::mutex mutex_;  // guards all below
  std::map<int, Todo> todos_;
  int last_id_ = 0;
};

}  // namespace todo
