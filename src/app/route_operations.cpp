// SPDX-License-Identifier: MIT
#include "app/route_operations.hpp"

#include <algorithm>

#include <serval/base/error.hpp>
#include <serval/http/status.hpp>
#include <serval/routing/pattern.hpp>

#include "base/ascii.hpp"

namespace serval::detail {

namespace {

constexpr http::Method documented_methods[] = {http::Method::get,     http::Method::head,    http::Method::post,
                                               http::Method::put,     http::Method::delete_, http::Method::patch,
                                               http::Method::options, http::Method::trace};

/// All parameters of a handler, including those of its dependencies. A body that several of them take is listed once.
std::vector<BoundParameter> parameters_of(const Binding& binding) {
  std::vector<BoundParameter> parameters;
  for (const BoundParameter* parameter : binding.all_parameters()) {
    const bool is_repeated = parameter->source >= Source::body &&
                             std::any_of(parameters.begin(), parameters.end(), [&](const BoundParameter& other) {
                               return other.source == parameter->source && other.wire == parameter->wire &&
                                      (!other.is_group || other.type == parameter->type);
                             });
    if (!is_repeated) parameters.push_back(*parameter);
  }
  return parameters;
}

std::string operation_label(const RouteDeclaration& declaration) {
  return declaration.methods.to_string() + " " + declaration.path;
}

/// The plain parameters of a path: "/a/{id}" has "id", "{$request.body#/id}" has none.
std::vector<std::string_view> plain_names(std::string_view path) {
  std::vector<std::string_view> names;
  for (std::size_t begin = path.find('{'); begin != std::string_view::npos; begin = path.find('{', begin + 1)) {
    const std::string_view name = path.substr(begin + 1, path.find('}', begin) - begin - 1);
    if (!name.starts_with('$')) names.push_back(name);
  }
  return names;
}

std::string generated_id(const openapi::Operation& operation, const AppOptions& options) {
  if (!options.generate_unique_id) return {};
  return options.generate_unique_id(
      {.name = operation.name, .path = operation.path, .method = to_string(operation.method), .tags = operation.tags});
}

std::vector<openapi::Operation> callbacks_of(const RouteDeclaration& declaration, const AppOptions& options) {
  std::vector<openapi::Operation> callbacks;
  const OutgoingRouter* router = declaration.options.callbacks.router();
  if (router == nullptr) return callbacks;
  for (const RouteDeclaration& each : router->declarations()) {
    std::vector<openapi::Operation> operations = operations_of(each, each.path, bind_outgoing(each), options);
    std::move(operations.begin(), operations.end(), std::back_inserter(callbacks));
  }
  return callbacks;
}

openapi::Operation describe(const RouteDeclaration& declaration, const Binding& binding) {
  const RouteOptions& options = declaration.options;
  openapi::Operation operation;
  operation.where = declaration.where;
  operation.name = options.name.empty() ? declaration.function_name : options.name;
  operation.tags = options.tags;
  operation.summary = options.summary;
  operation.description = options.description;
  operation.response_description = options.response_description;
  operation.operation_id = options.operation_id;
  operation.deprecated = options.deprecated;
  operation.status_code = options.status_code;
  operation.response_media_type = options.response_media_type;
  operation.response_class = options.response_class.media_type;
  operation.parameters = parameters_of(binding);
  operation.streams_body = binding.streams_body();
  operation.responses = declaration.handler->responses();
  operation.extra_responses = options.responses;
  operation.extra = options.openapi_extra;
  operation.examples = options.openapi_examples;
  for (const std::vector<detail::GuardUse>& guards : binding.guards()) {
    std::vector<openapi::SecurityRequirement>& entry = operation.security.emplace_back();
    for (const detail::GuardUse& guard : guards) guard.add_security(entry, guard.scopes);
  }
  return operation;
}

/// "404", "4XX" or "default".
bool is_response_key(std::string_view key) {
  return key == "default" || (key.size() == 3 && key[0] >= '1' && key[0] <= '5' &&
                              (key.substr(1) == "XX" || (detail::is_digit(key[1]) && detail::is_digit(key[2]))));
}

}  // namespace

std::vector<openapi::Operation> operations_of(const RouteDeclaration& declaration, std::string_view path,
                                              const Binding& binding, const AppOptions& options) {
  std::vector<openapi::Operation> operations;
  if (declaration.is_mount || !declaration.options.include_in_schema) return operations;
  openapi::Operation described = describe(declaration, binding);
  described.path = path;
  described.callbacks = callbacks_of(declaration, options);
  for (const http::Method method : documented_methods) {
    if (!declaration.methods.contains(method)) continue;
    openapi::Operation operation = described;
    operation.method = method;
    if (operation.operation_id.empty()) operation.operation_id = generated_id(operation, options);
    operations.push_back(std::move(operation));
  }
  return operations;
}

Binding bind_outgoing(const RouteDeclaration& declaration) {
  const std::string label = operation_label(declaration);
  const std::vector<std::string_view> names = plain_names(declaration.path);
  return {declaration.handler->arguments(), {.route = label, .path_names = names, .where = declaration.where}};
}

void check_document_options(const RouteDeclaration& declaration, const Binding& binding) {
  const auto fail = [&](const std::string& message) {
    throw SetupError(operation_label(declaration) + ": " + message, declaration.where);
  };
  for (const openapi::ResponseInfo& response : declaration.options.responses.all()) {
    const std::string& key = response.status.text();
    if (!is_response_key(key))
      fail("\"" + key +
           "\" in responses is neither a status such as 404, nor a range such as \"4XX\", nor \"default\"");
    const bool is_status = key != "default" && !key.ends_with("XX");
    if (is_status && response.model.type != nullptr && !http::status_has_body(std::stoi(key)))
      fail("responses gives a model for status " + key + ", which has no body");
  }
  const std::vector<std::string> names = openapi::names_for_examples(parameters_of(binding));
  for (const auto& [name, examples] : declaration.options.openapi_examples.value().items()) {
    if (std::find(names.begin(), names.end(), name) == names.end())
      fail("openapi_examples names \"" + name + "\", which the handler does not take");
  }
}

}  // namespace serval::detail
