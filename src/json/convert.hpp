// SPDX-License-Identifier: MIT
// Converts the tape to the JSON tree that handlers use.
#pragma once

#include <serval/json/json.hpp>

#include "json/tape.hpp"

namespace serval::detail {

/// The tree of `value`. A repeated key keeps its first position and its last value. An integer beyond 64 bits becomes a
/// double; a real beyond the range of double is infinite.
[[nodiscard]] json to_json_value(JsonValue value);

}  // namespace serval::detail
