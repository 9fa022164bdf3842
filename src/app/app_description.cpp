// SPDX-License-Identifier: MIT
// The application's own part of its document, and the route that serves it.
#include "app/app_state.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "app/route_operations.hpp"
#include "app/served_route.hpp"

namespace serval::detail {

namespace {

void append(std::vector<openapi::Operation>& all, std::vector<openapi::Operation> more) {
  std::move(more.begin(), more.end(), std::back_inserter(all));
}

/// Lets middleware change the operations of its routes. Lifetime of the result: that of `route`.
std::vector<openapi::Operation> described_by(std::vector<const routing::Middleware*> members, const Route& route,
                                             std::vector<openapi::Operation> operations) {
  std::erase_if(members, [](const auto* member) { return member->ops().describe == nullptr; });
  if (members.empty()) return operations;
  for (openapi::Operation& operation : operations) {
    operation.describe = [members, &route, method = operation.method](json& object) {
      ServedRoute served = served_route(route);
      const std::string label = std::string(to_string(method)) + " " + route.pattern;
      served.label = label;
      served.methods = {method};
      for (const routing::Middleware* member : members) member->ops().describe(member->object(), served, object);
    };
  }
  return operations;
}

}  // namespace

void AppState::serve_document() {
  RouteDeclaration declaration;
  declaration.methods = {http::Method::get, http::Method::head};
  declaration.path = options_.openapi_url;
  declaration.options.include_in_schema = false;
  declaration.handler = make_handler([this](const Request& request) {
    const std::string_view root_path = options_.root_path_in_servers ? request.root_path() : std::string_view();
    return Response(200, document_.text(root_path), "application/json");
  });
  routes_.add(std::move(declaration));
}

openapi::Description AppState::describe(const OutgoingRouter& webhooks) const {
  openapi::Description description{.title = options_.title,
                                   .version = options_.version,
                                   .summary = options_.summary,
                                   .description = options_.description,
                                   .terms_of_service = options_.terms_of_service,
                                   .contact = options_.contact,
                                   .license = options_.license,
                                   .servers = options_.servers,
                                   .tags = options_.openapi_tags,
                                   .external_docs = options_.external_docs,
                                   .operations = {},
                                   .webhooks = {},
                                   .web_sockets = {},
                                   .separate_input_output_schemas = options_.separate_input_output_schemas,
                                   .error_format = options_.error_format};
  for (const auto& route : routes_.routes()) {
    if (route->declaration.is_mount) continue;
    const std::string path = routing::Pattern::parse(route->pattern, route->declaration.where).openapi_path();
    std::vector<const routing::Middleware*> members;
    for (const Chain* chain : {&chain_, static_cast<const Chain*>(&route->chain)}) {
      for (const routing::Middleware& member : chain->members()) members.push_back(&member);
    }
    append(route->declaration.is_web_socket ? description.web_sockets : description.operations,
           described_by(std::move(members), *route,
                        operations_of(route->declaration, path, route->declared_binding(), options_)));
  }
  for (const RouteDeclaration& webhook : webhooks.declarations())
    append(description.webhooks, operations_of(webhook, webhook.path, bind_outgoing(webhook), options_));
  return description;
}

}  // namespace serval::detail
