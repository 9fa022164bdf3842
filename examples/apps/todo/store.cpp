// SPDX-License-Identifier: MIT
#include "store.hpp"

#include <utility>

namespace todo {

namespace {

bool matches(const TodoFilter& filter, const TodoInput& todo) {
  return (!filter.done || *filter.done == todo.done) && (!filter.priority || *filter.priority == todo.priority);
}

}  // namespace

std::vector<Todo> Store::list(const TodoFilter& filter) const {
  const std::scoped_lock lock(mutex_);
  std::vector<Todo> page;
  int skipped = 0;
  for (const auto& [id, todo] : todos_) {
    if (static_cast<int>(page.size()) == filter.limit) break;
    if (!matches(filter, todo.input)) continue;
    if (skipped < filter.offset) {
      ++skipped;
    } else {
      page.push_back(todo);
    }
  }
  return page;
}

std::optional<Todo> Store::find(int id) const {
  const std::scoped_lock lock(mutex_);
  const auto found = todos_.find(id);
  return found == todos_.end() ? std::nullopt : std::optional(found->second);
}

Todo Store::add(TodoInput input) {
  const std::scoped_lock lock(mutex_);
  const int id = ++last_id_;
  return todos_[id] = Todo{id, std::move(input)};
}

std::optional<Todo> Store::replace(int id, TodoInput input) {
  const std::scoped_lock lock(mutex_);
  const auto found = todos_.find(id);
  if (found == todos_.end()) return std::nullopt;
  return found->second = Todo{id, std::move(input)};
}

std::optional<Todo> Store::change(int id, const serval::Partial<TodoInput>& changes) {
  const std::scoped_lock lock(mutex_);
  const auto found = todos_.find(id);
  if (found == todos_.end()) return std::nullopt;
  changes.apply_to(found->second.input);
  return found->second;
}

bool Store::remove(int id) {
  const std::scoped_lock lock(mutex_);
  return todos_.erase(id) != 0;
}

}  // namespace todo
