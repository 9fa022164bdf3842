// SPDX-License-Identifier: MIT
// `middleware(object)`: a middleware of any type, with the hooks that the type has.
#pragma once

#include <concepts>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <serval/base/source_location.hpp>
#include <serval/handler/middleware.hpp>
#include <serval/handler/middleware_hooks.hpp>

namespace serval {

namespace detail {

/// The result of a hook that may return nothing.
template <class Call>
std::optional<Response> answer_of(Call call) {
  if constexpr (std::is_void_v<decltype(call())>) {
    call();
    return std::nullopt;
  } else {
    return call();
  }
}

/// The same for a hook that may have to wait.
template <class Call>
http::Pending pending_of(Call call) {
  if constexpr (std::is_void_v<decltype(call())>) {
    call();
    return {};
  } else {
    return call();
  }
}

template <class M>
struct MiddlewareOf {
  static M& self(void* object) { return *static_cast<M*>(object); }

  static std::optional<Response> before(void* object, Request& request) requires HasBefore<M> {
    return answer_of([&] { return self(object).before(request); });
  }
  static std::optional<Response> before_handler(void* object, Request& request) requires HasBeforeHandler<M> {
    return answer_of([&] { return self(object).before_handler(request); });
  }
  static http::Pending prepare_handler(void* object, Request& request) requires HasPrepareHandler<M> {
    return pending_of([&] { return self(object).prepare_handler(request); });
  }
  static http::Pending after_handler(void* object, const Request& request,
                                     Response& response) requires HasAfterHandler<M> {
    return pending_of([&] { return self(object).after_handler(request, response); });
  }
  static auto around(void* object, Request& request, Response& response, Next next) requires HasAround<M> {
    return self(object).around(request, response, next);
  }
  static auto call(void* object, Request& request, Response& response, Next next) requires IsAround<M> {
    return self(object)(request, response, next);
  }
  static http::Pending after(void* object, const Request& request, Response& response) requires HasAfter<M> {
    return pending_of([&] { return self(object).after(request, response); });
  }
  static void finished(void* object, const Request& request, const Finished& how) requires HasFinished<M> {
    self(object).finished(request, how);
  }
  static void trust_proxies(void* object, const std::vector<std::string>& proxies) requires HasTrustProxies<M> {
    self(object).trust_proxies(proxies);
  }
  static void log_requests(void* object, bool is_wanted) requires HasLogRequests<M> {
    self(object).log_requests(is_wanted);
  }
  static void serving(void* object, const std::shared_ptr<http::Host>& host) requires HasServing<M> {
    self(object).serving(host);
  }
  static void serves(void* object, const ServedRoute& route) requires HasServes<M> { self(object).serves(route); }
  static void describe(void* object, const ServedRoute& route, json& operation) requires HasDescribe<M> {
    self(object).describe(route, operation);
  }

  static constexpr MiddlewareOps make_ops() {
    MiddlewareOps found{};
    if constexpr (HasBefore<M>) found.before = &before;
    if constexpr (HasPrepareHandler<M>) found.prepare_handler = &prepare_handler;
    if constexpr (HasBeforeHandler<M>) found.before_handler = &before_handler;
    if constexpr (HasAfterHandler<M>) found.after_handler = &after_handler;
    if constexpr (IsAround<M>) found.around = &call;
    if constexpr (HasAround<M>) found.around = &around;
    if constexpr (HasAfter<M>) found.after = &after;
    if constexpr (HasFinished<M>) found.finished = &finished;
    if constexpr (HasTrustProxies<M>) found.trust_proxies = &trust_proxies;
    if constexpr (HasLogRequests<M>) found.log_requests = &log_requests;
    if constexpr (HasServing<M>) found.serving = &serving;
    if constexpr (HasServes<M>) found.serves = &serves;
    if constexpr (HasDescribe<M>) found.describe = &describe;
    return found;
  }
  static constexpr MiddlewareOps ops = make_ops();

  static constexpr Stage stage() {
    if constexpr (requires { M::stage; }) {
      return M::stage;
    } else {
      return Stage::application;
    }
  }
};

/// The compiler's name for a type; empty for a type without a name.
template <class T>
constexpr std::string_view pretty_middleware() {
  return std::is_class_v<T> ? __PRETTY_FUNCTION__ : std::string_view();
}

/// The readable name of a type, from the compiler's name; for a lambda or a function, its place in the code.
[[nodiscard]] std::string middleware_name(std::string_view pretty_type, SourceLocation where);

}  // namespace detail

/// A middleware for a router or a route, `{.middleware = {middleware(RateLimit({.limit =
/// 100}))}}`; an application takes the object directly, `app.use(RateLimit({.limit = 100}))`. Its type has one or more
/// of these members:
/// ```
/// std::optional<Response> before(Request&);             // the head has arrived; may answer
/// std::optional<Response> before_handler(Request&);     // all arguments are valid; may answer
/// Task<void> around(Request&, Response&, Next next);    // co_await next() runs dependencies and handler
/// http::Pending prepare_handler(Request&);              // the dependencies have been called; may wait
/// void after_handler(const Request&, Response&);        // the response to a request that passed one of the two above
/// void after(const Request&, Response&);                // every response, before its head is sent
/// void finished(const Request&, const Finished&);       // after the last byte
/// ```
/// or is a function, `[](Request&, Response&, Next next) -> Task<void> { co_await next(); }`. `before`,
/// `before_handler` and `prepare_handler` may also return nothing; `after` and `after_handler` may return
/// `http::Pending` if they sometimes have to wait. If the client leaves or the request exceeds its deadline, their wait
/// is cancelled only 5 s later, so that what they write does not depend on the client. Besides these it may have `void
/// serving(const std::shared_ptr<http::Host>&)`, which is called once for each server and test client before it serves,
/// `#include <serval/handler/host.hpp>`; keep the host only weakly. An exception of it ends the start. `void
/// serves(const ServedRoute&)` is called for each route that it serves before anything is served, and may throw a
/// SetupError. `void describe(const ServedRoute&, json& operation)` is called when the document is made, for each
/// operation of a route that it serves, and may change it; `openapi_extra` of the route comes later. If it believes
/// proxies, it may have `void trust_proxies(const std::vector<std::string>&)`, which `App::run` calls before it serves
/// if the operator lists the proxies (`--forwarded-allow-ips`). If it logs every request, so that the server need not,
/// it has `void log_requests(bool)`: `App::run` calls it if the operator says whether requests are logged
/// (`--access-log`, `--no-access-log`). If arguments of handlers need it, it may have `static constexpr bool
/// is_provided = true;`, see `App::use`. Thread safety: several event loops call the one object at once;
/// `before_handler` of a blocking route is called by a thread of the pool.
template <class M>
[[nodiscard]] routing::Middleware middleware(M object, SourceLocation where = SourceLocation::current()) {
  if constexpr (std::same_as<M, routing::Middleware>) {
    return object;
  } else {
    static_assert(detail::has_only_hooks<M>());
    return {std::make_shared<M>(std::move(object)), detail::MiddlewareOf<M>::ops, detail::MiddlewareOf<M>::stage(),
            detail::middleware_name(detail::pretty_middleware<M>(), where)};
  }
}

}  // namespace serval
