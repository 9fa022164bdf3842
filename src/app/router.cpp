// SPDX-License-Identifier: MIT
#include <serval/app/router.hpp>

#include <serval/base/error.hpp>
#include <serval/routing/pattern.hpp>

namespace serval {

namespace {

template <class T>
std::vector<T> joined(const std::vector<T>& first, const std::vector<T>& second) {
  std::vector<T> all = first;
  all.insert(all.end(), second.begin(), second.end());
  return all;
}

/// Puts a router's options for all its routes before those of the route.
void apply(const RouterOptions& router, RouteOptions& route) {
  route.tags = joined(router.tags, route.tags);
  route.dependencies = joined(router.dependencies, route.dependencies);
  route.middleware = joined(router.middleware, route.middleware);
  route.deprecated = route.deprecated || router.deprecated;
  route.include_in_schema = route.include_in_schema && router.include_in_schema;
  route.responses = openapi::merge(router.responses, route.responses);
  if (!route.strict_content_type) route.strict_content_type = router.strict_content_type;
  if (route.response_class.media_type.empty()) route.response_class = router.default_response_class;
}

}  // namespace

routing::Decorator::Decorator(Router& router, detail::RouteDeclaration declaration)
    : router_(router), declaration_(std::move(declaration)) {}
routing::Decorator::~Decorator() = default;

void routing::Decorator::add(std::unique_ptr<const detail::Handler> handler) {
  declaration_.handler = std::move(handler);
  router_.add(std::move(declaration_));
}

Router::Router(RouterOptions options, SourceLocation where) : router_options_(std::move(options)) {
  // Reports a bad prefix here, where it was written, and not at the first route.
  static_cast<void>(routing::Pattern::parse(routing::join_paths(router_options_.prefix, "/", where), where));
}

routing::Decorator Router::get(std::string_view path, RouteOptions options, SourceLocation where) {
  return route({http::Method::get}, path, std::move(options), where);
}
routing::Decorator Router::post(std::string_view path, RouteOptions options, SourceLocation where) {
  return route({http::Method::post}, path, std::move(options), where);
}
routing::Decorator Router::put(std::string_view path, RouteOptions options, SourceLocation where) {
  return route({http::Method::put}, path, std::move(options), where);
}
routing::Decorator Router::patch(std::string_view path, RouteOptions options, SourceLocation where) {
  return route({http::Method::patch}, path, std::move(options), where);
}
routing::Decorator Router::delete_(std::string_view path, RouteOptions options, SourceLocation where) {
  return route({http::Method::delete_}, path, std::move(options), where);
}
routing::Decorator Router::head(std::string_view path, RouteOptions options, SourceLocation where) {
  return route({http::Method::head}, path, std::move(options), where);
}
routing::Decorator Router::options(std::string_view path, RouteOptions options, SourceLocation where) {
  return route({http::Method::options}, path, std::move(options), where);
}
routing::Decorator Router::trace(std::string_view path, RouteOptions options, SourceLocation where) {
  return route({http::Method::trace}, path, std::move(options), where);
}
routing::Decorator Router::api_route(std::string_view path, http::MethodSet methods, RouteOptions options,
                                     SourceLocation where) {
  return route(methods, path, std::move(options), where);
}

routing::Decorator Router::get(std::string_view path, detail::CallSite at) { return get(path, {}, at.where()); }
routing::Decorator Router::post(std::string_view path, detail::CallSite at) { return post(path, {}, at.where()); }
routing::Decorator Router::put(std::string_view path, detail::CallSite at) { return put(path, {}, at.where()); }
routing::Decorator Router::patch(std::string_view path, detail::CallSite at) { return patch(path, {}, at.where()); }
routing::Decorator Router::delete_(std::string_view path, detail::CallSite at) { return delete_(path, {}, at.where()); }
routing::Decorator Router::head(std::string_view path, detail::CallSite at) { return head(path, {}, at.where()); }
routing::Decorator Router::options(std::string_view path, detail::CallSite at) { return options(path, {}, at.where()); }
routing::Decorator Router::trace(std::string_view path, detail::CallSite at) { return trace(path, {}, at.where()); }
routing::Decorator Router::api_route(std::string_view path, http::MethodSet methods, detail::CallSite at) {
  return api_route(path, methods, {}, at.where());
}

detail::RouteDeclaration Router::declare(http::MethodSet methods, std::string_view path, RouteOptions options,
                                         SourceLocation where) const {
  detail::RouteDeclaration declaration;
  declaration.methods = methods;
  declaration.path = full_path(router_options_.prefix, path, where);
  apply(router_options_, options);
  declaration.options = std::move(options);
  declaration.where = where;
  return declaration;
}

routing::Decorator Router::route(http::MethodSet methods, std::string_view path, RouteOptions options,
                                 SourceLocation where) {
  return {*this, declare(methods, path, std::move(options), where)};
}

routing::Decorator Router::websocket(std::string_view path, RouteOptions options, SourceLocation where) {
  detail::RouteDeclaration declaration = declare({http::Method::get}, path, std::move(options), where);
  declaration.is_web_socket = true;
  return {*this, std::move(declaration)};
}
routing::Decorator Router::websocket(std::string_view path, detail::CallSite at) {
  return websocket(path, {}, at.where());
}

void Router::add_named(routing::Decorator decorator, std::string_view name,
                       std::unique_ptr<const detail::Handler> handler) {
  decorator.declaration_.function_name = name;
  decorator.add(std::move(handler));
}

void Router::mount_handler(std::string_view prefix, std::unique_ptr<const detail::Handler> handler,
                           SourceLocation where) {
  detail::RouteDeclaration declaration;
  declaration.path = router_options_.prefix + std::string(prefix);
  declaration.options.middleware = router_options_.middleware;
  declaration.handler = std::move(handler);
  declaration.where = where;
  declaration.is_mount = true;
  add(std::move(declaration));
}

void Router::mount(std::string_view prefix, const http::Service& application, SourceLocation where) {
  detail::RouteDeclaration declaration;
  declaration.path = router_options_.prefix + std::string(prefix);
  declaration.options.middleware = router_options_.middleware;
  declaration.service = &application;
  declaration.where = where;
  declaration.is_mount = true;
  add(std::move(declaration));
}

void Router::include(const Router& router, const IncludeOptions& options, SourceLocation where) {
  if (&router == this) throw SetupError("a router cannot include itself", where);
  const std::string prefix = options.prefix.empty()
                                 ? router_options_.prefix
                                 : routing::join_paths(router_options_.prefix, options.prefix, where);
  for (detail::RouteDeclaration declaration : router.declarations_) {
    declaration.path = declaration.is_mount ? prefix + declaration.path : full_path(prefix, declaration.path, where);
    apply(options, declaration.options);
    apply(router_options_, declaration.options);
    add(std::move(declaration));
  }
}

void Router::add(detail::RouteDeclaration declaration) { declarations_.push_back(std::move(declaration)); }

std::string Router::full_path(std::string_view prefix, std::string_view path, SourceLocation where) const {
  std::string joined = routing::join_paths(prefix, path, where);
  static_cast<void>(routing::Pattern::parse(joined, where));
  return joined;
}

}  // namespace serval
