// SPDX-License-Identifier: MIT
// Limits how many requests each client may send to several processes that share a store.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <serval/base/task_fwd.hpp>
#include <serval/handler/middleware.hpp>
#include <serval/middleware/rate_limit.hpp>
#include <serval/store/store.hpp>

namespace serval {

/// As `RateLimiter`, with counts in a store, `SharedRateLimiter limiter(store, {.limit = 10, .window = 60s})`. The
/// processes need the same options and clocks that agree; `max_keys` does not apply. If the store fails, requests pass
/// and are counted as failures, so that a lost store does not stop the service. A request that loses against others for
/// its key 16 times in a row is refused, since all of those were counted.
/// Errors: SetupError of the constructor for options out of range. Lifetime: the store outlives it and its tasks.
/// Copies share the count of failures. Thread safety: all of it.
class SharedRateLimiter {
 public:
  SharedRateLimiter(Store& store, RateLimitOptions options);

  /// Counts a request if the limit allows it. Errors: only those of a cancelled task.
  [[nodiscard]] detail::Task<RateLimitResult> take(std::string key);
  /// The same, with the fields of the limit in the response. Errors: also HttpError 429 if the limit does not allow the
  /// request. Lifetime: the response outlives the task.
  [[nodiscard]] detail::Task<void> require(std::string key, Response& response);
  /// How many requests passed because the store failed.
  [[nodiscard]] std::uint64_t failures() const noexcept;

 private:
  friend class SharedRateLimit;
  SharedRateLimiter(Store& store, RateLimitOptions options, std::string_view who);

  struct State;
  std::shared_ptr<State> state_;
};

/// `app.use(SharedRateLimit(store, {.limit = 100, .window = 60s}));`: as `RateLimit`, with counts in a store. It waits
/// for the store in `around`: after the body of a request has arrived, and before dependencies that need the body and
/// the handler. To refuse requests before their body is read, use a `SharedRateLimiter` in a dependency. Errors,
/// lifetime: as `SharedRateLimiter`.
class SharedRateLimit {
 public:
  static constexpr Stage stage = Stage::rate_limit;

  SharedRateLimit(Store& store, RateLimitOptions options);

  [[nodiscard]] detail::Task<void> around(Request& request, Response& response, Next next);
  void after(const Request& request, Response& response);
  /// How many requests passed because the store failed.
  [[nodiscard]] std::uint64_t failures() const noexcept { return limiter_.failures(); }

 private:
  SharedRateLimiter limiter_;
};

}  // namespace serval
