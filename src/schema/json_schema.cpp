// SPDX-License-Identifier: MIT
#include "schema/json_schema.hpp"

#include <algorithm>
#include <stdexcept>

#include <serval/schema/json_schema.hpp>

#include "schema/constraints.hpp"
#include "schema/encoder.hpp"
#include "schema/text_ops.hpp"
#include "schema/type_name.hpp"
#include "schema/variant_tag.hpp"
#include "types/unwritable.hpp"

namespace serval::detail {

namespace {

/// Whether a member of that type gets a title: a type with its own title does not.
bool takes_title(const Type& type) {
  if (type.kind == Kind::optional) return takes_title(*type.element);
  if (type.kind == Kind::custom) return !type.ops.custom->schema.empty() || takes_title(*type.ops.custom->wire);
  return type.kind != Kind::model && type.kind != Kind::partial && type.kind != Kind::enumeration;
}

/// The value of a member in a default-constructed object; null if JSON cannot express it.
json default_of(const Model& model, std::size_t member) {
  struct Context {
    const Model& model;
    std::size_t member;
    std::string text;
  } context{.model = model, .member = member, .text = {}};
  try {
    model.with_default(&context, [](void* raw, const void* object) {
      auto& c = *static_cast<Context*>(raw);
      encode(c.text, *c.model.members[c.member].type, c.model.at(object, c.member), {});
    });
    return schema::parse_json(context.text);
  } catch (const Unwritable&) {
    return nullptr;  // e.g. the last time of a type, used for "never"
  } catch (const std::logic_error& fault) {
    throw std::invalid_argument("the default of " + std::string(model.name) + "." +
                                std::string(model.members[member].name) + " cannot be shown: " + fault.what());
  }
}

/// Nested alternatives are merged into one list.
void add_alternative(json& any_of, json schema) {
  if (schema.size() == 1 && schema.contains("anyOf")) {
    for (json& each : schema["anyOf"]) add_alternative(any_of, std::move(each));
  } else if (std::find(any_of.begin(), any_of.end(), schema) == any_of.end()) {
    any_of.push_back(std::move(schema));
  }
}

}  // namespace

json SchemaBuilder::reference_or_inline(const Type& type, const Rules* rules) {
  if (rules != nullptr && type.rules != nullptr && rules != type.rules) {
    const Rules all = merge_rules(*type.rules, *rules);
    Type merged = type;
    merged.rules = &all;
    return reference_or_inline(merged, nullptr);
  }
  if (rules == nullptr) rules = type.rules;
  json schema = inline_schema(type, rules);
  if (rules != nullptr) annotate(schema, type, *rules);
  return schema;
}

json SchemaBuilder::titled(const Type& type, const Rules* rules, std::string_view name) {
  json schema = reference_or_inline(type, rules);
  if (!schema.contains("$ref") && !schema.contains("title")) schema["title"] = title_of(name);
  return schema;
}

json SchemaBuilder::inline_schema(const Type& type, const Rules* rules) {
  json schema;
  switch (type.kind) {
    case Kind::model:
    case Kind::partial:
    case Kind::enumeration:
      return reference_to(type);
    case Kind::optional:
      return optional_schema(type, rules);
    case Kind::variant:
      return variant_schema(type, rules);
    case Kind::custom:
      return custom_schema(type, rules);
    case Kind::json:
      return json::object();
    case Kind::literal:
      return literal_schema(type);
    case Kind::tuple:
      return tuple_schema(type);
    case Kind::list:
    case Kind::set:
      schema = list_schema(type);
      break;
    case Kind::map:
      schema = map_schema(type);
      break;
    case Kind::text:
      schema = text_schema(type);
      break;
    case Kind::boolean:
    case Kind::integer:
    case Kind::number:
    case Kind::string:
    case Kind::uuid:
    case Kind::datetime:
    case Kind::date:
    case Kind::time:
    case Kind::duration:
    case Kind::upload:
      schema = scalar_schema(type.kind);
  }
  if (type.is_secret) schema = {{"type", "string"}, {"format", "password"}, {"writeOnly", true}};
  if (rules != nullptr) constrain(schema, type, *rules);
  return schema;
}

json SchemaBuilder::text_schema(const Type& type) const {
  const TextOps& ops = *type.ops.text;
  return schema::parse_json(mode_ == schema::SchemaMode::output && !ops.output_schema.empty() ? ops.output_schema
                                                                                              : ops.schema);
}

void SchemaBuilder::add_computed(const Model& model, json& properties, json& required) {
  for (std::size_t i = 0; i < model.computed_count; ++i) {
    const ComputedMember& member = model.computed[i];
    json schema = reference_or_inline(*member.type);
    if (takes_title(*member.type) && !schema.contains("title")) schema["title"] = title_of(member.wire);
    schema["readOnly"] = true;
    properties[std::string(member.wire)] = std::move(schema);
    required.push_back(std::string(member.wire));
  }
}

json SchemaBuilder::model_schema(const Type& type) {
  const Model& model = *type.model;
  json properties = json::object();
  json required = json::array();
  for (std::size_t i = 0; i < model.member_count; ++i) {
    const Member& member = model.members[i];
    if (member.type->rules != nullptr && member.type->rules->hidden) continue;
    if (mode_ == schema::SchemaMode::output && member.excluded) continue;
    const std::string name(mode_ == schema::SchemaMode::output ? member.output : member.wire);
    properties[name] = member_schema(type, i);
    if (type.kind == Kind::model && !member.type->may_be_absent()) required.push_back(name);
  }
  if (mode_ == schema::SchemaMode::output && type.kind == Kind::model) add_computed(model, properties, required);
  json schema{{"properties", std::move(properties)}, {"type", "object"}};
  if (!required.empty()) schema["required"] = std::move(required);
  const bool own_title = type.kind == Kind::model && !model.config.title.empty();
  schema["title"] = own_title ? std::string(model.config.title) : shown_name(type.name);
  if (!model.config.description.empty()) schema["description"] = std::string(model.config.description);
  if (model.config.extra == schema::Extra::forbid) schema["additionalProperties"] = false;
  if (!model.config.examples.empty()) schema["examples"] = schema::parse_json(model.config.examples);
  if (!model.config.json_schema_extra.empty()) schema.update(schema::parse_json(model.config.json_schema_extra));
  return schema;
}

json SchemaBuilder::member_schema(const Type& model, std::size_t member) {
  const Member& described = model.model->members[member];
  json schema = reference_or_inline(*described.type);
  if (takes_title(*described.type) && !schema.contains("title"))
    schema["title"] = title_of(mode_ == schema::SchemaMode::output ? described.output : described.wire);
  if (model.kind == Kind::model && described.type->may_be_absent() && !described.type->has_default_factory()) {
    if (json value = default_of(*model.model, member); !value.is_null()) schema["default"] = std::move(value);
  }
  return schema;
}

json SchemaBuilder::optional_schema(const Type& type, const Rules* rules) {
  json any_of = json::array();
  if (rules != nullptr) {
    const Rules inner = constraints_of(*rules);
    add_alternative(any_of, reference_or_inline(*type.element, &inner));
  } else {
    add_alternative(any_of, reference_or_inline(*type.element));
  }
  add_alternative(any_of, {{"type", "null"}});
  return {{"anyOf", std::move(any_of)}};
}

json SchemaBuilder::variant_schema(const Type& type, const Rules* rules) {
  if (const std::string_view tag = discriminator_of(type, rules); !tag.empty()) return tagged_schema(type, tag);
  json any_of = json::array();
  for (std::size_t i = 0; i < type.part_count; ++i) add_alternative(any_of, reference_or_inline(*type.parts[i]));
  return {{"anyOf", std::move(any_of)}};
}

json SchemaBuilder::tagged_schema(const Type& type, std::string_view discriminator) {
  json one_of = json::array();
  json mapping = json::object();
  for (std::size_t i = 0; i < type.part_count; ++i) {
    json schema = reference_or_inline(*type.parts[i]);
    const Type* tag = find_tag(*type.parts[i], discriminator);
    for (std::size_t v = 0; tag != nullptr && v < tag->ops.literal->count; ++v) {
      const json value = json_of(tag->ops.literal->values[v], *tag);
      mapping[value.is_string() ? value.get<std::string>() : schema::to_text(value)] = schema["$ref"];
    }
    one_of.push_back(std::move(schema));
  }
  return {{"oneOf", std::move(one_of)},
          {"discriminator", {{"propertyName", std::string(discriminator)}, {"mapping", std::move(mapping)}}}};
}

json SchemaBuilder::list_schema(const Type& type) {
  json schema{{"type", "array"}, {"items", reference_or_inline(*type.element)}};
  if (type.kind == Kind::set) schema["uniqueItems"] = true;
  if (type.ops.sequence->is_fixed()) {
    schema["minItems"] = type.ops.sequence->fixed_size;
    schema["maxItems"] = type.ops.sequence->fixed_size;
  }
  return schema;
}

json SchemaBuilder::tuple_schema(const Type& type) {
  json schema{{"type", "array"}};
  // JSON Schema requires at least one item in `prefixItems`.
  for (std::size_t i = 0; i < type.part_count; ++i)
    schema["prefixItems"].push_back(reference_or_inline(*type.parts[i]));
  schema["minItems"] = type.part_count;
  schema["maxItems"] = type.part_count;
  return schema;
}

json SchemaBuilder::map_schema(const Type& type) {
  json schema{{"type", "object"}};
  json values = reference_or_inline(*type.element);
  schema["additionalProperties"] = values.empty() ? json(true) : std::move(values);
  // Every key is a text, which the schema need not state; other properties of the keys are written.
  json keys = reference_or_inline(*type.key);
  if (keys.contains("$ref") || (keys.value("type", "") == "string" && keys.size() > 1)) {
    keys.erase("type");
    schema["propertyNames"] = std::move(keys);
  }
  return schema;
}

json SchemaBuilder::custom_schema(const Type& type, const Rules* rules) {
  const CustomOps& ops = *type.ops.custom;
  const bool answers = mode_ == schema::SchemaMode::output && !ops.output_schema.empty();
  if (const std::string_view text = answers ? ops.output_schema : ops.schema; !text.empty()) {
    json schema = schema::parse_json(text);
    if (rules != nullptr) constrain(schema, *ops.wire, *rules);
    return schema;
  }
  if (rules == nullptr) return reference_or_inline(*ops.wire);
  const Rules inner = constraints_of(*rules);
  return reference_or_inline(*ops.wire, &inner);
}

}  // namespace serval::detail
