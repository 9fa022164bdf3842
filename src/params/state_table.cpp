// SPDX-License-Identifier: MIT
#include "params/state_table.hpp"

#include <utility>

#include <serval/base/error.hpp>

namespace serval::detail {

StateTable::Entry& StateTable::entry(const StateType& type) { return entries_[std::type_index(*type.type)]; }

void StateTable::provide(const StateType& type, std::shared_ptr<void> object, SourceLocation where) {
  const std::string name(type.name);
  if (object == nullptr) throw SetupError("the " + name + " that is provided is null; make one first", where);
  check_unknown(type, where);
  Entry& found = entry(type);
  found.object = std::move(object);
  found.provided = where;
}

void StateTable::declare(const StateType& type, SourceLocation where) {
  check_unknown(type, where);
  Entry& declared = entry(type);
  declared.is_declared = true;
  declared.provided = where;
}

void StateTable::check_unknown(const StateType& type, const SourceLocation& where) const {
  if (!knows(type)) return;
  const std::string place = to_string(known(type)->provided);
  throw SetupError("a " + std::string(type.name) + " was provided " + (place.empty() ? "before" : "at " + place) +
                       "; provide one object a type, or give this one a type of its own",
                   where);
}

const StateTable::Entry* StateTable::known(const StateType& type) const {
  const auto found = entries_.find(std::type_index(*type.type));
  return found != entries_.end() ? &found->second : nullptr;
}

bool StateTable::knows(const StateType& type) const {
  const Entry* found = known(type);
  return found != nullptr && (found->is_declared || found->object != nullptr);
}

bool StateTable::is_declared(const StateType& type) const {
  const Entry* found = known(type);
  return found != nullptr && found->is_declared;
}

void* StateTable::find(const StateType& type) const {
  const Entry* found = known(type);
  return found != nullptr ? found->object.get() : nullptr;
}

const std::shared_ptr<void>* StateTable::place_of(const StateType& type) { return &entry(type).object; }

}  // namespace serval::detail
