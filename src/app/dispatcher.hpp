// SPDX-License-Identifier: MIT
// Finds the route of a request, and answers without a route: slash redirects, HEAD, OPTIONS, 404, 405, 501.
#pragma once

#include <serval/app/app_options.hpp>
#include <serval/handler/service.hpp>

#include "app/error_table.hpp"
#include "app/route_registry.hpp"
#include "handler/blocking_pool.hpp"

namespace serval::detail {

/// Lifetime: all arguments of the constructor outlive it. Thread safety: several loops call it at once.
class Dispatcher final : public http::BodyGate {
 public:
  Dispatcher(const AppOptions& options, const RouteRegistry& routes, const ErrorTable& errors, BlockingPool& pool)
      : options_(options), routes_(routes), errors_(errors), pool_(pool) {}

  /// Moves the root path of the application, which is not empty, from the path of the request to its root path.
  void enter_root_path(Request& request) const;
  /// Finds the request's route, stores it in the exchange and calls the `before` of its middleware.
  [[nodiscard]] http::Admission admit(http::Exchange& exchange) const;
  /// Calls the dependencies of the found route that do not need the body.
  http::Pending open(http::Exchange& exchange) const noexcept override;
  /// Calls the `around` of the route that `admit` found and, inside, its handler; or answers without a route. Errors:
  /// exceptions of the handler.
  [[nodiscard]] http::Pending dispatch(http::Exchange& exchange) const;

 private:
  [[nodiscard]] const Route* find(http::Exchange& exchange) const;
  [[nodiscard]] http::Pending call(const Route& route, http::Exchange& exchange) const;
  [[nodiscard]] http::Pending call_handler(const Route& route, http::Exchange& exchange) const;
  [[nodiscard]] http::Pending prepare_and_call(const Route& route, http::Exchange& exchange) const;
  [[nodiscard]] Task<void> wait_and_call(const Route& route, http::Exchange& exchange, http::Pending pending) const;
  [[nodiscard]] Task<void> resolve_prepare_and_call(const Route& route, http::Exchange& exchange) const;
  [[nodiscard]] Task<void> resolve_and_call(const Route& route, http::Exchange& exchange) const;
  /// Answers if there is no route: the asterisk form, OPTIONS, a redirect, 501, 405, 404.
  void answer_unrouted(http::Exchange& exchange) const;
  [[nodiscard]] http::MethodSet with_automatic(http::MethodSet methods) const;
  bool redirect_slash(http::Exchange& exchange) const;

  const AppOptions& options_;
  const RouteRegistry& routes_;
  const ErrorTable& errors_;
  BlockingPool& pool_;
};

}  // namespace serval::detail
