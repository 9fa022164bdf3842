// SPDX-License-Identifier: MIT
// The routes of an application and the tables that find them. It is only read while the application serves.
#pragma once

#include <atomic>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include <serval/http/request.hpp>
#include <serval/routing/table.hpp>

#include "app/route.hpp"
#include "app/route_names.hpp"
#include "handler/chain.hpp"
#include "params/state_table.hpp"

namespace serval::detail {

class RouteRegistry {
 public:
  /// `on_fault` answers exceptions of the routes' middleware.
  explicit RouteRegistry(Chain::OnFault on_fault) : on_fault_(std::move(on_fault)) {}

  /// Errors: SetupError, see `make_route` and `routing::RouteTable::add`.
  void add(RouteDeclaration declaration);

  /// Replaces a dependency in all routes, including later ones; for a null key, restores all dependencies. Errors:
  /// SetupError if the replacement's parameters do not fit a route.
  void override_dependency(const void* key, Overrides::Override replacement);

  /// Must be called before something serves, here and in mounted applications. Errors: SetupError for a State that is
  /// not provided, and errors of mounted applications.
  void prepare() const;

  [[nodiscard]] StateTable& states() noexcept { return states_; }
  [[nodiscard]] const Overrides& overrides() const noexcept { return overrides_; }
  [[nodiscard]] std::span<const std::unique_ptr<Route>> routes() const noexcept { return routes_; }
  /// The mounted services, in the order of registration.
  [[nodiscard]] std::vector<const http::Service*> mounts() const;
  [[nodiscard]] const routing::RouteTable& table() const noexcept { return table_; }
  /// The routes by name, without those of mounted applications.
  [[nodiscard]] const RouteNames& names() const noexcept { return names_; }

  /// Finds the route by the request's method and path, and stores the path parameters in the request. `auto_head`: HEAD
  /// is routed like GET.
  [[nodiscard]] routing::RouteMatch match(Request& request, bool auto_head) const;
  /// Finds a route for WebSockets, otherwise an application that is mounted around it.
  [[nodiscard]] routing::RouteMatch match_web_socket(Request& request) const;
  [[nodiscard]] const Route& operator[](routing::RouteId id) const { return *routes_[id]; }

 private:
  Chain::OnFault on_fault_;
  StateTable states_;
  Overrides overrides_;
  std::vector<std::unique_ptr<Route>> routes_;
  routing::RouteTable table_;
  routing::RouteTable web_sockets_;
  RouteNames names_;
  mutable std::atomic<bool> is_prepared_{false};  // a host serves it, or has served it
};

}  // namespace serval::detail
