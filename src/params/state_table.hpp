// SPDX-License-Identifier: MIT
// The objects that an application gives its handlers: one a type and name, asked for by bindings before or after it is
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
  /// Errors: SetupError that names both places when there is one of that type and name.
  void provide(const StateType& type, std::shared_ptr<void> object, SourceLocation where);

  /// There will be an object of that type and name when the application starts. Errors: as `provide`.
  void declare(const StateType& type, SourceLocation where);
  /// Puts in the object that was declared, or takes it out with null.
  void set(const StateType& type, std::shared_ptr<void> object) { entry(type).object = std::move(object); }

  /// Whether one was provided or declared.
  [[nodiscard]] bool knows(const StateType& type) const;
  /// Whether one was declared.
  [[nodiscard]] bool is_declared(const StateType& type) const;
  /// Null where there is none, or not yet, or no more.
  [[nodiscard]] void* find(const StateType& type) const;

  /// Where the object of that type stands or will stand, for as long as the table lives.
  [[nodiscard]] const std::shared_ptr<void>* place_of(const StateType& type);

  /// Of a type that it does not know: what is missing, what there is of that type instead, and what to write.
  /// "State<Database, "repilca">, but the application has only "replica" of that type; call ..."
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

  std::map<Key, Entry> entries_;  // whose nodes stay where they are
};

}  // namespace serval::detail
