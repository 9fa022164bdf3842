// SPDX-License-Identifier: MIT
// The application's own part of its document, and the route that serves it.
#include "app/app_state.hpp"

#include <algorithm>
#include <iterator>

#include "app/route_operations.hpp"

namespace serval::detail {

namespace {

void append(std::vector<openapi::Operation>& all, std::vector<openapi::Operation> more) {
  std::move(more.begin(), more.end(), std::back_inserter(all));
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
    append(route->declaration.is_web_socket ? description.web_sockets : description.operations,
           operations_of(route->declaration, path, route->declared_binding(), options_));
  }
  for (const RouteDeclaration& webhook : webhooks.declarations())
    append(description.webhooks, operations_of(webhook, webhook.path, bind_outgoing(webhook), options_));
  return description;
}

}  // namespace serval::detail
