// SPDX-License-Identifier: MIT
#include "params/state_table.hpp"

#include <string>
#include <utility>
#include <vector>

#include <serval/base/error.hpp>

namespace serval::detail {

namespace {

std::string in_quotes(std::string_view name) { return '"' + std::string(name) + '"'; }

/// The template arguments that identify the object.
std::string type_and_name(const StateType& type) {
  std::string text(type.name);
  if (!type.object_name.empty()) text.append(", ").append(in_quotes(type.object_name));
  return '<' + text + '>';
}

/// What to write so that there is an object of that type.
std::string provide_text(const StateType& type) {
  if (type.is_middleware) return "app.use(" + std::string(type.name) + "({...}))";
  const std::string name = type.object_name.empty() ? "" : '<' + in_quotes(type.object_name) + '>';
  return "app.provide" + name + '(' + std::string(type.name) + "{...}) or app." + lifespan_text(type) + "(...)";
}

}  // namespace

std::string state_text(const StateType& type) { return "State" + type_and_name(type); }
std::string lifespan_text(const StateType& type) { return "lifespan" + type_and_name(type); }

StateTable::Entry& StateTable::entry(const StateType& type) { return entries_[key(type)]; }

void StateTable::provide(const StateType& type, std::shared_ptr<void> object, SourceLocation where) {
  const std::string name(type.name);
  if (object == nullptr) throw SetupError("the " + name + " that is provided is null; create the object first", where);
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
  std::string message = "a " + std::string(type.name);
  if (!type.object_name.empty()) message.append(" called ").append(in_quotes(type.object_name));
  message.append(" was provided ").append(place.empty() ? "before" : "at " + place);
  if (type.is_middleware)
    message.append("; use one in an application");
  else
    message.append(type.object_name.empty()
                       ? "; provide one object per type, or give this one a name: app.provide<\"name\">(...)"
                       : "; provide one object per name");
  throw SetupError(message, where);
}

const StateTable::Entry* StateTable::known(const StateType& type) const {
  const auto found = entries_.find(key(type));
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

std::string StateTable::missing(const StateType& type) const {
  const std::string names = names_of(type);
  return state_text(type) + ", but the application has " +
         (names.empty() ? "none" : "only " + names + " of that type") + "; call " + provide_text(type) +
         " before it serves";
}

std::string StateTable::names_of(const StateType& type) const {
  std::vector<std::string> names;
  for (const auto& [known, entry] : entries_) {
    if (known.first != std::type_index(*type.type) || (entry.object == nullptr && !entry.is_declared)) continue;
    names.push_back(known.second.empty() ? "the one without a name" : in_quotes(known.second));
  }
  std::string list;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) list.append(i + 1 < names.size() ? ", " : " and ");
    list.append(names[i]);
  }
  return list;
}

}  // namespace serval::detail
