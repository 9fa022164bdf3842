// SPDX-License-Identifier: MIT
#include "app/served_route.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <serval/json/json.hpp>
#include <serval/openapi/security.hpp>

#include "base/ascii.hpp"

namespace serval::detail {

namespace {

std::vector<std::string> sorted(std::vector<std::string> names) {
  for (std::string& name : names) name = lowered(name);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

/// Empty for a scheme whose credential is in no field.
std::string field_of(const json& scheme) {
  if (scheme.value("type", "") != "apiKey") return scheme.value("type", "") == "mutualTLS" ? "" : "authorization";
  const std::string place = scheme.value("in", "");
  if (place == "cookie") return "cookie";
  return place == "header" ? scheme.value("name", "") : "";
}

/// The fields of `Header` and `Cookie` parameters, also of dependencies.
std::vector<std::string> parameter_fields(const Binding& binding) {
  std::vector<std::string> names;
  for (const BoundParameter* parameter : binding.all_parameters()) {
    if (parameter->source == Source::cookie) names.emplace_back("cookie");
    if (parameter->source != Source::header) continue;
    if (parameter->is_group)
      names.insert(names.end(), parameter->group_wires.begin(), parameter->group_wires.end());
    else
      names.push_back(parameter->wire);
  }
  return sorted(std::move(names));
}

/// The fields in which security schemes expect credentials (OpenAPI 3.1.0 section 4.8.27).
std::vector<std::string> credential_fields(const Binding& binding) {
  std::vector<openapi::SecurityRequirement> requirements;
  for (const std::vector<GuardUse>& guards : binding.guards()) {
    for (const GuardUse& guard : guards) guard.add_security(requirements, guard.scopes);
  }
  std::vector<std::string> names;
  for (const openapi::SecurityRequirement& requirement : requirements) {
    std::string name = field_of(requirement.definition.value());
    if (!name.empty()) names.push_back(std::move(name));
  }
  return sorted(std::move(names));
}

}  // namespace

ServedRoute served_route(const Route& route) {
  return {.label = route.label,
          .pattern = route.pattern,
          .methods = route.declaration.methods,
          .is_web_socket = route.declaration.is_web_socket,
          .is_secured = !route.declared_binding().guards().empty(),
          .fields = parameter_fields(route.declared_binding()),
          .credential_fields = credential_fields(route.declared_binding()),
          .where = route.declaration.where};
}

}  // namespace serval::detail
