// SPDX-License-Identifier: MIT
#include "params/state_table.hpp"

#include <utility>

#include <serval/base/error.hpp>

namespace serval::detail {

StateTable::Entry& StateTable::entry(const StateType& type) {
  Entry& found = entries_[std::type_index(*type.type)];
  found.name = type.name;
  return found;
}

void StateTable::provide(const StateType& type, std::shared_ptr<void> object, SourceLocation where) {
  const std::string name(type.name);
  if (object == nullptr) throw SetupError("the " + name + " that is provided is null; make one first", where);
  Entry& found = entry(type);
  if (found.object != nullptr) {
    throw SetupError("a " + name + " was provided at " + to_string(found.provided) +
                         "; provide one object a type, or give this one a type of its own",
                     where);
  }
  found.object = std::move(object);
  found.provided = where;
}

const std::shared_ptr<void>* StateTable::want(const StateType& type, std::string_view route, SourceLocation where) {
  Entry& found = entry(type);
  if (!found.first_user) found.first_user = User{std::string(route), where};
  return &found.object;
}

void StateTable::check() const {
  for (const auto& [type, found] : entries_) {
    if (found.object != nullptr || !found.first_user) continue;
    const std::string name(found.name);
    std::string message = found.first_user->route;
    message.append(": the handler takes State<").append(name);
    message.append(">, but the application has none; call app.provide(").append(name);
    throw SetupError(message.append("{...}) before it serves"), found.first_user->where);
  }
}

}  // namespace serval::detail
