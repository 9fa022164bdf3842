// SPDX-License-Identifier: MIT
#include "openapi/web_sockets.hpp"

#include <exception>
#include <utility>

#include "openapi/deep_merge.hpp"
#include "openapi/names.hpp"

namespace serval::openapi {

namespace {

json web_socket_object(const Operation& route, Components& components) {
  json object = json::object();
  if (!route.tags.empty()) object["tags"] = route.tags;
  if (!route.summary.empty())
    object["summary"] = route.summary;
  else if (!route.name.empty())
    object["summary"] = detail::title_of(route.name);
  if (std::string description = clean_text(route.description); !description.empty())
    object["description"] = std::move(description);
  if (json parameters = parameters_of(route, components); !parameters.empty())
    object["parameters"] = std::move(parameters);
  const detail::ResponseSpec& messages = route.responses.front();
  if (messages.received != nullptr) {
    components.schemas.set_mode(detail::SchemaMode::input);
    object["receives"] = components.schemas.reference_or_inline(*messages.received);
  }
  if (messages.type != nullptr) {
    components.schemas.set_mode(detail::SchemaMode::output);
    object["sends"] = components.schemas.reference_or_inline(*messages.type);
  }
  if (route.deprecated) object["deprecated"] = true;
  deep_merge(object, route.extra.value());
  return object;
}

}  // namespace

json web_sockets_of(const std::vector<Operation>& routes, Components& components) {
  json all = json::object();
  for (const Operation& route : routes) {
    json& place = all[route.path];
    if (!place.is_null()) continue;
    try {
      place = web_socket_object(route, components);
    } catch (const std::exception& fault) {
      refuse("websocket", route, fault);
    }
  }
  return all;
}

}  // namespace serval::openapi
