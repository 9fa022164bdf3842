// SPDX-License-Identifier: MIT
// The objects that an application gives its handlers: one a type, asked for by bindings before or after it is provided.
#pragma once

#include <map>
#include <memory>
#include <typeindex>

#include <serval/base/source_location.hpp>
#include <serval/params/spec.hpp>

namespace serval::detail {

/// Filled while the application is set up, then only read.
class StateTable {
 public:
  /// Errors: SetupError that names both places when there is one of that type.
  void provide(const StateType& type, std::shared_ptr<void> object, SourceLocation where);

  /// Where the object of that type stands or will stand, for as long as the table lives.
  [[nodiscard]] const std::shared_ptr<void>* place_of(const StateType& type);

 private:
  struct Entry {
    std::shared_ptr<void> object;
    SourceLocation provided;
  };
  Entry& entry(const StateType& type);

  std::map<std::type_index, Entry> entries_;  // whose nodes stay where they are
};

}  // namespace serval::detail
