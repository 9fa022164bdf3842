// SPDX-License-Identifier: MIT
// JSON Schema (draft 2020-12) of a type, as the OpenAPI document shows it.
#pragma once

#include <serval/schema/json.hpp>
#include <serval/schema/type_of.hpp>

namespace serval {

namespace detail {
json schema_document(const Type& type);
}  // namespace detail

/// The schema of a type by itself. The models and enumerations that it uses stand under "$defs".
template <class T>
[[nodiscard]] json schema_of() {
  return detail::schema_document(detail::type_of<T>);
}

}  // namespace serval
