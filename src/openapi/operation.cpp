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

void declare(const SecurityRequirement& requirement, const Operation& operation, Components& components) {
  const json& definition = requirement.definition.value();
  if (!components.security_schemes.contains(requirement.scheme)) {
    components.security_schemes[requirement.scheme] = definition;
  } else if (components.security_schemes[requirement.scheme] != definition) {
    throw SetupError("two security schemes of the application are named '" + requirement.scheme +
                         "'; give one of them another name (scheme_name)",
                     operation.where);
  }
}

/// Adds scopes to those of an entry's scheme, each once.
template <class Scopes>
void add_scopes(json& entry, const std::string& scheme, const Scopes& scopes) {
  json& all = entry[scheme];
  if (all.is_null()) all = json::array();
  for (const auto& scope : scopes) {
    if (std::find(all.begin(), all.end(), json(scope)) == all.end()) all.push_back(scope);
  }
}

/// The Security Requirement Objects. Entries of the same single scheme become one with all their scopes.
json security_of(const Operation& operation, Components& components) {
  json security = json::array();
  for (const std::vector<SecurityRequirement>& requirements : operation.security) {
    json entry = json::object();
    for (const SecurityRequirement& requirement : requirements) {
      declare(requirement, operation, components);
      add_scopes(entry, requirement.scheme, requirement.scopes);
    }
    const auto same = std::find_if(security.begin(), security.end(), [&](const json& each) {
      return each == entry || (each.size() == 1 && entry.size() == 1 && each.contains(entry.begin().key()));
    });
    if (same == security.end())
      security.push_back(std::move(entry));
    else if (!entry.empty())
      add_scopes(*same, entry.begin().key(), entry.begin().value());
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
  if (operation.describe) operation.describe(object);
  deep_merge(object, operation.extra.value());
  return object;
}

}  // namespace serval::openapi
