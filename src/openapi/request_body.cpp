// SPDX-License-Identifier: MIT
// The Request Body Object of an operation.
#include <algorithm>

#include "openapi/operation.hpp"

namespace serval::openapi {

namespace {

using detail::BoundParameter;
using detail::Kind;
using detail::Source;

/// A body in a request of any other method has no meaning (RFC 9110 section 9.3).
bool may_have_body(Method method) {
  switch (method) {
    case Method::get:
    case Method::head:
    case Method::post:
    case Method::put:
    case Method::delete_:
    case Method::patch:
      return true;
    default:
      return false;
  }
}

bool is_required(const BoundParameter& body) { return body.default_value == nullptr && !body.type->may_be_absent(); }

/// A whole body has no name of its own: an optional model gives its own, anything else is "Body".
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

json schema_of_parts(const std::vector<const BoundParameter*>& parts, const std::string& operation_id,
                     detail::SchemaBuilder& schemas) {
  const std::string name = "Body_" + operation_id;
  json properties = json::object();
  json required = json::array();
  for (const BoundParameter* part : parts) {
    properties[part->wire] = schemas.titled(*part->type, part->rules, part->wire);
    if (is_required(*part)) required.push_back(part->wire);
  }
  json schema{{"properties", std::move(properties)}, {"type", "object"}};
  if (!required.empty()) schema["required"] = std::move(required);
  schema["title"] = name;
  return schemas.add_component(name, std::move(schema));
}

}  // namespace

json request_body_of(const Operation& operation, const std::string& operation_id, Components& components) {
  std::vector<const BoundParameter*> parts;
  for (const BoundParameter& parameter : operation.parameters) {
    if (parameter.source == Source::body) parts.push_back(&parameter);
  }
  if (parts.empty() || !may_have_body(operation.method)) return nullptr;
  components.schemas.set_mode(detail::SchemaMode::input);
  json content;
  content["schema"] = parts.front()->is_embedded ? schema_of_parts(parts, operation_id, components.schemas)
                                                 : schema_of_whole(*parts.front(), components.schemas);
  const json& examples = operation.examples.value();
  if (const auto found = examples.find("requestBody"); found != examples.end()) content["examples"] = *found;
  json body{{"content", {{"application/json", std::move(content)}}}};
  if (std::any_of(parts.begin(), parts.end(), [](const BoundParameter* part) { return is_required(*part); }))
    body["required"] = true;
  return body;
}

}  // namespace serval::openapi
