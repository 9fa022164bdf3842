// SPDX-License-Identifier: MIT
// Checks at compile time whether rules fit a type, as far as the compiler can tell. The rest is checked at
// registration.
#pragma once

#include <cstdint>

#include <serval/schema/type.hpp>

namespace serval::detail {

enum class RuleFit : std::uint8_t { fits, number_rule, length_rule, pattern_rule };

/// The first kind of rule that values of that type cannot have.
constexpr RuleFit rule_fit(const Type& type, const Rules& rules) {
  if (type.kind == Kind::optional) return rule_fit(*type.element, rules);
  if (type.kind == Kind::custom) return rule_fit(*type.ops.custom->wire, rules);
  if (type.kind == Kind::text) return RuleFit::fits;  // only src/schema knows which rules it can have
  if (type.kind == Kind::integer || type.kind == Kind::number) {
    return rules.bounds_length() ? RuleFit::length_rule : rules.pattern.empty() ? RuleFit::fits : RuleFit::pattern_rule;
  }
  if (rules.bounds_number()) return RuleFit::number_rule;
  if (type.kind == Kind::string) return RuleFit::fits;
  if (!rules.pattern.empty()) return RuleFit::pattern_rule;
  const bool has_items = type.kind == Kind::list || type.kind == Kind::set || type.kind == Kind::map;
  return rules.bounds_length() && !has_items ? RuleFit::length_rule : RuleFit::fits;
}

/// Gives a clear compile error if a rule does not fit the type.
template <RuleFit Fit>
constexpr void require_fitting_rules() {
  static_assert(Fit != RuleFit::number_rule, "serval: gt, ge, lt, le and multiple_of fit numbers only");
  static_assert(Fit != RuleFit::length_rule, "serval: min_length and max_length fit texts, lists, sets and maps only");
  static_assert(Fit != RuleFit::pattern_rule, "serval: pattern fits texts only");
}

}  // namespace serval::detail
