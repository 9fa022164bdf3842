// SPDX-License-Identifier: MIT
// `middleware(object)`: finds the hooks of a type, and refuses hooks that would never be called.
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

namespace serval {

namespace detail {

template <class T>
concept AnswerOrNothing = std::is_void_v<T> || std::convertible_to<T, std::optional<Response>>;
template <class T>
concept NothingOrPending = std::is_void_v<T> || std::same_as<T, http::Pending>;

template <class M>
concept HasBefore = requires(M& m, Request& request) {
  { m.before(request) } -> AnswerOrNothing;
};
template <class M>
concept HasBeforeHandler = requires(M& m, Request& request) {
  { m.before_handler(request) } -> AnswerOrNothing;
};
template <class M>
concept HasAround = requires(M& m, Request& request, Response& response, Next next) {
  { m.around(request, response, next) } -> std::same_as<Task<void>>;
};
template <class M>
concept IsAround = requires(M& m, Request& request, Response& response, Next next) {
  { m(request, response, next) } -> std::same_as<Task<void>>;
};
template <class M>
concept HasAfter = requires(M& m, const Request& request, Response& response) {
  { m.after(request, response) } -> NothingOrPending;
};
template <class M>
concept HasFinished = requires(M& m, const Request& request, const Finished& how) {
  m.finished(request, how);
};
template <class M>
concept HasTrustProxies = requires(M& m, const std::vector<std::string>& proxies) {
  m.trust_proxies(proxies);
};
template <class M>
concept HasLogRequests = requires(M& m, bool is_wanted) {
  m.log_requests(is_wanted);
};
template <class M>
concept HasServing = requires(M& m, const std::shared_ptr<http::Host>& host) {
  m.serving(host);
};

struct HookNames {
  int before, before_handler, around, after, finished, trust_proxies, log_requests, serving;
};
/// If a type has a member with such a name, the name is ambiguous here.
template <class M>
struct WithHookNames : M, HookNames {};

/// Refuses a member with the name of a hook that would never be called, since it takes or returns something else.
template <class M>
constexpr bool has_only_hooks() {
  if constexpr (std::is_class_v<M> && !std::is_final_v<M>) {
    using Both = WithHookNames<M>;
    static_assert(
        HasBefore<M> || requires { &Both::before; },
        "serval: a middleware's before takes Request& and returns std::optional<Response> or nothing");
    static_assert(
        HasBeforeHandler<M> || requires { &Both::before_handler; },
        "serval: a middleware's before_handler takes Request& and returns std::optional<Response> or nothing");
    static_assert(
        HasAround<M> || requires { &Both::around; },
        "serval: a middleware's around takes Request&, Response& and Next and returns Task<void>");
    static_assert(
        HasAfter<M> || requires { &Both::after; },
        "serval: a middleware's after takes const Request& and Response& and returns nothing");
    static_assert(
        HasFinished<M> || requires { &Both::finished; },
        "serval: a middleware's finished takes const Request& and const Finished&");
    static_assert(
        HasTrustProxies<M> || requires { &Both::trust_proxies; },
        "serval: a middleware's trust_proxies takes const std::vector<std::string>&");
    static_assert(
        HasLogRequests<M> || requires { &Both::log_requests; }, "serval: a middleware's log_requests takes bool");
    static_assert(
        HasServing<M> || requires { &Both::serving; },
        "serval: a middleware's serving takes const std::shared_ptr<http::Host>&");
  }
  static_assert(HasBefore<M> || HasBeforeHandler<M> || HasAround<M> || HasAfter<M> || HasFinished<M> || IsAround<M>,
                "serval: a middleware has one or more of the hooks before, before_handler, around, after and finished, "
                "or is a coroutine, Task<void>(Request&, Response&, Next)");
  return true;
}

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

template <class M>
struct MiddlewareOf {
  static M& self(void* object) { return *static_cast<M*>(object); }

  static std::optional<Response> before(void* object, Request& request) requires HasBefore<M> {
    return answer_of([&] { return self(object).before(request); });
  }
  static std::optional<Response> before_handler(void* object, Request& request) requires HasBeforeHandler<M> {
    return answer_of([&] { return self(object).before_handler(request); });
  }
  static auto around(void* object, Request& request, Response& response, Next next) requires HasAround<M> {
    return self(object).around(request, response, next);
  }
  static auto call(void* object, Request& request, Response& response, Next next) requires IsAround<M> {
    return self(object)(request, response, next);
  }
  static http::Pending after(void* object, const Request& request, Response& response) requires HasAfter<M> {
    if constexpr (std::is_void_v<decltype(self(object).after(request, response))>) {
      self(object).after(request, response);
      return {};
    } else {
      return self(object).after(request, response);
    }
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

  static constexpr MiddlewareOps make_ops() {
    MiddlewareOps found{};
    if constexpr (HasBefore<M>) found.before = &before;
    if constexpr (HasBeforeHandler<M>) found.before_handler = &before_handler;
    if constexpr (IsAround<M>) found.around = &call;
    if constexpr (HasAround<M>) found.around = &around;
    if constexpr (HasAfter<M>) found.after = &after;
    if constexpr (HasFinished<M>) found.finished = &finished;
    if constexpr (HasTrustProxies<M>) found.trust_proxies = &trust_proxies;
    if constexpr (HasLogRequests<M>) found.log_requests = &log_requests;
    if constexpr (HasServing<M>) found.serving = &serving;
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
/// void after(const Request&, Response&);                // every response, before its head is sent
/// void finished(const Request&, const Finished&);       // after the last byte
/// ```
/// or is a function, `[](Request&, Response&, Next next) -> Task<void> { co_await next(); }`. The first two may also
/// return nothing; `after` may return `http::Pending` if it sometimes has to wait. Besides these it may have
/// `void serving(const std::shared_ptr<http::Host>&)`, which is called once for each server and test client before it
/// serves, `#include <serval/handler/host.hpp>`; keep the host only weakly. An exception of it ends the start. If it
/// believes proxies, it may have `void trust_proxies(const std::vector<std::string>&)`, which `App::run` calls before
/// it serves if the operator lists the proxies (`--forwarded-allow-ips`). If it logs every request, so that the server
/// need not, it has `void log_requests(bool)`: `App::run` calls it if the operator says whether requests are logged
/// (`--access-log`, `--no-access-log`). Thread safety: several event loops call the one object at once;
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
