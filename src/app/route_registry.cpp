// SPDX-License-Identifier: MIT
#include "app/route_registry.hpp"

#include <string>
#include <utility>

#include <serval/base/error.hpp>

namespace serval::detail {

namespace {

void check_states(const Route& route, const Binding& binding, const StateTable& states) {
  const StateType* missing = binding.missing_state(states);
  if (missing == nullptr) return;
  throw SetupError(route.label + ": the handler takes " + states.missing(*missing), route.declaration.where);
}

}  // namespace

void RouteRegistry::add(RouteDeclaration declaration) {
  auto route = std::make_unique<Route>(make_route(std::move(declaration), states_, overrides_));
  route->chain = Chain(route->declaration.options.middleware, on_fault_);
  const auto id = static_cast<routing::RouteId>(routes_.size());
  const SourceLocation where = route->declaration.where;
  if (route->declaration.is_web_socket)
    web_sockets_.add({http::Method::get}, routing::Pattern::parse(route->pattern, where), id, where);
  else if (route->declaration.is_mount)
    table_.add_mount(route->pattern, id, where);
  else
    table_.add(route->declaration.methods, routing::Pattern::parse(route->pattern, where), id, where);
  names_.add(*route);
  routes_.push_back(std::move(route));
}

void RouteRegistry::override_dependency(const void* key, Overrides::Override replacement) {
  Overrides overrides = overrides_;
  if (key != nullptr)
    overrides.set(key, std::move(replacement));
  else
    overrides.clear();
  // All routes or none.
  std::vector<Binding> bindings;
  for (const auto& route : routes_) {
    bindings.push_back(bind_handler(*route, states_, overrides));
    if (is_prepared_) check_states(*route, bindings.back(), states_);
  }
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    if (overrides_.empty()) routes_[i]->declared = std::move(routes_[i]->binding);
    routes_[i]->binding = std::move(bindings[i]);
  }
  overrides_ = std::move(overrides);
}

void RouteRegistry::prepare() const {
  for (const auto& route : routes_) {
    check_states(*route, route->binding, states_);
    if (route->declaration.service != nullptr) route->declaration.service->prepare();
  }
  is_prepared_ = true;
}

std::vector<const http::Service*> RouteRegistry::mounts() const {
  std::vector<const http::Service*> mounts;
  for (const auto& route : routes_) {
    if (route->declaration.service != nullptr) mounts.push_back(route->declaration.service);
  }
  return mounts;
}

routing::RouteMatch RouteRegistry::match(Request& request, bool auto_head) const {
  http::PathParams& params = request.mutable_path_params();
  const routing::RouteMatch found = table_.find(request.method(), request.raw_path(), params);
  if (request.method() != http::Method::head || !auto_head) return found;
  const auto is_route = [this](const routing::RouteMatch& match) {
    return match.outcome == routing::RouteMatch::Outcome::found && !routes_[match.id]->declaration.is_mount;
  };
  if (is_route(found)) return found;
  // HEAD is routed like GET: to a route for GET rather than to a mount around it.
  const routing::RouteMatch of_get = table_.find(http::Method::get, request.raw_path(), params);
  return is_route(of_get) ? of_get : found;
}

routing::RouteMatch RouteRegistry::match_web_socket(Request& request) const {
  http::PathParams& params = request.mutable_path_params();
  const routing::RouteMatch found = web_sockets_.find(http::Method::get, request.raw_path(), params);
  if (found.outcome == routing::RouteMatch::Outcome::found) return found;
  const routing::RouteMatch around = table_.find_mount(request.raw_path());
  const bool is_application =
      around.outcome == routing::RouteMatch::Outcome::found && routes_[around.id]->declaration.service != nullptr;
  return is_application ? around : routing::RouteMatch{};
}

}  // namespace serval::detail
