// SPDX-License-Identifier: MIT
// Writes a JSON value as Python would write it after reading: the `input` of an error in a response.
#pragma once

#include <string>

#include "json/tape.hpp"

namespace serval::detail {

/// Appends `value` without white space. A repeated key keeps its first position and its last value, strings are escaped
/// again, integers are unchanged (`-0` becomes `0`), reals are written as by repr(). A real beyond the range of double
/// is `null`, as JSON has no infinity.
void append_compact(std::string& out, JsonValue value);

}  // namespace serval::detail
