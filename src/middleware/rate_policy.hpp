// SPDX-License-Identifier: MIT
// A rate limit as numbers and texts: the generic cell rate algorithm, the header fields, the error. No I/O.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include <serval/http/http_error.hpp>
#include <serval/middleware/rate_limit.hpp>

namespace serval::detail {

/// Thread safety: constant after construction.
class RatePolicy {
 public:
  using Nanoseconds = std::chrono::nanoseconds;

  /// Errors: SetupError that names `who` for options out of range.
  RatePolicy(const RateLimitOptions& options, std::string_view who);

  struct Decision {
    Nanoseconds due;  // the "theoretical arrival time" to keep for the key
    RateLimitResult result;
  };
  /// Decides about a request at `now`. `due`: what was kept for its key, or any time in the past.
  [[nodiscard]] Decision decide(Nanoseconds due, Nanoseconds now) const noexcept;
  /// How far `due` can be ahead of the time at which it is kept.
  [[nodiscard]] Nanoseconds longest() const noexcept { return interval_ * burst_; }
  /// The answer for a request that lost against too many others.
  [[nodiscard]] RateLimitResult contended() const noexcept {
    return {.is_allowed = false, .remaining = 0, .wait = std::chrono::seconds(1)};
  }

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  /// Adds the fields of the limit.
  void describe(const RateLimitResult& result, http::Headers& fields) const;
  /// The error for a request that is not allowed: 429 with `retry-after`.
  [[nodiscard]] HttpError refusal(const RateLimitResult& result) const;
  /// The same with the fields of the limit.
  [[nodiscard]] HttpError described_refusal(const RateLimitResult& result) const;

  /// Keeps a result for the `after` of a middleware.
  void note(const RateLimitResult& result, Request& request) const;
  /// Adds the fields for the result that was kept, if there is one.
  void describe_noted(const Request& request, http::Headers& fields) const;

 private:
  [[nodiscard]] HttpError refusal_with(http::Headers fields, const RateLimitResult& result) const;

  std::string name_;
  std::int64_t burst_;
  Nanoseconds interval_;
  Nanoseconds tolerance_;
  std::string policy_field_;
  std::string problem_;       // JSON
  std::string legacy_limit_;  // empty: no legacy fields
};

}  // namespace serval::detail
