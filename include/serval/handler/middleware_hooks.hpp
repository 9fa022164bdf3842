// SPDX-License-Identifier: MIT
// The hooks that a type may have as a middleware; hooks that would never be called are refused.
#pragma once

#include <concepts>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include <serval/handler/middleware.hpp>

namespace serval::detail {

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
concept HasPrepareHandler = requires(M& m, Request& request) {
  { m.prepare_handler(request) } -> NothingOrPending;
};
template <class M>
concept HasAfterHandler = requires(M& m, const Request& request, Response& response) {
  { m.after_handler(request, response) } -> NothingOrPending;
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

template <class M>
concept HasServes = requires(M& m, const ServedRoute& route) {
  m.serves(route);
};

template <class M>
concept HasDescribe = requires(M& m, const ServedRoute& route, json& operation) {
  m.describe(route, operation);
};

struct HookNames {
  int before, prepare_handler, before_handler, around, after_handler, after, finished;
  int trust_proxies, log_requests, serving, serves, describe;
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
        HasPrepareHandler<M> || requires { &Both::prepare_handler; },
        "serval: a middleware's prepare_handler takes Request& and returns http::Pending or nothing");
    static_assert(
        HasAfterHandler<M> || requires { &Both::after_handler; },
        "serval: a middleware's after_handler takes const Request& and Response& and returns http::Pending or nothing");
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
    static_assert(
        HasServes<M> || requires { &Both::serves; }, "serval: a middleware's serves takes const ServedRoute&");
    static_assert(
        HasDescribe<M> || requires { &Both::describe; },
        "serval: a middleware's describe takes const ServedRoute& and json&");
  }
  static_assert(HasBefore<M> || HasPrepareHandler<M> || HasBeforeHandler<M> || HasAround<M> || HasAfterHandler<M> ||
                    HasAfter<M> || HasFinished<M> || IsAround<M>,
                "serval: a middleware has one or more of the hooks before, before_handler, around, after and finished, "
                "or is a coroutine, Task<void>(Request&, Response&, Next)");
  return true;
}

}  // namespace serval::detail
