// SPDX-License-Identifier: MIT
// The engine's operations for texts with a format and a separate C++ class. The constants are defined in
// text_types.cpp and none.cpp.
#pragma once

#include <string>
#include <string_view>

#include <serval/schema/type.hpp>

#include "json/tape.hpp"
#include "types/fault.hpp"

namespace serval::detail {

struct TextOps {
  std::string_view label;          ///< the name of a union's branch in an issue's location
  std::string_view schema;         ///< JSON text
  std::string_view output_schema;  ///< for responses, if it differs
  bool (*parse)(std::string_view text, void* out, Fault& fault);
  void (*append)(std::string& out, const void* value);  ///< as plain text
  Fault (*wrong_type)();                                ///< for JSON values that are not texts
  /// Reads a JSON number or null, if the type accepts them; null if it accepts neither.
  bool (*from_json)(JsonValue value, void* out, Fault& fault) = nullptr;
  bool is_bare = false;     ///< written to JSON without quotes
  bool has_length = false;  ///< length rules count bytes
  bool is_decimal = false;  ///< supports bounds and rules for digits
};

}  // namespace serval::detail
