// SPDX-License-Identifier: MIT
// The decorator that `router.get(path)` returns, and the declaration of a route that it makes from a handler.
#pragma once

#include <concepts>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <serval/app/route_options.hpp>
#include <serval/base/source_location.hpp>
#include <serval/handler/service.hpp>
#include <serval/http/method.hpp>
#include <serval/params/bind.hpp>

namespace serval {

class Router;

namespace detail {

/// A route as it was declared, not yet part of an application.
struct RouteDeclaration {
  http::MethodSet methods;
  std::string path;  // with the prefixes of its routers
  RouteOptions options;
  std::string function_name;  // empty for a lambda
  std::shared_ptr<const Handler> handler;
  SourceLocation where;
  bool is_mount = false;
  bool is_web_socket = false;
  const http::Service* service = nullptr;  // of a mounted application
};

/// A handler that cannot be copied, shared between its route and further decorators.
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
inline constexpr bool is_blocking<SharedFunction<F>> = is_blocking<F>;

template <class F>
std::unique_ptr<const Handler> make_handler(F function) {
  if constexpr (requires { typename Signature<F>::Return; }) {
    static_assert(require_complete<typename Signature<F>::Return>());
    // Not make_shared: that would generate code for each handler, and the routes share it later anyway.
    return std::unique_ptr<const Handler>(new TypedHandler<F>(std::move(function)));
  } else {
    return nullptr;  // Signature has already reported why
  }
}

}  // namespace detail

}  // namespace serval

namespace serval::routing {

/// The return value of `router.get(path)`: call it with a handler to register the route. It returns the handler, so
/// that decorators can be stacked: `app.get("/a")(app.get("/b")(handler))`.
class Decorator {
 public:
  Decorator(const Decorator&) = delete;
  Decorator& operator=(const Decorator&) = delete;
  ~Decorator();

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
  friend class serval::Router;
  Decorator(Router& router, detail::RouteDeclaration declaration);
  void add(std::unique_ptr<const detail::Handler> handler);

  Router& router_;
  detail::RouteDeclaration declaration_;
};

}  // namespace serval::routing
