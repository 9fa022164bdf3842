// SPDX-License-Identifier: MIT
// What stands behind an `App`: its options, routes, middleware, error handlers, document, put together. Only read once
// the application serves.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <vector>

#include <serval/app/app.hpp>
#include <serval/base/instruments.hpp>

#include "app/app_document.hpp"
#include "app/app_lifecycle.hpp"
#include "app/dispatcher.hpp"
#include "app/error_table.hpp"
#include "app/route_registry.hpp"
#include "handler/blocking_pool.hpp"
#include "handler/chain.hpp"

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
  [[nodiscard]] RouteRegistry& routes() noexcept { return routes_; }
  [[nodiscard]] const RouteRegistry& routes() const noexcept { return routes_; }
  [[nodiscard]] AppDocument& document() noexcept { return document_; }
  [[nodiscard]] const AppDocument& document() const noexcept { return document_; }
  [[nodiscard]] AppLifecycle& lifecycle() noexcept { return lifecycle_; }
  [[nodiscard]] spdlog::logger& logger() const noexcept { return *logger_; }
  /// Of the application as a whole.
  [[nodiscard]] const Chain& chain() const noexcept { return chain_; }

  /// Errors: SetupError, see `RouteRegistry::add`.
  void add(RouteDeclaration declaration);
  void use(routing::Middleware added);

  /// Makes the document, where it is served. Errors: SetupError for what the routes lack or the document cannot show,
  /// here or in a mounted application; what hooks of the document throw.
  void prepare() const;

  // As in `http::Service`, for this application and those that are mounted in it, which start after it and end before.
  void start(const std::shared_ptr<http::Host>& host) const;
  void launch(const std::shared_ptr<http::Host>& host) const;
  void stop(const http::Host& host, std::chrono::steady_clock::time_point deadline) const noexcept;
  void drain(const http::Host& host) const noexcept;
  void end(const http::Host& host) const noexcept;
  void abandon(const http::Host& host) const noexcept;
  [[nodiscard]] serval::instruments::Registry& instruments() const noexcept { return instruments_; }
  /// As `App::readiness`.
  [[nodiscard]] Task<Readiness> readiness() const;
  [[nodiscard]] std::size_t queued_calls() const noexcept;
  /// Whether a start function has thrown, here or in a mounted application.
  [[nodiscard]] bool has_failed_to_start() const noexcept { return has_failed_to_start_; }

  /// Asks the `before` of the middleware, finds the request's route and notes it in the exchange.
  [[nodiscard]] http::Admission admit(http::Exchange& exchange) const;
  /// Through the `around` of the middleware to what `admit` found. Errors: whatever the handler throws.
  [[nodiscard]] http::Pending dispatch(http::Exchange& exchange) const;
  /// For an answer to a request that nobody has admitted.
  void enter_middleware(http::Exchange& exchange) const;

 private:
  /// Of this application and of those that are mounted.
  [[nodiscard]] std::vector<std::shared_ptr<ReadinessCheck>> checks() const;
  /// Adds what is mounted here and below, each service once.
  void collect_mounted(std::vector<const http::Service*>& mounted) const;
  void serve_document();
  [[nodiscard]] openapi::Description describe(const OutgoingRouter& webhooks) const;

  AppOptions options_;
  mutable serval::instruments::Registry instruments_;
  std::shared_ptr<spdlog::logger> logger_;
  ErrorTable errors_;
  Chain chain_;
  RouteRegistry routes_;
  AppDocument document_;
  BlockingPool pool_;
  Dispatcher dispatcher_;
  mutable AppLifecycle lifecycle_;  // goes first: its stop functions may use all of the above
  mutable std::atomic<bool> has_failed_to_start_{false};
};

}  // namespace serval::detail
