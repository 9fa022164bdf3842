// SPDX-License-Identifier: MIT
#include "schema/misplaced_rule.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include <re2/re2.h>

#include "schema/decoder.hpp"
#include "schema/schema_keywords.hpp"
#include "schema/text_ops.hpp"
#include "schema/text_pattern.hpp"
#include "schema/variant_tag.hpp"

namespace serval::detail {

namespace {

std::string find_missing_tag(const Type& type, std::string_view discriminator) {
  if (type.kind != Kind::variant) return "discriminator fits variants only";
  for (std::size_t i = 0; i < type.part_count; ++i) {
    if (find_tag(*type.parts[i], discriminator) == nullptr) {
      return type_label(*type.parts[i]) + " has no Literal member \"" + std::string(discriminator) +
             "\" that tells it from the other alternatives";
    }
  }
  return {};
}

/// Finds a bound that no number meets.
std::string find_bound_without_numbers(const Rules& rules) {
  const auto is = [](const RuleValue& bound, double refused) {
    return bound && bound.kind == ArgValue::real && (std::isnan(bound.real()) || bound.real() == refused);
  };
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (is(rules.gt, infinity) || is(rules.ge, infinity)) return "gt and ge need a bound that is less than infinity";
  if (is(rules.lt, -infinity) || is(rules.le, -infinity))
    return "lt and le need a bound that is greater than -infinity";
  return is(rules.multiple_of, infinity) ? "multiple_of needs a finite factor" : "";
}

/// Finds an example that the document could not show.
std::string find_unwritable_example(const Type& type, const Rules& rules) {
  try {
    for (std::size_t i = 0; i < rules.example_count; ++i) static_cast<void>(json_of(rules.examples[i], type));
    return {};
  } catch (const std::logic_error& fault) {
    return std::string("an example cannot be shown in the document: ") + fault.what();
  }
}

std::string find_own_fault(const Type& type, const Rules& rules) {
  if (type.kind == Kind::optional || type.kind == Kind::custom) {
    const Type& inner = type.kind == Kind::optional ? *type.element : *type.ops.custom->wire;
    return find_own_fault(inner, rules);
  }
  const bool decimal = type.kind == Kind::text && type.ops.text->is_decimal;
  const bool bytes = type.kind == Kind::text && type.ops.text->has_length;
  const bool number = type.kind == Kind::integer || type.kind == Kind::number;
  const bool text = type.kind == Kind::string;
  const bool list = type.kind == Kind::list && !type.ops.sequence->is_fixed();
  const bool items = list || type.kind == Kind::set || type.kind == Kind::map;
  if (rules.has_preparer && !is_scalar(type.kind)) return "prepared_by fits only values that are read from one text";
  if (rules.bounds_number() && !number && !decimal) return "gt, ge, lt, le and multiple_of fit numbers only";
  if (rules.multiple_of && decimal) return "multiple_of does not fit Decimal";
  if (rules.bounds_digits() && !decimal) return "max_digits and decimal_places fit Decimal only";
  if (rules.finite && type.kind != Kind::number) return "finite_number fits floating-point numbers only";
  if ((rules.past || rules.future) && type.kind != Kind::date && type.kind != Kind::datetime)
    return "past and future fit dates and datetimes only";
  if ((rules.aware || rules.naive) && type.kind != Kind::datetime) return "aware and naive fit datetimes only";
  if (rules.multiple_of && !(rules.multiple_of.real() > 0)) return "multiple_of needs a factor above 0";
  if (std::string fault = find_bound_without_numbers(rules); !fault.empty()) return fault;
  if (std::string fault = find_unwritable_example(type, rules); !fault.empty()) return fault;
  if (rules.bounds_length() && !text && !bytes && !items)
    return "min_length and max_length fit texts, lists, sets and maps only";
  if (!rules.pattern.empty()) {
    if (!text) return "pattern fits texts only";
    const re2::RE2& expression = compiled_pattern(rules.pattern);
    if (!expression.ok())
      return "the pattern '" + std::string(rules.pattern) +
             "' is not a valid regular expression: " + expression.error();
  }
  return rules.discriminator.empty() ? std::string() : find_missing_tag(type, rules.discriminator);
}

/// Walks through a type and all its parts, each once, since a model may contain itself.
class Walk {
 public:
  std::string find(const Type& type) {
    if (std::find(seen_.begin(), seen_.end(), &type) != seen_.end()) return {};
    seen_.push_back(&type);
    if (type.rules != nullptr) {
      if (std::string fault = find_own_fault(type, *type.rules); !fault.empty()) return fault;
    }
    for (const Type* part : {type.element, type.key, type.kind == Kind::custom ? type.ops.custom->wire : nullptr}) {
      if (part == nullptr) continue;
      if (std::string fault = find(*part); !fault.empty()) return fault;
    }
    for (std::size_t i = 0; i < type.part_count; ++i) {
      if (std::string fault = find(*type.parts[i]); !fault.empty()) return fault;
    }
    return type.model != nullptr ? find_in(*type.model) : std::string();
  }

 private:
  std::string find_in(const Model& model) {
    for (std::size_t i = 0; i < model.member_count; ++i) {
      std::string fault = find(*model.members[i].type);
      if (fault.empty()) continue;
      if (is_named_) return fault;  // the innermost model has named it
      is_named_ = true;
      return std::string(model.name) + '.' + std::string(model.members[i].name) + ": " + fault;
    }
    return {};
  }

  std::vector<const Type*> seen_;
  bool is_named_ = false;
};

}  // namespace

std::string find_misplaced_rule(const Type& type, const Rules& rules) {
  std::string fault = find_own_fault(type, rules);
  return fault.empty() ? Walk().find(type) : fault;
}

}  // namespace serval::detail
