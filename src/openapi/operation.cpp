// SPDX-License-Identifier: MIT
#include "openapi/operation.hpp"

#include <algorithm>

#include <serval/base/error.hpp>

#include "openapi/deep_merge.hpp"
#include "openapi/names.hpp"

namespace serval::openapi {

namespace {

std::string name_of(const Operation& operation) {
  return operation.name.empty() ? name_of_unnamed(operation.path, operation.method) : operation.name;
}

/// One entry per scheme, with all required scopes.
json security_of(const Operation& operation, Components& components) {
  json security = json::array();
  for (const SecurityRequirement& requirement : operation.security) {
    const json& definition = requirement.definition.value();
    if (!components.security_schemes.contains(requirement.scheme)) {
      components.security_schemes[requirement.scheme] = definition;
    } else if (components.security_schemes[requirement.scheme] != definition) {
      throw SetupError("two security schemes of the application are named '" + requirement.scheme +
                           "'; give one of them another name (scheme_name)",
                       operation.where);
    }
    auto entry = std::find_if(security.begin(), security.end(),
                              [&](const json& each) { return each.contains(requirement.scheme); });
    if (entry == security.end()) {
      security.push_back({{requirement.scheme, json::array()}});
      entry = std::prev(security.end());
    }
    json& scopes = (*entry)[requirement.scheme];
    for (const std::string& scope : requirement.scopes) {
      if (std::find(scopes.begin(), scopes.end(), scope) == scopes.end()) scopes.push_back(scope);
    }
  }
  return security;
}

json callbacks_of(const Operation& operation, Components& components) {
  json callbacks = json::object();
  for (const Operation& callback : operation.callbacks) {
    const std::string id = proposed_operation_id(callback);
    callbacks[name_of(callback)][callback.path][std::string(method_key(callback.method))] =
        operation_object(callback, id, components);
  }
  return callbacks;
}

}  // namespace

void refuse(std::string_view what, const Operation& operation, const std::exception& fault) {
  throw SetupError(std::string(what) + " " + operation.path + ": " + fault.what(), operation.where);
}

std::string proposed_operation_id(const Operation& operation) {
  if (!operation.operation_id.empty()) return operation.operation_id;
  if (operation.name.empty()) return name_of_unnamed(operation.path, operation.method);
  return operation_id_of(operation.name, operation.path, operation.method);
}

json operation_object(const Operation& operation, const std::string& operation_id, Components& components) {
  json object = json::object();
  if (!operation.tags.empty()) object["tags"] = operation.tags;
  object["summary"] = operation.summary.empty() ? detail::title_of(name_of(operation)) : operation.summary;
  if (std::string description = clean_text(operation.description); !description.empty())
    object["description"] = std::move(description);
  object["operationId"] = operation_id;
  if (json parameters = parameters_of(operation, components); !parameters.empty())
    object["parameters"] = std::move(parameters);
  if (json body = request_body_of(operation, operation_id, components); !body.is_null())
    object["requestBody"] = std::move(body);
  object["responses"] = responses_of(operation, operation_id, components);
  if (json callbacks = callbacks_of(operation, components); !callbacks.empty())
    object["callbacks"] = std::move(callbacks);
  if (operation.deprecated) object["deprecated"] = true;
  if (json security = security_of(operation, components); !security.empty()) object["security"] = std::move(security);
  deep_merge(object, operation.extra.value());
  return object;
}

}  // namespace serval::openapi
