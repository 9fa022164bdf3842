// SPDX-License-Identifier: MIT
// Texts with a form and a C++ class of their own: what the engine does with each. The constants are defined in
// text_types.cpp and none.cpp.
#pragma once

#include <string>
#include <string_view>

#include <serval/schema/type.hpp>

#include "json/tape.hpp"
#include "types/fault.hpp"

namespace serval::detail {

struct TextOps {
  std::string_view label;          ///< of a union's branch in an issue's place
  std::string_view schema;         ///< JSON text
  std::string_view output_schema;  ///< of answers, where it differs
  bool (*parse)(std::string_view text, void* out, Fault& fault);
  void (*append)(std::string& out, const void* value);  ///< as plain text
  Fault (*wrong_type)();                                ///< for JSON values that are no texts
  /// A JSON number or null, where the type takes some; null if it takes none.
  bool (*from_json)(JsonValue value, void* out, Fault& fault) = nullptr;
  bool is_bare = false;     ///< written to JSON without quotes
  bool has_length = false;  ///< length rules count bytes
  bool is_decimal = false;  ///< takes bounds and rules about digits
};

}  // namespace serval::detail
