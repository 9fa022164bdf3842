// SPDX-License-Identifier: MIT
// The models of a to-do: on the wire and in the store.
#pragma once

#include <serval/serval.hpp>

#include <optional>
#include <string>

namespace todo {

enum class Priority { low, normal, high };

/// The members that a client may set.
struct TodoInput {
  serval::Field<std::string, serval::min_length(1), serval::max_length(100)> title;
  std::optional<std::string> notes;
  serval::Default<Priority> priority = Priority::normal;
  serval::Default<bool> done = false;
};

/// A to-do in responses: one flat object.
struct Todo {
  int id = 0;
  serval::Extends<TodoInput> input;
};

/// The filter of a list: each member is a query parameter.
struct TodoFilter {
  std::optional<bool> done;
  std::optional<Priority> priority;
  serval::Field<serval::Default<int>, serval::ge(0)> offset = 0;
  serval::Field<serval::Default<int>, serval::ge(1), serval::le(100)> limit = 20;
};

}  // namespace todo
