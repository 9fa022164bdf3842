// SPDX-License-Identifier: MIT
#include "schema/schema_keywords.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <serval/schema/codec.hpp>

#include "base/ascii.hpp"
#include "schema/type_name.hpp"

namespace serval::detail {

namespace {

// Letters of other alphabets are not changed, but continue a word.
bool is_letter(char c) { return is_alpha(c) || !is_ascii(c); }

const Type& without_wrappers(const Type& type) {
  if (type.kind == Kind::optional) return without_wrappers(*type.element);
  if (type.kind == Kind::custom) return without_wrappers(*type.ops.custom->wire);
  return type;
}

bool is_infinite(const RuleValue& value) { return value.kind == ArgValue::real && std::isinf(value.real()); }

json enumerator_of(std::int64_t value, const Type& type) {
  if (type.kind != Kind::enumeration) return value;
  return std::string(name_of(*type.ops.enumeration, type.name, value));
}

void set_length(json& schema, const Rules& rules, const char* least, const char* most) {
  if (rules.min_length != Rules::unbounded) schema[least] = rules.min_length;
  if (rules.max_length != Rules::unbounded) schema[most] = rules.max_length;
}

/// An infinite bound, which every JSON number meets, is left out: JSON cannot express it.
void set_bound(json& schema, const char* keyword, const RuleValue& bound, const Type& type) {
  if (bound && !is_infinite(bound)) schema[keyword] = json_of(bound, type);
}

void set_bounds(json& schema, const Type& type, const Rules& rules) {
  set_bound(schema, "exclusiveMinimum", rules.gt, type);
  set_bound(schema, "minimum", rules.ge, type);
  set_bound(schema, "exclusiveMaximum", rules.lt, type);
  set_bound(schema, "maximum", rules.le, type);
  set_bound(schema, "multipleOf", rules.multiple_of, type);
}

void set_text(json& schema, const char* key, std::string_view text) {
  if (!text.empty()) schema[key] = std::string(text);
}

}  // namespace

std::string title_of(std::string_view name) {
  std::string title;
  bool within_word = false;
  for (char c : name) {
    if (c == '_')
      title += ' ';
    else
      title += within_word ? to_lower(c) : to_upper(c);
    within_word = is_letter(c);
  }
  return title;
}

json json_of(const RuleValue& value, const Type& type) {
  switch (value.kind) {
    case ArgValue::none:
      return nullptr;
    case ArgValue::integer:
      return value.bits;
    case ArgValue::real:
      if (!std::isfinite(value.real())) throw std::invalid_argument("an infinity or NaN cannot be shown in JSON");
      return value.real();
    case ArgValue::boolean:
      return value.bits != 0;
    case ArgValue::enumerator:
      return enumerator_of(value.bits, without_wrappers(type));
    case ArgValue::text:
      return std::string(value.text);
    case ArgValue::json:
      return schema::parse_json(value.text);
  }
  return nullptr;
}

json scalar_schema(Kind kind) {
  const auto text = [](const char* format) { return json{{"type", "string"}, {"format", format}}; };
  switch (kind) {
    case Kind::boolean:
      return {{"type", "boolean"}};
    case Kind::integer:
      return {{"type", "integer"}};
    case Kind::number:
      return {{"type", "number"}};
    case Kind::uuid:
      return text("uuid");
    case Kind::datetime:
      return text("date-time");
    case Kind::date:
      return text("date");
    case Kind::time:
      return text("time");
    case Kind::duration:
      return text("duration");
    case Kind::upload:
      return {{"type", "string"}, {"contentMediaType", "application/octet-stream"}};
    case Kind::string:
    case Kind::enumeration:
    case Kind::literal:
    case Kind::text:
    case Kind::json:
    case Kind::optional:
    case Kind::list:
    case Kind::set:
    case Kind::map:
    case Kind::tuple:
    case Kind::variant:
    case Kind::model:
    case Kind::partial:
    case Kind::custom:
      break;
  }
  return {{"type", "string"}};
}

json enumeration_schema(const Type& type) {
  json names = json::array();
  const EnumerationOps& ops = *type.ops.enumeration;
  for (std::size_t i = 0; i < ops.count; ++i) names.push_back(std::string(ops.enumerators[i].name));
  return {{"type", "string"}, {"enum", std::move(names)}, {"title", shown_name(type.name)}};
}

json literal_schema(const Type& type) {
  const LiteralOps& ops = *type.ops.literal;
  json values = json::array();
  for (std::size_t i = 0; i < ops.count; ++i) values.push_back(json_of(ops.values[i], type));
  json schema = json::object();
  if (std::all_of(values.begin(), values.end(), [](const json& value) { return value.is_string(); }))
    schema["type"] = "string";
  if (std::all_of(values.begin(), values.end(), [](const json& value) { return value.is_number(); }))
    schema["type"] = "integer";
  if (ops.count == 1)
    schema["const"] = values.front();
  else
    schema["enum"] = std::move(values);
  return schema;
}

void constrain(json& schema, const Type& type, const Rules& rules) {
  if (!rules.constrains()) return;
  switch (type.kind) {
    case Kind::integer:
    case Kind::number:
      return set_bounds(schema, type, rules);
    case Kind::text:
      // For a decimal number the bounds belong to the alternative that is a number.
      if (schema.contains("anyOf")) set_bounds(schema["anyOf"].front(), type, rules);
      return set_length(schema, rules, "minLength", "maxLength");
    case Kind::string:
      set_length(schema, rules, "minLength", "maxLength");
      return set_text(schema, "pattern", rules.pattern);
    case Kind::list:
    case Kind::set:
      return set_length(schema, rules, "minItems", "maxItems");
    case Kind::map:
      return set_length(schema, rules, "minProperties", "maxProperties");
    case Kind::boolean:
    case Kind::enumeration:
    case Kind::literal:
    case Kind::uuid:
    case Kind::datetime:
    case Kind::date:
    case Kind::time:
    case Kind::duration:
    case Kind::json:
    case Kind::optional:
    case Kind::tuple:
    case Kind::variant:
    case Kind::model:
    case Kind::partial:
    case Kind::custom:
    case Kind::upload:
      return;
  }
}

/// Whether a value of that type is, or contains, a secret.
bool is_secret(const Type& type) {
  if (type.is_secret) return true;
  const bool is_wrapper = type.kind == Kind::optional || type.kind == Kind::list || type.kind == Kind::set;
  return is_wrapper && is_secret(*type.element);
}

void annotate(json& schema, const Type& type, const Rules& rules) {
  set_text(schema, "title", rules.title);
  set_text(schema, "description", rules.description);
  for (std::size_t i = 0; i < rules.example_count; ++i) schema["examples"].push_back(json_of(rules.examples[i], type));
  if (rules.deprecated) schema["deprecated"] = true;
  if (json value = json_of(rules.default_value, type); !value.is_null()) {
    schema["default"] = is_secret(type) ? json("**********") : std::move(value);
  }
  if (!rules.schema_extra.empty()) schema.update(schema::parse_json(rules.schema_extra));
}

Rules constraints_of(const Rules& rules) {
  Rules all;
  all.gt = rules.gt;
  all.ge = rules.ge;
  all.lt = rules.lt;
  all.le = rules.le;
  all.multiple_of = rules.multiple_of;
  all.min_length = rules.min_length;
  all.max_length = rules.max_length;
  all.pattern = rules.pattern;
  all.discriminator = rules.discriminator;
  return all;
}

}  // namespace serval::detail
