// SPDX-License-Identifier: MIT
// A middleware of any type: its hooks, and its position among others. <serval/handler/make_middleware.hpp> makes one
// from a type.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <serval/base/source_location.hpp>
#include <serval/base/task_fwd.hpp>
#include <serval/handler/finished.hpp>
#include <serval/handler/pending.hpp>
#include <serval/http/method.hpp>
#include <serval/http/request.hpp>
#include <serval/http/response.hpp>
#include <serval/json/json.hpp>

namespace serval::http {
class Host;
}  // namespace serval::http

namespace serval {

namespace detail {
class Onion;
}  // namespace detail

/// The position of a middleware among the others of its level, outermost first. A type sets it with a member
/// `static constexpr Stage stage = Stage::cors;`. Default: `application`. Within a stage, the one that is added first
/// is outermost.
enum class Stage : std::uint8_t {
  request_id,
  access_log,
  forwarded,
  load_shedding,
  trusted_hosts,
  https_redirect,
  security_headers,
  cors,
  rate_limit,
  csrf,
  compression,
  conditional,
  response_cache,
  sessions,
  idempotency,
  application,
};

/// The part inside an `around`: `co_await next()` runs it; afterwards the `Response&` is the response.
/// Errors: exceptions of the handler; `std::logic_error` if it is called a second time. Lifetime: valid during the call
/// of `around`.
class Next {
 public:
  [[nodiscard]] detail::Task<void> operator()() const;

 private:
  friend class detail::Onion;
  Next(detail::Onion& onion, std::size_t depth) noexcept : onion_(&onion), depth_(depth) {}
  detail::Onion* onion_;
  std::size_t depth_;
};

/// A route that a middleware serves: the argument of its `serves` and `describe`. Lifetime: valid during the call.
struct ServedRoute {
  std::string_view label;    ///< method and path, "GET /items/{item_id}", for messages
  std::string_view pattern;  ///< as `Request::route`
  http::MethodSet methods;   ///< the methods of the route; for `describe`, the one of the operation
  bool is_web_socket;        ///< whether it is a handshake for a WebSocket
  bool is_secured;           ///< whether one of its dependencies has security requirements
  /// The request fields that its `Header` and `Cookie` parameters read: in lower case, sorted, each once.
  std::vector<std::string> fields{};
  /// The same of its security schemes, as the document describes them.
  std::vector<std::string> credential_fields{};
  SourceLocation where;  ///< where it was declared
};

namespace routing {
class Middleware;
}

namespace detail {

/// Neither a middleware of any type nor a list of them.
template <class M>
concept UnwrappedMiddleware =
    std::is_class_v<M> && !std::same_as<M, routing::Middleware> && !requires(const M& object) {
  object.begin();
};

/// The hooks of one type of middleware; null for those that it does not have.
struct MiddlewareOps {
  std::optional<Response> (*before)(void* self, Request& request);
  http::Pending (*prepare_handler)(void* self, Request& request);
  std::optional<Response> (*before_handler)(void* self, Request& request);
  http::Pending (*after_handler)(void* self, const Request& request, Response& response);
  Task<void> (*around)(void* self, Request& request, Response& response, Next next);
  http::Pending (*after)(void* self, const Request& request, Response& response);
  void (*finished)(void* self, const Request& request, const Finished& how);
  void (*trust_proxies)(void* self, const std::vector<std::string>& proxies);
  void (*log_requests)(void* self, bool is_wanted);
  void (*serving)(void* self, const std::shared_ptr<http::Host>& host);
  void (*serves)(void* self, const ServedRoute& route);
  void (*describe)(void* self, const ServedRoute& route, json& operation);
};

}  // namespace detail

namespace routing {

/// A middleware of any type, see `serval::middleware`. Copies share the one object.
class Middleware {
 public:
  Middleware(std::shared_ptr<void> object, const detail::MiddlewareOps& ops, Stage stage, std::string name)
      : object_(std::move(object)), ops_(&ops), stage_(stage), name_(std::move(name)) {}
  /// Only for its message: an object has to be wrapped.
  template <class M>
  requires detail::UnwrappedMiddleware<std::remove_cvref_t<M>> Middleware(M&&) {
    static_assert(
        std::is_void_v<M>,
        "serval: the middleware of a route or router has to be wrapped: {.middleware = {middleware(object)}}");
  }

  [[nodiscard]] void* object() const noexcept { return object_.get(); }
  [[nodiscard]] const std::shared_ptr<void>& shared_object() const noexcept { return object_; }
  [[nodiscard]] const detail::MiddlewareOps& ops() const noexcept { return *ops_; }
  [[nodiscard]] Stage stage() const noexcept { return stage_; }
  /// The name of the type, for messages and `--middleware`.
  [[nodiscard]] const std::string& name() const noexcept { return name_; }

 private:
  std::shared_ptr<void> object_;
  const detail::MiddlewareOps* ops_;
  Stage stage_;
  std::string name_;
};

}  // namespace routing
}  // namespace serval
