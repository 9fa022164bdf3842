// SPDX-License-Identifier: MIT
// The objects that an application gives its handlers: one for each type and name. Bindings may look one up before it is
// provided.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <typeindex>
#include <utility>

#include <serval/base/source_location.hpp>
#include <serval/params/spec.hpp>

namespace serval::detail {

/// As a handler writes it: `State<Database, "replica">`.
[[nodiscard]] std::string state_text(const StateType& type);
/// `lifespan<Database, "replica">`
[[nodiscard]] std::string lifespan_text(const StateType& type);

/// Filled while the application is set up, then only read.
class StateTable {
 public:
  /// Errors: SetupError that names both places if there already is one of that type and name.
  void provide(const StateType& type, std::shared_ptr<void> object, SourceLocation where);

  /// Announces an object of that type and name for the start of the application. Errors: as `provide`.
  void declare(const StateType& type, SourceLocation where);
  /// Sets the declared object, or removes it with null.
  void set(const StateType& type, std::shared_ptr<void> object) { entry(type).object = std::move(object); }

  /// Whether one was provided or declared.
  [[nodiscard]] bool knows(const StateType& type) const;
  /// Whether one was declared.
  [[nodiscard]] bool is_declared(const StateType& type) const;
  /// The object; null if there is none, not yet or not any more.
  [[nodiscard]] void* find(const StateType& type) const;

  /// The place of the object of that type, now or later, valid as long as the table.
  [[nodiscard]] const std::shared_ptr<void>* place_of(const StateType& type);

  /// The message for a type that it does not know: what is missing, which objects of that type exist, and what to
  /// write. "State<Database, "repilca">, but the application has only "replica" of that type; call ..."
  [[nodiscard]] std::string missing(const StateType& type) const;

 private:
  using Key = std::pair<std::type_index, std::string>;
  struct Entry {
    std::shared_ptr<void> object;
    SourceLocation provided;
    bool is_declared = false;
  };
  Entry& entry(const StateType& type);
  [[nodiscard]] const Entry* known(const StateType& type) const;
  void check_unknown(const StateType& type, const SourceLocation& where) const;

  static Key key(const StateType& type) { return {*type.type, std::string(type.object_name)}; }
  [[nodiscard]] std::string names_of(const StateType& type) const;

  std::map<Key, Entry> entries_;  // a map, since its nodes do not move
};

}  // namespace serval::detail
