// SPDX-License-Identifier: MIT
// A JSON value written again as Python writes what it read: the `input` of an error that is answered to a client.
#pragma once

#include <string>

#include "json/tape.hpp"

namespace serval::detail {

/// Appends `value` without white space. A repeated key keeps its first place and its last value, strings are escaped
/// anew, integers stay as they are (`-0` is `0`), reals are written as repr() does. A real beyond the range of double
/// is `null`, as JSON has no infinity.
void append_compact(std::string& out, JsonValue value);

}  // namespace serval::detail
