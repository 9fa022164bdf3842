// SPDX-License-Identifier: MIT
// How what is written by hand joins what was generated.
#pragma once

#include <serval/json/json.hpp>

namespace serval::openapi {

/// Puts `update` into `target`: members of objects one by one, arrays behind one another, anything else in place of
/// what was there. REQUIRES: `target` is an object.
void deep_merge(json& target, const json& update);

}  // namespace serval::openapi
