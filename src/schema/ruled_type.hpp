// SPDX-License-Identifier: MIT
// A type with other rules than its own: with those of the type around it, or without their functions.
#pragma once

#include <serval/schema/type.hpp>

#include "schema/constraints.hpp"

namespace serval::detail {

/// A type whose rules are overridden by those of a parameter, an optional or a custom type.
struct RuledType {
  Rules rules;
  Type type;

  RuledType(const Type& declared, const Rules& outer)
      : rules(declared.rules != nullptr ? merge_rules(*declared.rules, outer) : outer), type(declared) {
    type.rules = &rules;
  }
  RuledType(const RuledType&) = delete;
  RuledType& operator=(const RuledType&) = delete;
};

/// A type with all of these rules except their functions.
struct PlainType {
  Rules rules;
  Type type;

  PlainType(const Type& declared, const Rules& all) : rules(all), type(declared) {
    rules.has_preparer = false;
    rules.validator_count = 0;
    type.rules = &rules;
  }
  PlainType(const PlainType&) = delete;
  PlainType& operator=(const PlainType&) = delete;
};

/// Whether the rules' functions must be called on values of the type: the rules of an optional apply to its value.
[[nodiscard]] inline bool calls_functions(const Type& type, const Rules* rules) noexcept {
  return rules != nullptr && rules->calls() && type.kind != Kind::optional;
}

}  // namespace serval::detail
