// SPDX-License-Identifier: MIT
// The members of a JSON object as in a Python dict: a repeated key keeps its first position and has the last value.
#pragma once

#include <vector>

#include "json/tape.hpp"

namespace serval::detail {

struct JsonMember {
  JsonValue key;
  JsonValue value;
};

/// Appends the members of `object`, each key once. Takes n log n in their number for any keys.
/// REQUIRES: object.is_object().
void append_members(std::vector<JsonMember>& out, JsonValue object);

}  // namespace serval::detail
