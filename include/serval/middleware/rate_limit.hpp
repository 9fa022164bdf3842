// SPDX-License-Identifier: MIT
// Limits how many requests each client may send, in the memory of this process.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <serval/handler/middleware.hpp>
#include <serval/middleware/rate_limit_key.hpp>

namespace serval {

/// The options of a rate limit.
struct RateLimitOptions {
  /// How many requests of a key pass in each `window`; at least 1. Default and 0: a SetupError.
  std::uint32_t limit = 0;
  /// The time for `limit` requests: 1 second to 366 days. Quota returns evenly: with 100 in 60 s, one request each 0.6
  /// s. Default 60 s; 0 is a SetupError.
  std::chrono::seconds window{60};
  /// How many requests may come at once after a pause. Default and 0: `limit`.
  std::uint32_t burst = 0;
  /// Whom the limit counts; only middleware uses it. Default: `client_network`.
  RateLimitKey key{};
  /// The name of the policy in the fields and errors: 1 to 64 letters, digits, '_' and '-'. Give several limits of a
  /// request different names.
  std::string name = "default";
  /// Whether responses also have `x-ratelimit-limit`, `x-ratelimit-remaining` and `x-ratelimit-reset` (seconds).
  /// Default: no.
  bool legacy = false;
  /// The most keys in memory; beyond it, the key whose last request is the longest time ago is forgotten, and with it
  /// what it has used. Default 100 000, which need about 6 MB; 0 is a SetupError.
  std::size_t max_keys = 100'000;
  /// The time since any fixed moment; tests set another clock. Default: the steady clock, for a shared limit the
  /// system's.
  std::function<std::chrono::nanoseconds()> clock{};
};

/// The result of one request for a rate limit.
struct RateLimitResult {
  bool is_allowed = true;        ///< whether the request is within the limit; only then it was counted
  std::uint32_t remaining = 0;   ///< how many more requests would pass now
  std::chrono::seconds wait{0};  ///< the time until one more would pass, rounded up; 0: the quota is full
  bool is_known = true;          ///< false: the store of a shared limit failed, and the request passes uncounted
};

/// A rate limit for handlers and dependencies, for keys that are known only there, such as the user:
/// ```
/// app.provide(RateLimiter({.limit = 10, .window = 60s, .name = "user"}));
/// void limit_user(Depends<current_user> user, State<RateLimiter> limiter, Response& response) {
///   limiter->require(user->name, response);
/// }
/// ```
/// It is the generic cell rate algorithm (GCRA), a leaky bucket. Errors: SetupError of the constructor for options out
/// of range. Copies share their counts. Thread safety: all of it; counts are exact.
class RateLimiter {
 public:
  explicit RateLimiter(RateLimitOptions options);

  /// Counts a request if the limit allows it.
  [[nodiscard]] RateLimitResult take(std::string_view key);
  /// The same, with the fields of the limit in the response. Errors: HttpError 429 as that of `RateLimit`, if the limit
  /// does not allow the request.
  void require(std::string_view key, Response& response);

 private:
  friend class RateLimit;
  RateLimiter(RateLimitOptions options, std::string_view who);

  struct State;
  std::shared_ptr<State> state_;
};

/// `app.use(RateLimit({.limit = 100, .window = 60s, .burst = 20}));`, or for a router or route `{.middleware =
/// {middleware(RateLimit({...}))}}`: requests beyond the limit get 429 with `retry-after` before their body is read.
/// All responses have the fields `ratelimit-policy: "default";q=100;w=60` and `ratelimit: "default";r=19;t=1`: 19 more
/// requests pass now, and one more of them after a second. The error is of the problem type "quota-exceeded". A request
/// needs no lock that others wait for long, and no coroutine; for several processes see `SharedRateLimit`.
/// Errors: as `RateLimiter`. Source: draft-ietf-httpapi-ratelimit-headers-10.
class RateLimit {
 public:
  static constexpr Stage stage = Stage::rate_limit;

  explicit RateLimit(RateLimitOptions options);

  [[nodiscard]] std::optional<Response> before(Request& request);
  void after(const Request& request, Response& response);

 private:
  RateLimiter limiter_;
};

}  // namespace serval
