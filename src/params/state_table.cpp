// SPDX-License-Identifier: MIT
#include "params/state_table.hpp"

#include <utility>

#include <serval/base/error.hpp>

namespace serval::detail {

StateTable::Entry& StateTable::entry(const StateType& type) { return entries_[std::type_index(*type.type)]; }

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

const std::shared_ptr<void>* StateTable::place_of(const StateType& type) { return &entry(type).object; }

}  // namespace serval::detail
