// SPDX-License-Identifier: MIT
// Where routes are declared: `router.get("/items/{id}")(handler)`. An application is a router that serves.
#pragma once

#include <concepts>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <serval/app/route_options.hpp>
#include <serval/base/source_location.hpp>
#include <serval/handler/service.hpp>
#include <serval/http/method.hpp>
#include <serval/params/bind.hpp>
#include <serval/schema/reflect.hpp>

namespace serval {

class Router;

namespace detail {

/// A route as it was declared, not yet part of an application.
struct RouteDeclaration {
  MethodSet methods;
  std::string path;  // with the prefixes of its routers
  RouteOptions options;
  std::string function_name;  // empty for a lambda
  std::shared_ptr<const Handler> handler;
  SourceLocation where;
  bool is_mount = false;
  const Service* service = nullptr;  // of a mounted application
};

/// A handler that cannot be copied, shared between its route and whoever decorates it further.
template <class F>
class SharedFunction {
 public:
  explicit SharedFunction(F function) : function_(std::make_shared<const F>(std::move(function))) {}
  template <class... As>
  decltype(auto) operator()(As&&... arguments) const {
    return (*function_)(std::forward<As>(arguments)...);
  }

 private:
  std::shared_ptr<const F> function_;
};
template <class F>
struct Signature<SharedFunction<F>> : Signature<F> {};

template <class F>
std::shared_ptr<const Handler> make_handler(F function) {
  return std::make_shared<const TypedHandler<F>>(std::move(function));
}

/// The name of a function given as template argument.
template <auto Function>
constexpr std::string_view function_name() {
  constexpr std::string_view text = pretty<Function>();
  constexpr std::size_t begin = text.find("Value = ") + 8;
  std::string_view name = text.substr(begin, text.find_first_of(";]", begin) - begin);
  while (!name.empty() && !is_identifier(name.back())) name.remove_suffix(1);
  std::size_t start = name.size();
  while (start > 0 && is_identifier(name[start - 1])) --start;
  return name.substr(start);
}

}  // namespace detail

/// What `router.get(path)` gives back: call it with a handler to register the route. It returns the handler, so that
/// decorators can be stacked: `app.get("/a")(app.get("/b")(handler))`.
class Decorator {
 public:
  template <class F>
  auto operator()(F&& function) && {
    using Function = std::decay_t<F>;
    if constexpr (std::copy_constructible<Function>) {
      add(detail::make_handler<Function>(function));
      return Function(std::forward<F>(function));
    } else {
      detail::SharedFunction<Function> shared(std::forward<F>(function));
      add(detail::make_handler(shared));
      return shared;
    }
  }

 private:
  friend class Router;
  Decorator(Router& router, detail::RouteDeclaration declaration)
      : router_(router), declaration_(std::move(declaration)) {}
  void add(std::shared_ptr<const detail::Handler> handler);

  Router& router_;
  detail::RouteDeclaration declaration_;
};

/// A collection of routes, to be included in an application or another router.
/// Errors: registering throws `SetupError` that names the place: for a bad pattern or prefix, and, once the routes are
/// in an application, for a handler whose parameters do not fit the path and for two routes that take the same
/// requests. Thread safety: none; declare routes before the application serves.
class Router {
 public:
  Router() = default;
  explicit Router(RouterOptions options, SourceLocation where = SourceLocation::current());
  Router(const Router&) = default;
  Router& operator=(const Router&) = default;
  virtual ~Router() = default;

  /// `router.get("/items/{id}")(handler)`; the other methods alike.
  [[nodiscard]] Decorator get(std::string_view path, RouteOptions options = {},
                              SourceLocation where = SourceLocation::current()) {
    return route({Method::get}, path, std::move(options), where);
  }
  [[nodiscard]] Decorator post(std::string_view path, RouteOptions options = {},
                               SourceLocation where = SourceLocation::current()) {
    return route({Method::post}, path, std::move(options), where);
  }
  [[nodiscard]] Decorator put(std::string_view path, RouteOptions options = {},
                              SourceLocation where = SourceLocation::current()) {
    return route({Method::put}, path, std::move(options), where);
  }
  [[nodiscard]] Decorator patch(std::string_view path, RouteOptions options = {},
                                SourceLocation where = SourceLocation::current()) {
    return route({Method::patch}, path, std::move(options), where);
  }
  [[nodiscard]] Decorator delete_(std::string_view path, RouteOptions options = {},
                                  SourceLocation where = SourceLocation::current()) {
    return route({Method::delete_}, path, std::move(options), where);
  }
  [[nodiscard]] Decorator head(std::string_view path, RouteOptions options = {},
                               SourceLocation where = SourceLocation::current()) {
    return route({Method::head}, path, std::move(options), where);
  }
  [[nodiscard]] Decorator options(std::string_view path, RouteOptions options = {},
                                  SourceLocation where = SourceLocation::current()) {
    return route({Method::options}, path, std::move(options), where);
  }
  [[nodiscard]] Decorator trace(std::string_view path, RouteOptions options = {},
                                SourceLocation where = SourceLocation::current()) {
    return route({Method::trace}, path, std::move(options), where);
  }
  /// One handler for several methods: `api_route("/x", {Method::get, Method::post})(handler)`.
  [[nodiscard]] Decorator api_route(std::string_view path, MethodSet methods, RouteOptions options = {},
                                    SourceLocation where = SourceLocation::current()) {
    return route(methods, path, std::move(options), where);
  }

  /// `router.get<read_item>("/items/{id}")`: a function whose name becomes that of the route. The other methods alike.
  template <auto Function>
  void get(std::string_view path, RouteOptions options = {}, SourceLocation where = SourceLocation::current()) {
    named<Function>({Method::get}, path, std::move(options), where);
  }
  template <auto Function>
  void post(std::string_view path, RouteOptions options = {}, SourceLocation where = SourceLocation::current()) {
    named<Function>({Method::post}, path, std::move(options), where);
  }
  template <auto Function>
  void put(std::string_view path, RouteOptions options = {}, SourceLocation where = SourceLocation::current()) {
    named<Function>({Method::put}, path, std::move(options), where);
  }
  template <auto Function>
  void patch(std::string_view path, RouteOptions options = {}, SourceLocation where = SourceLocation::current()) {
    named<Function>({Method::patch}, path, std::move(options), where);
  }
  template <auto Function>
  void delete_(std::string_view path, RouteOptions options = {}, SourceLocation where = SourceLocation::current()) {
    named<Function>({Method::delete_}, path, std::move(options), where);
  }
  template <auto Function>
  void head(std::string_view path, RouteOptions options = {}, SourceLocation where = SourceLocation::current()) {
    named<Function>({Method::head}, path, std::move(options), where);
  }
  template <auto Function>
  void options(std::string_view path, RouteOptions options = {}, SourceLocation where = SourceLocation::current()) {
    named<Function>({Method::options}, path, std::move(options), where);
  }
  template <auto Function>
  void trace(std::string_view path, RouteOptions options = {}, SourceLocation where = SourceLocation::current()) {
    named<Function>({Method::trace}, path, std::move(options), where);
  }
  template <auto Function>
  void api_route(std::string_view path, MethodSet methods, RouteOptions options = {},
                 SourceLocation where = SourceLocation::current()) {
    named<Function>(methods, path, std::move(options), where);
  }

  /// Takes over all routes that `router` has now, under a further prefix and with further tags. The same router may be
  /// included several times.
  void include(const Router& router, IncludeOptions options = {}, SourceLocation where = SourceLocation::current());

  /// Hands every request under `prefix` that no route takes to `handler`, whatever its method. Within, the request's
  /// path is what follows the prefix, and the prefix stands at the end of its root path.
  template <class F>
  requires(!std::derived_from<F, Service>) void mount(std::string_view prefix, F handler,
                                                      SourceLocation where = SourceLocation::current()) {
    mount_handler(prefix, detail::make_handler(std::move(handler)), where);
  }
  /// A whole application under `prefix`, with answers, errors and limits of its own.
  /// Lifetime: it must outlive the one that it is mounted in.
  void mount(std::string_view prefix, const Service& application, SourceLocation where = SourceLocation::current());

 protected:
  /// Called for every new route; an application puts it into its table.
  virtual void add(detail::RouteDeclaration declaration);

 private:
  friend class Decorator;
  Decorator route(MethodSet methods, std::string_view path, RouteOptions options, SourceLocation where);
  template <auto Function>
  void named(MethodSet methods, std::string_view path, RouteOptions options, SourceLocation where) {
    add_named(methods, path, std::move(options), detail::function_name<Function>(), detail::make_handler(Function),
              where);
  }
  void add_named(MethodSet methods, std::string_view path, RouteOptions options, std::string_view name,
                 std::shared_ptr<const detail::Handler> handler, SourceLocation where);
  void mount_handler(std::string_view prefix, std::shared_ptr<const detail::Handler> handler, SourceLocation where);

  RouterOptions router_options_;
  std::vector<detail::RouteDeclaration> declarations_;
};

}  // namespace serval
