// SPDX-License-Identifier: MIT
// JSON Schema (draft 2020-12) of a type, as the OpenAPI document shows it.
#pragma once

#include <cstdint>

#include <serval/json/json.hpp>
#include <serval/schema/type_of.hpp>

namespace serval::schema {

/// The direction of a value: in a request or in a response. Its schema may differ.
enum class SchemaMode : std::uint8_t { input, output };

}  // namespace serval::schema

namespace serval {

namespace detail {
using serval::schema::SchemaMode;
json schema_document(const Type& type, SchemaMode mode);
}  // namespace detail

/// The schema of a single type. The models and enumerations that it uses are under "$defs".
template <class T>
[[nodiscard]] json schema_of(schema::SchemaMode mode = schema::SchemaMode::input) {
  return detail::schema_document(detail::type_of<T>, mode);
}

}  // namespace serval
