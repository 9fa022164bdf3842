// SPDX-License-Identifier: MIT
// The application: a router that serves. Declare routes, then call `app.run(argc, argv)` or pass it to a `Server` or a
// `TestClient`.
#pragma once

#include <chrono>
#include <concepts>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <serval/app/app_options.hpp>
#include <serval/app/command.hpp>
#include <serval/app/declared_route.hpp>
#include <serval/app/error_handler.hpp>
#include <serval/app/lifecycle.hpp>
#include <serval/app/readiness.hpp>
#include <serval/app/router.hpp>
#include <serval/base/thrown.hpp>
#include <serval/handler/make_middleware.hpp>
#include <serval/handler/service.hpp>
#include <serval/http/http_error.hpp>
#include <serval/server/server_options.hpp>

namespace serval {

namespace instruments {
class Registry;
}
namespace detail {

class AppState;

}  // namespace detail

/// An application: its routes, shared objects and error handlers. `App app; app.get("/")(handler);`
/// Thread safety: declare everything first, from one thread; while it serves, an application is only read.
/// Lifetime: must outlive the servers and test clients that use it.
class App : public Router, public http::Lifecycle, public http::Commands, public http::Service {
 public:
  App();
  explicit App(AppOptions options);
  ~App() override;
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  /// Maps an exception to a response: `app.on_error<OutOfStock>([](const OutOfStock& e) { return HttpError(409,
  /// e.what()); })`. `handler` takes `const E&`, `Request&`, both or neither, and returns what a route's handler may
  /// return. A `redirect` gives a 307. If neither the returned value nor its class sets a status, the status is that of
  /// the error for `HttpError` and `ValidationError`, otherwise 500. If several handlers match, the one for the most
  /// derived class is called. A handler for `HttpError` or `ValidationError` also answers the framework's own 404, 405
  /// and 422.
  template <class E, class F>
  void on_error(F handler) {
    add_error_handler({.answer =
                           [handler = std::move(handler)](const std::exception_ptr& thrown, http::Exchange& exchange) {
                             return detail::with_thrown<const E&>(thrown, [&](const E& error) {
                               detail::answer_error<E>(handler, detail::status_of(error), error, exchange);
                             });
                           },
                       .catches_pointer = &detail::is_thrown<const E*>,
                       .pointer = detail::thrown_pointer_to<E>()});
  }

  /// Replaces the response of one error status, including the framework's own; the handler may take `const HttpError&`,
  /// `Request&`, both or neither. Errors: SetupError for a status that no response can have.
  /// `app.on_status(404, [](Request& request) { return json{{"error", "nothing here"}}; });`
  template <class F>
  void on_status(int status, F handler) {
    add_status_handler(status,
                       [status, handler = std::move(handler)](const HttpError& error, http::Exchange& exchange) {
                         detail::answer_error(handler, status, error, exchange);
                       });
  }

  /// Adds a middleware for every request of the application, including requests that match no route and those of
  /// mounted applications: `app.use(Compression());`, see `middleware`. Its stage determines its position; within one
  /// stage, the middleware that is added first is outermost. Call it before the application serves. A type with a
  /// member `static constexpr bool is_provided = true;` is also provided: arguments take the object as `State<M>`.
  /// Errors: SetupError for a second one of such a type.
  template <class M>
  void use(M object, SourceLocation where = SourceLocation::current()) {
    routing::Middleware added = middleware(std::move(object), where);
    if constexpr (detail::ProvidedByUse<M>) add_state(detail::state_type<M>, added.shared_object(), where);
    add_middleware(std::move(added));
  }

  /// Gives the handlers an object, see `State`: `app.provide(Store{});`. Several objects of one type need names:
  /// `app.provide<"replica">(Database{...});` or `app.provide<Database, "replica">(...)`. Handlers that use it may be
  /// declared before.
  /// REQUIRES: a destructor that does not throw.
  /// Errors: SetupError for a second one of the same type and name.
  template <class T, detail::Arg... Name>
  T& provide(T object, SourceLocation where = SourceLocation::current()) {
    return provide<T, Name...>(detail::shared_object(object), where);
  }
  template <detail::Arg Name, class T>
  T& provide(T object, SourceLocation where = SourceLocation::current()) {
    return provide<T, Name>(detail::shared_object(object), where);
  }
  /// As above, for an object that the program also owns: for types that cannot be moved and, with an explicit type, for
  /// a base class: `app.provide<Repository>(std::make_shared<SqlRepository>(url));`
  template <class T, detail::Arg... Name>
  T& provide(std::shared_ptr<T> object, SourceLocation where = SourceLocation::current()) {
    static_assert(
        std::is_nothrow_destructible_v<T>,
        "serval: the destructor of a provided object must be noexcept, since nothing can catch its exception when "
        "the application ends; move work that can fail into a member function that the program calls before");
    T* address = object.get();
    add_state(detail::state_type<T, Name...>, std::move(object), where);
    return *address;
  }
  template <detail::Arg Name, class T>
  T& provide(std::shared_ptr<T> object, SourceLocation where = SourceLocation::current()) {
    return provide<T, Name>(std::move(object), where);
  }

  /// Replaces a dependency wherever it is used, for tests: `app.override_dependency<current_user>([] { return
  /// User{"t"};
  /// });`. `replacement` may have its own dependencies and parameters; its return value must convert to that of
  /// `Function`. It is used from the next request on; the document still describes the original. Thread safety: not
  /// while requests are served.
  template <auto Function, class F>
  void override_dependency(F replacement) {
    using Value = detail::DependencyResult<Function>;
    static_assert(detail::StandsIn<F, Value>,
                  "serval: override a dependency with a function whose return value converts to the dependency's");
    add_override(&detail::dependency_key<Function>, detail::replacement_ops<F, Value>,
                 std::make_shared<const F>(std::move(replacement)));
  }
  /// Removes all replacements.
  void reset_dependency_overrides();

  /// The OpenAPI 3.1 document of all routes so far. Made at the first call, or when the application begins to serve it,
  /// and kept; a later registration discards it. Errors: SetupError for a schema or a default that was given as a text
  /// and is not JSON, and for an example or a default that JSON cannot express; exceptions of hooks. Lifetime: until
  /// the next registration. Thread safety: may be called by several threads.
  [[nodiscard]] const json& openapi() const;
  /// Changes the document after it was made and before it is served: `app.on_openapi([](json& document) {
  /// document["info"]["x-logo"] = {{"url", "/logo.png"}}; });` Several hooks are called in order; a hook must not call
  /// `openapi`.
  void on_openapi(std::function<void(json& document)> hook);
  /// All routes so far, in the order of declaration, those of mounted applications included. The routes that the
  /// application adds for its document come first. Thread safety: may be called by several threads.
  [[nodiscard]] std::vector<routing::DeclaredRoute> routes() const;
  /// The URL of a route, see `Request::url_for`, for code without a request, such as e-mails of a service:
  /// `AppOptions::public_origin`, `AppOptions::root_path` and the path. Errors: also `std::logic_error` if there is no
  /// `public_origin`. Thread safety: any thread, after the last registration.
  [[nodiscard]] std::string url_for(std::string_view name, std::initializer_list<http::PathValue> values = {}) const;
  /// The path of a route within the application, without the root path: "/items/5".
  [[nodiscard]] std::string url_path_for(std::string_view name,
                                         std::initializer_list<http::PathValue> values = {}) const;
  /// Requests that the application sends to subscribers, for the document:
  /// `app.webhooks.post<new_order>("new-order");`
  OutgoingRouter webhooks;

  /// Reads the command line, serves until SIGINT or SIGTERM, stops gracefully, and returns the exit code for `main`.
  /// `--help` lists the options. They take precedence over the environment (`SERVAL_PORT=80`, `SERVAL_ACCESS_LOG=no`),
  /// and the environment over `options` and `AppOptions`. `--log-level` also sets the level of loggers that the program
  /// passes. `--openapi [FILE]` writes the document instead of serving; `--middleware` and `--routes` print a list
  /// instead; `--check PATH` asks the running program whether it is well; the name of a `command` runs that. Exit
  /// codes: 0 stopped by a signal, 1 cannot serve (the port is taken), 2 wrong usage, 3 a start function failed.
  int run(int argc, const char* const* argv, ServerOptions options);
  /// With the defaults of `ServerOptions`.
  int run(int argc, const char* const* argv);

  /// Whether the application can do its work: a server or test client has started it, none of its servers is stopping,
  /// and all checks of `ready` pass. The checks are called at the same time, on the caller's loop. A check that already
  /// runs is not called again: the call waits for its result, within the time of the check; a check that has exceeded
  /// its time counts as failed until it has ended. Checks are cancelled when the server on whose loop they run stops.
  /// Lifetime: the application outlives the task.
  /// Thread safety: any thread.
  [[nodiscard]] detail::Task<Readiness> readiness() const;

  /// The registry of metrics; needs <serval/instruments.hpp>. Lifetime: the application's. Thread safety: any thread.
  [[nodiscard]] serval::instruments::Registry& instruments() const noexcept;

  /// The options of the application. Lifetime: the application's.
  [[nodiscard]] const AppOptions& settings() const noexcept;

  // --- Service: for servers, the test client and applications that mount this one -----------------
  void prepare() const override;
  void start(const std::shared_ptr<http::Host>& host) const override;
  void launch(const std::shared_ptr<http::Host>& host) const override;
  void stop(const http::Host& host, std::chrono::steady_clock::time_point deadline) const noexcept override;
  void drain(const http::Host& host) const noexcept override;
  void end(const http::Host& host) const noexcept override;
  void abandon(const http::Host& host) const noexcept override;
  bool logs_requests() const noexcept override;
  std::size_t queued_calls() const noexcept override;
  std::chrono::nanoseconds pool_lag() const override;
  http::Admission admit(http::Exchange& exchange) const noexcept override;
  http::Pending serve(http::Exchange& exchange) const noexcept override;
  void refuse(http::Exchange& exchange, int status, std::string_view detail) const noexcept override;
  [[nodiscard]] http::Pending finish(http::Exchange& exchange, const Finished& how) const noexcept override;

 protected:
  void add(detail::RouteDeclaration declaration) override;
  void add(detail::LifecyclePart part) override;
  void add(detail::OwnCommand command) override;

 private:
  friend class detail::AppState;  // sees mounted applications
  void add_middleware(routing::Middleware added);
  void add_state(const detail::StateType& type, std::shared_ptr<void> object, SourceLocation where);
  void add_override(const void* key, const detail::DependencyOps& ops, std::shared_ptr<const void> function);
  void add_error_handler(detail::ErrorHandler handler);
  void add_status_handler(int status, std::function<void(const HttpError&, http::Exchange&)> handler);

  std::unique_ptr<detail::AppState> state_;
};

}  // namespace serval
