// SPDX-License-Identifier: MIT
// The members of a JSON object as a Python dict holds them: a key that comes again keeps its first place and takes the
// last value.
#pragma once

#include <vector>

#include "json/tape.hpp"

namespace serval::detail {

struct JsonMember {
  JsonValue key;
  JsonValue value;
};

/// Appends the members of `object`, each key once. n log n in their number, whatever the keys are.
/// REQUIRES: object.is_object().
void append_members(std::vector<JsonMember>& out, JsonValue object);

}  // namespace serval::detail
