// SPDX-License-Identifier: MIT
// The objects that an application gives its handlers: one a type, asked for by bindings before or after it is provided.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <typeindex>

#include <serval/base/source_location.hpp>
#include <serval/params/spec.hpp>

namespace serval::detail {

/// Filled while the application is set up, then only read.
class StateTable {
 public:
  /// Errors: SetupError that names both places when there is one of that type.
  void provide(const StateType& type, std::shared_ptr<void> object, SourceLocation where);

  /// Where the object of that type stands or will stand, for as long as the table lives. `route` asks for it.
  [[nodiscard]] const std::shared_ptr<void>* want(const StateType& type, std::string_view route, SourceLocation where);

  /// Errors: SetupError for a type that a route asks for and nobody has provided.
  void check() const;

 private:
  struct User {
    std::string route;
    SourceLocation where;
  };
  struct Entry {
    std::string_view name;
    std::shared_ptr<void> object;
    SourceLocation provided;
    std::optional<User> first_user;
  };
  Entry& entry(const StateType& type);

  std::map<std::type_index, Entry> entries_;  // whose nodes stay where they are
};

}  // namespace serval::detail
