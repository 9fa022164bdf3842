// SPDX-License-Identifier: MIT
#include "schema/constraints.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <re2/re2.h>

#include <serval/base/json_escape.hpp>
#include <serval/types/decimal.hpp>

#include "json/writer.hpp"
#include "schema/decimal_rules.hpp"
#include "schema/encoder.hpp"
#include "schema/moment_rules.hpp"
#include "schema/text_ops.hpp"
#include "schema/text_pattern.hpp"
#include "types/scalar_float.hpp"
#include "types/scalar_text.hpp"

namespace serval::detail {

namespace {

// A value for comparison with bounds: 64-bit integers exactly, all others as double.
struct Operand {
  bool is_integer = false;
  bool is_float = false;
  bool is_huge = false;  // the value is unsigned and beyond the range of int64
  std::int64_t integer = 0;
  double real = 0;
  const Decimal* decimal = nullptr;
};

Decimal decimal_of(const RuleValue& bound) {
  if (!bound.is_real()) return bound.bits;
  std::string text;
  static_cast<void>(append_double(text, bound.real(), FloatStyle::python));
  return Decimal(text);
}

Operand operand_of(const Type& type, const void* value) {
  Operand operand;
  if (type.kind == Kind::text) {
    operand.decimal = static_cast<const Decimal*>(value);
  } else if (type.kind == Kind::integer) {
    operand.is_integer = true;
    operand.integer = load_integer(type, value);
    operand.is_huge = !type.is_signed && type.bytes == 8 && operand.integer < 0;
    operand.real = operand.is_huge ? static_cast<double>(static_cast<std::uint64_t>(operand.integer))
                                   : static_cast<double>(operand.integer);
  } else if (type.bytes == 4) {
    operand.is_float = true;
    operand.real = static_cast<double>(*static_cast<const float*>(value));
  } else {
    operand.real = *static_cast<const double*>(value);
  }
  return operand;
}

// A bound as the member's type holds it: 0.1 as a float is not below 0.1.
double limit_for(const Operand& operand, const RuleValue& bound) {
  return operand.is_float ? static_cast<double>(static_cast<float>(bound.real())) : bound.real();
}

// -1, 0, 1, or 2 for NaN, which satisfies no bound.
int compare(const Operand& operand, const RuleValue& bound) {
  if (operand.decimal != nullptr) {
    const auto order = *operand.decimal <=> decimal_of(bound);
    return order < 0 ? -1 : order > 0 ? 1 : 0;
  }
  if (operand.is_integer && !bound.is_real()) {
    if (operand.is_huge) return 1;
    return operand.integer < bound.bits ? -1 : operand.integer > bound.bits ? 1 : 0;
  }
  const double limit = limit_for(operand, bound);
  if (std::isnan(operand.real)) return 2;
  return operand.real < limit ? -1 : operand.real > limit ? 1 : 0;
}

bool is_multiple(const Operand& operand, const RuleValue& factor) {
  if (operand.is_integer && !factor.is_real()) {
    if (operand.is_huge)
      return static_cast<std::uint64_t>(operand.integer) % static_cast<std::uint64_t>(factor.bits) == 0;
    return operand.integer % factor.bits == 0;
  }
  // As in Pydantic: a remainder within a rounding error of the factor counts as 0.
  const double step = limit_for(operand, factor);
  const double remainder = std::fmod(operand.real, step);
  const double tolerance = std::abs(operand.real) / (operand.is_float ? 1e6 : 1e9);
  return !(std::abs(remainder) > tolerance && std::abs(std::abs(remainder) - std::abs(step)) > tolerance);
}

Fault fault_bound(const Type& type, std::string_view type_name, std::string_view phrase, std::string_view key,
                  const RuleValue& bound) {
  std::string msg = "Input should be ";
  msg += phrase;
  if (bound.is_real())
    append_bound(msg, bound.real());
  else
    append_int(msg, bound.bits);
  std::string ctx = "{\"";
  ctx += key;
  ctx += "\":";
  if (type.kind == Kind::number || bound.is_real()) {
    if (!append_double(ctx, bound.real(), FloatStyle::python)) ctx += "null";
  } else {
    append_int(ctx, bound.bits);
  }
  ctx += '}';
  return {.type = type_name, .msg = std::move(msg), .ctx = std::move(ctx)};
}

bool check_number(const Type& type, const Rules& rules, const void* value, Fault& fault) {
  const Operand operand = operand_of(type, value);
  if (rules.multiple_of && !is_multiple(operand, rules.multiple_of)) {
    return refuse(fault, fault_bound(type, "multiple_of", "a multiple of ", "multiple_of", rules.multiple_of));
  }
  if (rules.le && compare(operand, rules.le) > 0) {
    return refuse(fault, fault_bound(type, "less_than_equal", "less than or equal to ", "le", rules.le));
  }
  if (rules.lt && compare(operand, rules.lt) >= 0) {
    return refuse(fault, fault_bound(type, "less_than", "less than ", "lt", rules.lt));
  }
  if (rules.ge && (compare(operand, rules.ge) < 0 || compare(operand, rules.ge) == 2)) {
    return refuse(fault, fault_bound(type, "greater_than_equal", "greater than or equal to ", "ge", rules.ge));
  }
  if (rules.gt && (compare(operand, rules.gt) <= 0 || compare(operand, rules.gt) == 2)) {
    return refuse(fault, fault_bound(type, "greater_than", "greater than ", "gt", rules.gt));
  }
  return true;
}

std::string count_phrase(std::int64_t count, std::string_view noun) {
  std::string out;
  append_int(out, count);
  out += ' ';
  out += noun;
  if (count != 1) out += 's';
  return out;
}

bool check_finite(const Type& type, const Rules& rules, const void* value, Fault& fault) {
  if (!rules.finite || type.kind != Kind::number || std::isfinite(operand_of(type, value).real)) return true;
  return refuse(fault, fault_finite_number());
}

Fault fault_length(std::string_view type_name, std::string_view phrase, std::string_view key, std::int64_t bound) {
  std::string ctx = "{\"";
  ctx += key;
  ctx += "\":";
  append_int(ctx, bound);
  ctx += '}';
  return {.type = type_name,
          .msg = "String should have " + std::string(phrase) + count_phrase(bound, "character"),
          .ctx = std::move(ctx)};
}

bool check_string(const Rules& rules, std::string_view text, Fault& fault) {
  if (rules.bounds_length()) {
    const auto length = static_cast<std::int64_t>(count_code_points(text));
    if (rules.min_length != Rules::unbounded && length < rules.min_length) {
      return refuse(fault, fault_length("string_too_short", "at least ", "min_length", rules.min_length));
    }
    if (rules.max_length != Rules::unbounded && length > rules.max_length) {
      return refuse(fault, fault_length("string_too_long", "at most ", "max_length", rules.max_length));
    }
  }
  if (rules.pattern.empty() ||
      re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), compiled_pattern(rules.pattern))) {
    return true;
  }
  std::string ctx = "{\"pattern\":";
  append_json_string(ctx, rules.pattern);
  ctx += '}';
  return refuse(fault, {.type = "string_pattern_mismatch",
                        .msg = "String should match pattern '" + std::string(rules.pattern) + "'",
                        .ctx = std::move(ctx)});
}

bool check_bytes(const Rules& rules, std::size_t count, Fault& fault) {
  const auto length = static_cast<std::int64_t>(count);
  const auto refusal = [&](const char* type, const char* phrase, const char* key, std::int64_t bound) {
    std::string ctx = std::string("{\"") + key + "\":";
    append_int(ctx, bound);
    return Fault{
        .type = type, .msg = std::string("Data should have ") + phrase + count_phrase(bound, "byte"), .ctx = ctx + '}'};
  };
  if (rules.min_length != Rules::unbounded && length < rules.min_length)
    return refuse(fault, refusal("bytes_too_short", "at least ", "min_length", rules.min_length));
  if (rules.max_length != Rules::unbounded && length > rules.max_length)
    return refuse(fault, refusal("bytes_too_long", "at most ", "max_length", rules.max_length));
  return true;
}

std::string_view collection_name(const Type& type) {
  if (type.kind == Kind::set) return "Set";
  if (type.kind == Kind::map) return "Dictionary";
  return type.kind == Kind::tuple ? "Tuple" : "List";
}

Fault fault_items(std::string_view type_name, std::string_view field_type, std::string_view phrase,
                  std::string_view key, std::size_t bound, std::string_view actual_text, std::string_view actual_json) {
  std::string msg(field_type);
  msg += " should have ";
  msg += phrase;
  msg += count_phrase(static_cast<std::int64_t>(bound), "item");
  msg += " after validation, not ";
  msg += actual_text;
  std::string ctx = "{\"field_type\":\"";
  ctx += field_type;
  ctx += "\",\"";
  ctx += key;
  ctx += "\":";
  append_uint(ctx, bound);
  ctx += ",\"actual_length\":";
  ctx += actual_json;
  ctx += '}';
  return {.type = type_name, .msg = std::move(msg), .ctx = std::move(ctx)};
}

}  // namespace

bool check_scalar(const Type& type, const Rules& rules, const void* value, Fault& fault) {
  if (!rules.constrains()) return true;
  if (type.kind == Kind::string) return check_string(rules, *static_cast<const std::string*>(value), fault);
  if (type.kind == Kind::integer || type.kind == Kind::number)
    return check_finite(type, rules, value, fault) && check_number(type, rules, value, fault);
  if (type.kind == Kind::text && type.ops.text->is_decimal)
    return check_digits(rules, *static_cast<const Decimal*>(value), fault) && check_number(type, rules, value, fault);
  // The only classes with length rules are texts.
  if (type.kind == Kind::text && type.ops.text->has_length)
    return check_bytes(rules, static_cast<const std::string*>(value)->size(), fault);
  return check_moment(type, rules, value, fault);
}

Fault fault_too_short(std::string_view field_type, std::size_t min, std::size_t actual) {
  const std::string count = std::to_string(actual);
  return fault_items("too_short", field_type, "at least ", "min_length", min, count, count);
}

Fault fault_too_long(std::string_view field_type, std::size_t max, std::size_t actual) {
  const std::string count = std::to_string(actual);
  return fault_items("too_long", field_type, "at most ", "max_length", max, count, count);
}

bool check_max_items(const Type& type, const Rules& rules, std::size_t count, Fault& fault) {
  if (rules.max_length == Rules::unbounded || count <= static_cast<std::size_t>(rules.max_length)) return true;
  const auto max = static_cast<std::size_t>(rules.max_length);
  // Reading a set stops at the first excess item, so the total number is not known.
  if (type.kind == Kind::set)
    return refuse(fault, fault_items("too_long", "Set", "at most ", "max_length", max, "more", "null"));
  return refuse(fault, fault_too_long(collection_name(type), max, count));
}

bool check_min_items(const Type& type, const Rules& rules, std::size_t count, Fault& fault) {
  if (rules.min_length == Rules::unbounded || count >= static_cast<std::size_t>(rules.min_length)) return true;
  return refuse(fault, fault_too_short(collection_name(type), static_cast<std::size_t>(rules.min_length), count));
}

Rules merge_rules(const Rules& field, const Rules& parameter) {
  Rules all = field;
  for (const auto member : {&Rules::gt, &Rules::ge, &Rules::lt, &Rules::le, &Rules::multiple_of, &Rules::default_value})
    if (parameter.*member) all.*member = parameter.*member;
  for (const auto member : {&Rules::min_length, &Rules::max_length, &Rules::max_digits, &Rules::decimal_places})
    if (parameter.*member != Rules::unbounded) all.*member = parameter.*member;
  for (const auto member : {&Rules::name, &Rules::pattern, &Rules::alias, &Rules::title, &Rules::description,
                            &Rules::discriminator, &Rules::serialization_alias, &Rules::schema_extra})
    if (!(parameter.*member).empty()) all.*member = parameter.*member;
  for (const auto member :
       {&Rules::deprecated, &Rules::hidden, &Rules::strict, &Rules::keep_underscores, &Rules::exclude, &Rules::past,
        &Rules::future, &Rules::aware, &Rules::naive, &Rules::finite})
    all.*member = field.*member || parameter.*member;
  if (parameter.example_count > 0) {
    std::copy_n(parameter.examples, Rules::max_examples, all.examples);
    all.example_count = parameter.example_count;
  }
  if (parameter.has_preparer) {
    all.preparer = parameter.preparer;
    all.has_preparer = true;
  }
  if (parameter.has_default_factory) {
    all.default_factory = parameter.default_factory;
    all.has_default_factory = true;
  }
  for (std::size_t i = 0; i < parameter.validator_count; ++i)
    all.validators[all.validator_count++] = parameter.validators[i];
  return all;
}

}  // namespace serval::detail
