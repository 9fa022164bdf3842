// SPDX-License-Identifier: MIT
// The Request Body Object of an operation.
#include <algorithm>

#include "openapi/operation.hpp"
#include "schema/type_parts.hpp"

namespace serval::openapi {

namespace {

using detail::BoundParameter;
using detail::Kind;
using detail::Source;

/// A body in a request with any other method has no meaning (RFC 9110 section 9.3).
bool may_have_body(http::Method method) {
  using http::Method;
  constexpr http::MethodSet methods{Method::get, Method::head,    Method::post,
                                    Method::put, Method::delete_, Method::patch};
  return methods.contains(method);
}

bool is_required(const BoundParameter& part) {
  if (!part.is_group) return !part.may_be_absent();
  const detail::Model& model = *part.type->model;
  return std::any_of(model.members, model.members + model.member_count,
                     [](const detail::Member& member) { return !member.type->may_be_absent(); });
}

bool has_file(const BoundParameter& part) {
  if (part.source == Source::file) return true;
  if (!part.is_group) return false;
  const detail::Model& model = *part.type->model;
  return std::any_of(model.members, model.members + model.member_count,
                     [](const detail::Member& member) { return detail::leaf_of(*member.type).kind == Kind::upload; });
}

std::string media_type_of(const std::vector<const BoundParameter*>& parts) {
  if (parts.front()->source == Source::body) return "application/json";
  const bool any_file = std::any_of(parts.begin(), parts.end(), [](const auto* part) { return has_file(*part); });
  return any_file ? "multipart/form-data" : "application/x-www-form-urlencoded";
}

/// The bytes of a file are not a text.
void mark_bytes(json& schema) {
  if (schema.contains("type") && schema["type"] == "string") schema["contentMediaType"] = "application/octet-stream";
  if (schema.contains("items")) mark_bytes(schema["items"]);
  if (schema.contains("anyOf")) {
    for (json& each : schema["anyOf"]) mark_bytes(each);
  }
}

/// A whole body has no name: for an optional model it is the model's, otherwise "Body".
std::string_view name_of_whole(const detail::Type& type) {
  const bool is_optional_model = type.kind == Kind::optional && type.element->kind == Kind::model;
  return is_optional_model ? type.element->name : std::string_view("Body");
}

json schema_of_whole(const BoundParameter& body, detail::SchemaBuilder& schemas) {
  json schema = schemas.reference_or_inline(*body.type, body.rules);
  if (!schema.empty() && !schema.contains("$ref") && !schema.contains("title"))
    schema["title"] = std::string(name_of_whole(*body.type));
  return schema;
}

/// Adds the fields of a struct that is combined with others.
void add_members(const BoundParameter& group, detail::SchemaBuilder& schemas, json& properties, json& required) {
  const detail::Model& model = *group.type->model;
  for (std::size_t i = 0; i < model.member_count; ++i) {
    const std::string& wire = group.group_wires[i];
    properties[wire] = schemas.member_schema(*group.type, i);
    if (!model.members[i].type->may_be_absent()) required.push_back(wire);
  }
}

json schema_of_parts(const std::vector<const BoundParameter*>& parts, const std::string& operation_id,
                     detail::SchemaBuilder& schemas) {
  const std::string name = "Body_" + operation_id;
  json properties = json::object();
  json required = json::array();
  for (const BoundParameter* part : parts) {
    if (part->is_group) {
      add_members(*part, schemas, properties, required);
      continue;
    }
    json schema = schemas.titled(*part->type, part->rules, part->wire);
    if (part->source == Source::file) mark_bytes(schema);
    properties[part->wire] = std::move(schema);
    if (is_required(*part)) required.push_back(part->wire);
  }
  json schema{{"properties", std::move(properties)}, {"type", "object"}};
  if (!required.empty()) schema["required"] = std::move(required);
  schema["title"] = name;
  return schemas.add_component(name, std::move(schema));
}

/// Bytes of any type, unless the hand-written part declares one.
json body_of_stream(const Operation& operation) {
  const json& extra = operation.extra.value();
  const auto by_hand = extra.find("requestBody");
  if (by_hand != extra.end() && by_hand->is_object() && by_hand->contains("content")) return {{"required", true}};
  json content;
  content["application/octet-stream"]["schema"] = {{"type", "string"}, {"format", "binary"}};
  return {{"content", std::move(content)}, {"required", true}};
}

}  // namespace

json request_body_of(const Operation& operation, const std::string& operation_id, Components& components) {
  if (operation.streams_body && may_have_body(operation.method)) return body_of_stream(operation);
  std::vector<const BoundParameter*> parts;
  for (const BoundParameter& parameter : operation.parameters) {
    if (parameter.source >= Source::body) parts.push_back(&parameter);
  }
  if (parts.empty() || !may_have_body(operation.method)) return nullptr;
  components.schemas.set_mode(detail::SchemaMode::input);
  json content;
  const BoundParameter& first = *parts.front();
  const bool is_whole = parts.size() == 1 && (first.source == Source::body ? !first.is_embedded : first.is_group);
  content["schema"] =
      is_whole ? schema_of_whole(first, components.schemas) : schema_of_parts(parts, operation_id, components.schemas);
  const json& examples = operation.examples.value();
  if (const auto found = examples.find("requestBody"); found != examples.end()) content["examples"] = *found;
  json body{{"content", {{media_type_of(parts), std::move(content)}}}};
  if (std::any_of(parts.begin(), parts.end(), [](const BoundParameter* part) { return is_required(*part); }))
    body["required"] = true;
  return body;
}

}  // namespace serval::openapi
