// SPDX-License-Identifier: MIT
// The storage of the to-dos, in memory. It is independent of HTTP; a database could replace it.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include "model.hpp"

namespace todo {

/// Thread safety: several threads may call every member, since they also call handlers.
class Store {
 public:
  [[nodiscard]] std::vector<Todo> list(const TodoFilter& filter) const;
  [[nodiscard]] std::optional<Todo> find(int id) const;
  Todo add(TodoInput input);
  /// Returns nothing if there is no such to-do; the same applies to `change`.
  std::optional<Todo> replace(int id, TodoInput input);
  std::optional<Todo> change(int id, const serval::Partial<TodoInput>& changes);
  /// Returns whether the to-do existed.
  bool remove(int id);

 private:
  mutable std::mutex mutex_;  // guards all members below
  std::map<int, Todo> todos_;
  int last_id_ = 0;
};

}  // namespace todo
