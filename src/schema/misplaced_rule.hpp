// SPDX-License-Identifier: MIT
// Finds rules that do not fit their type; called once, when a route is registered.
#pragma once

#include <string>

#include <serval/schema/type.hpp>

namespace serval::detail {

/// Whether rules fit their types and patterns compile: `rules` for `type`, and those of every member of every model in
/// it, at any depth. Returns the error, or an empty text: "gt, ge, lt, le and multiple_of fit numbers only", for a
/// member "Item.price: pattern fits texts only".
[[nodiscard]] std::string find_misplaced_rule(const Type& type, const Rules& rules);

}  // namespace serval::detail
