// SPDX-License-Identifier: MIT
// The specifications of a handler's arguments, as constants: templates make them, the compiled `Binding` reads them.
#pragma once

#include <cstddef>
#include <string_view>
#include <typeinfo>

#include <serval/handler/exchange.hpp>
#include <serval/params/parameter.hpp>
#include <serval/schema/type.hpp>

namespace serval::detail {

/// One parameter as declared.
struct ParameterSpec {
  Source source;
  std::string_view name;  // as declared, or that of the member of a grouped struct; empty if there is none
  const Type* type;
  const Rules* rules;   // never null
  const void* address;  // of the member in the ghost of the grouped struct; null for a separate argument
  /// Calls `use` with a default-constructed value of the type, to check a default with it. Null if there is no default.
  void (*with_value)(void* context, void (*use)(void* context, void* value));
};

/// A type of which the application provides one object, or one of several by its name.
struct StateType {
  const std::type_info* type;
  std::string_view name;                     // the name of the type
  std::string_view object_name;              // empty for the object without a name
  void (*assign)(void* slot, void* object);  // puts the object's address into the argument's slot
  bool is_middleware = false;                // `app.use` provides it
};

struct DependencyUse;

/// One argument of a handler: parameters, or something else from the exchange.
struct ArgumentSpec {
  const ParameterSpec* parameters = nullptr;
  std::size_t parameter_count = 0;
  const void* ghost = nullptr;
  /// Fills the argument's slot from the exchange, if it is not a parameter. May throw `HttpError` and
  /// `ValidationError`.
  void (*fill)(http::Exchange& exchange, void* slot) = nullptr;
  /// Whether `fill` passes on the whole request, so that the handler may read the path itself.
  bool sees_request = false;
  /// The argument is an object of the application.
  const StateType* state = nullptr;
  /// The argument is the value of a dependency.
  const DependencyUse* dependency = nullptr;
  /// The dependency is one of several alternatives, and is called only if it is chosen: the first one whose credential
  /// the request has. Otherwise the slot stays as it is.
  bool is_alternative = false;
  /// The argument reads the body while the handler runs.
  bool streams_body = false;
  /// The argument is the list of scopes that the uses of the dependency require; its slot is a
  /// `const SecurityScopes*`.
  bool takes_scopes = false;
};

}  // namespace serval::detail
