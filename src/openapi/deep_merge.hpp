// SPDX-License-Identifier: MIT
// Merges hand-written parts into the generated document.
#pragma once

#include <serval/json/json.hpp>

namespace serval::openapi {

/// Merges `update` into `target`: members of objects one by one; arrays are appended; anything else replaces the old
/// value. REQUIRES: `target` is an object.
void deep_merge(json& target, const json& update);

}  // namespace serval::openapi
