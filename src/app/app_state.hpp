// SPDX-License-Identifier: MIT
// What stands behind an `App`: its routes, their table, its error handlers. Only read once the application serves.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

#include <serval/app/app.hpp>
#include <serval/routing/table.hpp>

#include "app/app_document.hpp"
#include "app/error_table.hpp"
#include "app/route.hpp"
#include "compression/compressor.hpp"
#include "handler/blocking_pool.hpp"
#include "params/state_table.hpp"

namespace serval::detail {

class AppState {
 public:
  /// `webhooks` must outlive it.
  AppState(AppOptions options, const OutgoingRouter& webhooks);

  [[nodiscard]] const AppOptions& options() const noexcept { return options_; }
  /// In place of `AppOptions::root_path`, before something serves. Errors: SetupError.
  void set_root_path(std::string root_path);
  [[nodiscard]] ErrorTable& errors() noexcept { return errors_; }
  [[nodiscard]] const ErrorTable& errors() const noexcept { return errors_; }
  [[nodiscard]] StateTable& states() noexcept { return states_; }
  [[nodiscard]] AppDocument& document() noexcept { return document_; }
  [[nodiscard]] const AppDocument& document() const noexcept { return document_; }
  [[nodiscard]] const Compressor& compressor() const noexcept { return compressor_; }
  [[nodiscard]] spdlog::logger& logger() const noexcept { return *logger_; }

  /// Errors: SetupError, see `make_route` and `routing::RouteTable::add`.
  void add(RouteDeclaration declaration);

  /// Replaces a dependency in all routes, those to come included; all of them as they were for a null key.
  /// Errors: SetupError where the replacement's parameters do not fit a route.
  void override_dependency(const void* key, Overrides::Override replacement);

  /// Makes the document, where it is served. Errors: SetupError for a State that nobody provides, and for what the
  /// document cannot show, here or in a mounted application; what hooks of the document throw.
  void prepare() const;

  /// Finds the request's route and notes it in the exchange.
  http::Admission admit(http::Exchange& exchange) const;
  /// Calls the handler of the route that `admit` found, or answers what stands in its place.
  /// Errors: whatever the handler throws.
  http::Pending dispatch(http::Exchange& exchange) const;
  /// Compresses the answer, which is made, where it may be; a large one by a task, on the pool. Never throws: what
  /// cannot be compressed goes out as it is.
  http::Pending compress(http::Exchange& exchange) const noexcept;

 private:
  const Route* find(http::Exchange& exchange) const;
  http::Pending call(const Route& route, http::Exchange& exchange) const;
  [[nodiscard]] Task<void> resolve_and_call(const Route& route, http::Exchange& exchange) const;
  [[nodiscard]] routing::RouteMatch match(Request& request) const;
  [[nodiscard]] routing::RouteMatch match_web_socket(Request& request) const;
  /// No route: the asterisk form, OPTIONS, a redirect, 501, 405, 404.
  void answer_unrouted(http::Exchange& exchange) const;
  [[nodiscard]] http::MethodSet with_automatic(http::MethodSet methods) const;
  bool redirect_slash(http::Exchange& exchange) const;
  BlockingPool& pool() const;
  void add_to_table(RouteDeclaration declaration);
  void serve_document();
  [[nodiscard]] openapi::Description describe(const OutgoingRouter& webhooks) const;

  AppOptions options_;
  std::shared_ptr<spdlog::logger> logger_;
  Compressor compressor_;
  ErrorTable errors_;
  StateTable states_;
  AppDocument document_;
  Overrides overrides_;
  std::vector<std::unique_ptr<Route>> routes_;
  routing::RouteTable table_;
  routing::RouteTable web_sockets_;
  mutable std::atomic<bool> is_prepared_{false};  // something serves, or has served
  mutable std::once_flag pool_made_;              // guards the making of `pool_`
  mutable std::unique_ptr<BlockingPool> pool_;
};

}  // namespace serval::detail
