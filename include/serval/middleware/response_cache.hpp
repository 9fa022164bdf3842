// SPDX-License-Identifier: MIT
// Keeps responses for a short time, so that the handler is not called again for each request (RFC 9111).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <serval/base/task_fwd.hpp>
#include <serval/handler/middleware.hpp>

namespace serval {

class Store;

/// The options of a `ResponseCache`. Errors: SetupError for a time below 0 or above 100 years.
struct ResponseCacheOptions {
  /// How long a 200 is reused if it does not say so itself, by `s-maxage`, `max-age` or `expires`. Default 5 s; 0: only
  /// responses that say so are kept.
  std::chrono::milliseconds ttl = std::chrono::seconds(5);
  /// How long after that an old response is sent in place of a 5xx of the handler, unless the response itself says so
  /// by `stale-if-error`, or forbids it by `must-revalidate`, `proxy-revalidate` or `s-maxage`. Default and 0: never.
  std::chrono::milliseconds stale{0};
  /// The most bytes of all responses in memory; those that were not used for the longest time go. Default 64 MiB; 0 is
  /// a SetupError. It does not apply to a `store`.
  std::size_t bytes = 64 * 1024 * 1024;
  /// The largest body that is kept. Default 1 MiB; 0 is a SetupError.
  std::size_t max_body_bytes = 1024 * 1024;
  /// How long requests wait for another one that calls the handler for the same response; then the next one calls the
  /// handler itself. It should be below the deadline of the handler. Default 5 s; 0: they do not wait.
  std::chrono::milliseconds wait = std::chrono::seconds(5);
  /// Whom a response belongs to, besides what the cache looks at: a text that differs for users who get different
  /// responses. It is called after the dependencies, which may have left the user in `Request::state`. With it,
  /// requests with `authorization` and routes with security requirements are cached. Default: none.
  std::function<std::string(const Request&)> key{};
  /// Where responses are kept. Processes that use the same store share them. Default and null: in memory. Lifetime: it
  /// outlives the application.
  Store* store = nullptr;
  /// The time since any fixed moment; tests set another clock. Default: the system's.
  std::function<std::chrono::nanoseconds()> clock{};
};

/// `app.use(ResponseCache({.ttl = 5s}));`, or for a router or route `{.middleware = {middleware(cache)}}`: a GET or
/// HEAD is answered with the kept response to an equal GET, with `age`. It answers in the handler's place, after all
/// checks: dependencies are called, arguments are validated, and limits apply as for every request.
///
/// Requests are equal if scheme, host, path, query, `key`, and the request fields that `vary` of the response names,
/// are equal. Each of several requests that need the same response waits for the first one; if that one fails, the next
/// one calls the handler. A HEAD never fills the cache.
///
/// Not kept: responses to requests with `authorization` (unless there is a `key`), with a body, or with
/// `cache-control: no-store`; responses with `set-cookie`, with `cache-control: private`, `no-store` or `no-cache`,
/// with `vary: *`, larger ones, files and streams; statuses besides 200, except 203, 204, 300, 301, 308, 404 and 410
/// that say how long they may be kept. `no-cache` of a request is ignored, so that clients cannot make the handler
/// work. Nor are responses to requests whose session was taken, or others that are marked by
/// `http::mark_personal`.
/// Fields that `Header` and `Cookie` parameters of the route read count as named by `vary`. What the handler reads in
/// another way must be named: `response.add_vary("Cookie")`.
///
/// What `after` of middleware does is not kept; it is done for each response. A successful request with another method
/// than GET, HEAD, OPTIONS or TRACE that passes the cache removes the responses of its path, with all queries, and so
/// does `erase`. If the store fails, handlers are called as without a cache.
///
/// Errors: SetupError of the constructor for options out of range, and at the start for a route with security
/// requirements if there is no `key`. Copies share the cache. Thread safety: all of it. Source: RFC 9111, RFC 5861.
class ResponseCache {
 public:
  static constexpr Stage stage = Stage::response_cache;

  explicit ResponseCache(ResponseCacheOptions options = {});

  void serves(const ServedRoute& route);
  [[nodiscard]] http::Pending prepare_handler(Request& request);
  [[nodiscard]] std::optional<Response> before_handler(Request& request);
  [[nodiscard]] http::Pending after_handler(const Request& request, Response& response);

  /// Removes the responses of a path, with all queries and for all users: `co_await cache.erase("/items")`. The path is
  /// as in `Request::url`, with the root path and still encoded. Responses whose handlers run at the moment are not
  /// kept either. Errors: `std::invalid_argument` for a text that does not begin with "/"; those of the store.
  [[nodiscard]] detail::Task<void> erase(std::string path) const;

  /// How many requests were answered from the cache, old responses included.
  [[nodiscard]] std::uint64_t hits() const noexcept;
  /// How often the store failed.
  [[nodiscard]] std::uint64_t failures() const noexcept;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace serval
