// SPDX-License-Identifier: MIT
// The implementation of an `App`: its options, routes, middleware, error handlers and document. It is only read while
// the application serves.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include <serval/app/app.hpp>
#include <serval/base/instruments.hpp>
#include <serval/http/route_names.hpp>

#include "app/app_document.hpp"
#include "app/app_lifecycle.hpp"
#include "app/dispatcher.hpp"
#include "app/error_table.hpp"
#include "app/own_commands.hpp"
#include "app/route_registry.hpp"
#include "handler/blocking_pool.hpp"
#include "handler/chain.hpp"

namespace serval::detail {

class AppState final : public http::RouteNames {
 public:
  /// `webhooks` must outlive it.
  AppState(AppOptions options, const OutgoingRouter& webhooks);

  [[nodiscard]] const AppOptions& options() const noexcept { return options_; }
  /// Replaces `AppOptions::root_path`, before the application serves. Errors: SetupError.
  void set_root_path(std::string root_path);
  /// All middleware: of the application, of its routes and of mounted applications. Each object once.
  [[nodiscard]] std::vector<const routing::Middleware*> all_middleware() const;
  /// Tells all middleware which proxies the operator trusts, before the application serves. Returns false if none of it
  /// has the stage `forwarded`. Errors: SetupError.
  [[nodiscard]] bool trust_proxies(const std::vector<std::string>& proxies);
  /// Tells all middleware that logs requests whether it is to do so, before the application serves.
  void log_requests(bool is_wanted);
  /// Whether middleware of the application logs the requests.
  [[nodiscard]] bool logs_requests() const noexcept;
  [[nodiscard]] ErrorTable& errors() noexcept { return errors_; }
  [[nodiscard]] const ErrorTable& errors() const noexcept { return errors_; }
  [[nodiscard]] RouteRegistry& routes() noexcept { return routes_; }
  [[nodiscard]] const RouteRegistry& routes() const noexcept { return routes_; }
  [[nodiscard]] AppDocument& document() noexcept { return document_; }
  [[nodiscard]] const AppDocument& document() const noexcept { return document_; }
  [[nodiscard]] AppLifecycle& lifecycle() noexcept { return lifecycle_; }
  [[nodiscard]] OwnCommands& commands() noexcept { return commands_; }
  [[nodiscard]] spdlog::logger& logger() const noexcept { return *logger_; }
  /// The middleware of the whole application.
  [[nodiscard]] const Chain& chain() const noexcept { return chain_; }

  /// Errors: SetupError, see `RouteRegistry::add`.
  void add(RouteDeclaration declaration);
  void use(routing::Middleware added);

  /// Makes the document if it is served. Errors: SetupError for missing objects of routes and for values that the
  /// document cannot show, here or in a mounted application; exceptions of document hooks.
  void prepare() const;

  // As in `http::Service`, for this application and its mounted applications, which start after it and end before it.
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
  [[nodiscard]] std::chrono::nanoseconds pool_lag() const;
  /// Whether a start function has thrown, here or in a mounted application.
  [[nodiscard]] bool has_failed_to_start() const noexcept { return has_failed_to_start_; }

  /// Calls the `before` of the middleware, finds the request's route and stores it in the exchange.
  [[nodiscard]] http::Admission admit(http::Exchange& exchange) const;
  /// The path of a named route of this application or, with the name of their mount, of mounted ones.
  [[nodiscard]] http::NamedPath find(std::string_view name, std::span<const http::PathValue> values) const override;
  [[nodiscard]] const Dispatcher& dispatcher() const noexcept { return dispatcher_; }
  /// Lets the request find the routes, before anything else uses it.
  void introduce(Request& request) const noexcept;
  /// For a response to a request that was not admitted.
  void enter_middleware(http::Exchange& exchange) const;

 private:
  /// The checks of this application and of mounted ones.
  [[nodiscard]] std::vector<std::shared_ptr<ReadinessCheck>> checks() const;
  /// Adds the middleware of this application and its routes, each object once.
  void collect_middleware(std::vector<const routing::Middleware*>& members) const;
  /// Tells middleware which routes it serves, here and in mounted applications. `outer`: that around this application.
  /// Errors: its exceptions.
  void tell_routes(std::vector<const routing::Middleware*> outer) const;
  void tell_middleware(const std::shared_ptr<http::Host>& host) const;
  /// Adds the services that are mounted here and below, each once.
  void collect_mounted(std::vector<const http::Service*>& mounted) const;
  void serve_document();
  [[nodiscard]] openapi::Description describe(const OutgoingRouter& webhooks) const;

  AppOptions options_;
  mutable serval::instruments::Registry instruments_;
  std::shared_ptr<spdlog::logger> logger_;
  ErrorTable errors_;
  Chain chain_;
  RouteRegistry routes_;
  OwnCommands commands_{routes_.states(), routes_.overrides()};
  AppDocument document_;
  mutable BlockingPool pool_;
  Dispatcher dispatcher_;
  mutable AppLifecycle lifecycle_;  // destroyed first: its stop functions may use all of the above
  mutable std::atomic<bool> has_failed_to_start_{false};
};

}  // namespace serval::detail
