// SPDX-License-Identifier: MIT
// Where routes are declared: `router.get("/items/{id}")(handler)`. An application is a router that serves.
#pragma once

#include <concepts>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <serval/app/decorator.hpp>

namespace serval {

namespace detail {

/// The place where a route without options is declared. It is a separate type, so that `{}` always means the options;
/// it has a separate overload, since constructing and destroying options would cost code and compile time for every
/// such line.
class CallSite {
 public:
  explicit constexpr CallSite(SourceLocation where) noexcept : where_(where) {}
  /// Catches a handler in place of the options: a compile error. It takes a const reference, since for clang 14 a
  /// forwarding reference would make options in braces, `{.summary = text}`, ambiguous.
  template <class F>
  requires LooksCallable<F> CallSite(const F&) {
    static_assert(!std::is_same_v<F, F>,
                  "serval: put the handler into its own parentheses, after those of the path: "
                  "app.post(\"/items\")(handler), or app.post<handler>(\"/items\")");
  }
  [[nodiscard]] constexpr SourceLocation where() const noexcept { return where_; }

 private:
  SourceLocation where_;
};

}  // namespace detail

/// A collection of routes, to be included in an application or another router.
/// Errors: registration throws a `SetupError` that names the place: for a bad pattern or prefix, and, once the routes
/// are in an application, for a handler whose parameters do not fit the path and for two routes that match the same
/// requests. Thread safety: none; declare routes before the application serves.
class Router {
 public:
  Router() = default;
  explicit Router(RouterOptions options, SourceLocation where = SourceLocation::current());
  Router(const Router&) = default;
  Router& operator=(const Router&) = default;
  virtual ~Router() = default;

  /// `router.get("/items/{id}")(handler)`; the other methods work alike.
  [[nodiscard]] routing::Decorator get(std::string_view path, RouteOptions options,
                                       SourceLocation where = SourceLocation::current());
  [[nodiscard]] routing::Decorator get(std::string_view path,
                                       detail::CallSite at = detail::CallSite(SourceLocation::current()));
  [[nodiscard]] routing::Decorator post(std::string_view path, RouteOptions options,
                                        SourceLocation where = SourceLocation::current());
  [[nodiscard]] routing::Decorator post(std::string_view path,
                                        detail::CallSite at = detail::CallSite(SourceLocation::current()));
  [[nodiscard]] routing::Decorator put(std::string_view path, RouteOptions options,
                                       SourceLocation where = SourceLocation::current());
  [[nodiscard]] routing::Decorator put(std::string_view path,
                                       detail::CallSite at = detail::CallSite(SourceLocation::current()));
  [[nodiscard]] routing::Decorator patch(std::string_view path, RouteOptions options,
                                         SourceLocation where = SourceLocation::current());
  [[nodiscard]] routing::Decorator patch(std::string_view path,
                                         detail::CallSite at = detail::CallSite(SourceLocation::current()));
  [[nodiscard]] routing::Decorator delete_(std::string_view path, RouteOptions options,
                                           SourceLocation where = SourceLocation::current());
  [[nodiscard]] routing::Decorator delete_(std::string_view path,
                                           detail::CallSite at = detail::CallSite(SourceLocation::current()));
  [[nodiscard]] routing::Decorator head(std::string_view path, RouteOptions options,
                                        SourceLocation where = SourceLocation::current());
  [[nodiscard]] routing::Decorator head(std::string_view path,
                                        detail::CallSite at = detail::CallSite(SourceLocation::current()));
  [[nodiscard]] routing::Decorator options(std::string_view path, RouteOptions options,
                                           SourceLocation where = SourceLocation::current());
  [[nodiscard]] routing::Decorator options(std::string_view path,
                                           detail::CallSite at = detail::CallSite(SourceLocation::current()));
  [[nodiscard]] routing::Decorator trace(std::string_view path, RouteOptions options,
                                         SourceLocation where = SourceLocation::current());
  [[nodiscard]] routing::Decorator trace(std::string_view path,
                                         detail::CallSite at = detail::CallSite(SourceLocation::current()));
  /// One handler for several methods: `api_route("/x", {http::Method::get, http::Method::post})(handler)`.
  [[nodiscard]] routing::Decorator api_route(std::string_view path, http::MethodSet methods, RouteOptions options,
                                             SourceLocation where = SourceLocation::current());
  [[nodiscard]] routing::Decorator api_route(std::string_view path, http::MethodSet methods,
                                             detail::CallSite at = detail::CallSite(SourceLocation::current()));
  /// For a handler that takes a `WebSocket&`, see <serval/websocket.hpp>. A path may have both a route and a WebSocket.
  [[nodiscard]] routing::Decorator websocket(std::string_view path, RouteOptions options,
                                             SourceLocation where = SourceLocation::current());
  [[nodiscard]] routing::Decorator websocket(std::string_view path,
                                             detail::CallSite at = detail::CallSite(SourceLocation::current()));

  /// `router.get<read_item>("/items/{id}")`: a function whose name becomes that of the route. The other methods work
  /// alike.
  template <auto Function>
  void get(std::string_view path, RouteOptions options = {}, SourceLocation where = SourceLocation::current()) {
    named<Function>({http::Method::get}, path, std::move(options), where);
  }
  template <auto Function>
  void post(std::string_view path, RouteOptions options = {}, SourceLocation where = SourceLocation::current()) {
    named<Function>({http::Method::post}, path, std::move(options), where);
  }
  template <auto Function>
  void put(std::string_view path, RouteOptions options = {}, SourceLocation where = SourceLocation::current()) {
    named<Function>({http::Method::put}, path, std::move(options), where);
  }
  template <auto Function>
  void patch(std::string_view path, RouteOptions options = {}, SourceLocation where = SourceLocation::current()) {
    named<Function>({http::Method::patch}, path, std::move(options), where);
  }
  template <auto Function>
  void delete_(std::string_view path, RouteOptions options = {}, SourceLocation where = SourceLocation::current()) {
    named<Function>({http::Method::delete_}, path, std::move(options), where);
  }
  template <auto Function>
  void head(std::string_view path, RouteOptions options = {}, SourceLocation where = SourceLocation::current()) {
    named<Function>({http::Method::head}, path, std::move(options), where);
  }
  template <auto Function>
  void options(std::string_view path, RouteOptions options = {}, SourceLocation where = SourceLocation::current()) {
    named<Function>({http::Method::options}, path, std::move(options), where);
  }
  template <auto Function>
  void trace(std::string_view path, RouteOptions options = {}, SourceLocation where = SourceLocation::current()) {
    named<Function>({http::Method::trace}, path, std::move(options), where);
  }
  template <auto Function>
  void api_route(std::string_view path, http::MethodSet methods, RouteOptions options = {},
                 SourceLocation where = SourceLocation::current()) {
    named<Function>(methods, path, std::move(options), where);
  }

  template <auto Function>
  void websocket(std::string_view path, RouteOptions options = {}, SourceLocation where = SourceLocation::current()) {
    add_named(websocket(path, std::move(options), where), detail::function_name<Function>(),
              detail::make_handler(Function));
  }

  /// Copies all routes that `router` has now, with an additional prefix and additional tags. The same router may be
  /// included several times.
  void include(const Router& router, const IncludeOptions& options = {},
               SourceLocation where = SourceLocation::current());

  /// Passes every request under `prefix` that matches no route to `handler`, for all methods. In the handler, the
  /// request's path is the part after the prefix, and its root path ends with the prefix.
  template <class F>
  requires(!std::derived_from<F, http::Service>) void mount(std::string_view prefix, F handler,
                                                            SourceLocation where = SourceLocation::current()) {
    mount_handler(prefix, detail::make_handler(std::move(handler)), where);
  }
  /// Mounts a whole application under `prefix`, with its own responses, errors and limits.
  /// Lifetime: it must outlive the application in which it is mounted.
  void mount(std::string_view prefix, const http::Service& application,
             SourceLocation where = SourceLocation::current());
  void mount(std::string_view prefix, const http::Service&& application) = delete;  // would not outlive this line

 protected:
  /// Called for every new route; an application puts it into its table.
  virtual void add(detail::RouteDeclaration declaration);
  /// The path of a route: prefix and own path. Errors: SetupError if it cannot be a pattern.
  [[nodiscard]] virtual std::string full_path(std::string_view prefix, std::string_view path,
                                              SourceLocation where) const;
  [[nodiscard]] const std::vector<detail::RouteDeclaration>& declarations() const noexcept { return declarations_; }

 private:
  friend class routing::Decorator;
  [[nodiscard]] detail::RouteDeclaration declare(http::MethodSet methods, std::string_view path, RouteOptions options,
                                                 SourceLocation where) const;
  routing::Decorator route(http::MethodSet methods, std::string_view path, RouteOptions options, SourceLocation where);
  template <auto Function>
  void named(http::MethodSet methods, std::string_view path, RouteOptions&& options, SourceLocation where) {
    add_named(route(methods, path, std::move(options), where), detail::function_name<Function>(),
              detail::make_handler(Function));
  }
  static void add_named(routing::Decorator decorator, std::string_view name,
                        std::unique_ptr<const detail::Handler> handler);
  void mount_handler(std::string_view prefix, std::unique_ptr<const detail::Handler> handler, SourceLocation where);

  RouterOptions router_options_;
  std::vector<detail::RouteDeclaration> declarations_;
};

/// Requests that the application sends instead of answering: callbacks of a route, and `App::webhooks`. They appear
/// only in the document; their handlers are never called, but describe what a receiver takes and returns:
/// ```
/// OutgoingRouter callbacks;
/// callbacks.post<invoice_paid>("{$request.body.callback_url}/invoices/{$request.body.id}");
/// app.post<create_invoice>("/invoices", {.callbacks = callbacks});
/// ```
/// A path is a runtime expression of OpenAPI, or a webhook's name.
class OutgoingRouter final : public Router {
 public:
  using Router::declarations;
  using Router::Router;

 protected:
  void add(detail::RouteDeclaration declaration) override;
  [[nodiscard]] std::string full_path(std::string_view prefix, std::string_view path,
                                      SourceLocation where) const override;
};

}  // namespace serval
