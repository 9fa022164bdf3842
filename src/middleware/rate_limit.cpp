// SPDX-License-Identifier: MIT
#include <serval/middleware/rate_limit.hpp>

#include <utility>

#include "middleware/rate_policy.hpp"
#include "middleware/rate_table.hpp"

namespace serval {

struct RateLimiter::State {
  State(RateLimitOptions options, std::string_view who)
      : policy(options, who),
        table(options.max_keys),
        key(options.key ? std::move(options.key) : RateLimitKey(client_network)),
        clock(std::move(options.clock)) {}

  [[nodiscard]] RateLimitResult take(std::string_view of) {
    return table.take(policy, of, clock ? clock() : std::chrono::steady_clock::now().time_since_epoch());
  }

  const detail::RatePolicy policy;
  detail::RateTable table;
  const RateLimitKey key;
  const std::function<std::chrono::nanoseconds()> clock;
};

RateLimiter::RateLimiter(RateLimitOptions options) : RateLimiter(std::move(options), "RateLimiter") {}
RateLimiter::RateLimiter(RateLimitOptions options, std::string_view who)
    : state_(std::make_shared<State>(std::move(options), who)) {}

RateLimitResult RateLimiter::take(std::string_view key) { return state_->take(key); }

void RateLimiter::require(std::string_view key, Response& response) {
  const RateLimitResult result = take(key);
  if (result.is_allowed) return state_->policy.describe(result, response.headers());
  throw state_->policy.described_refusal(result);
}

RateLimit::RateLimit(RateLimitOptions options) : limiter_(std::move(options), "RateLimit") {}

std::optional<Response> RateLimit::before(Request& request) {
  RateLimiter::State& limit = *limiter_.state_;
  const std::optional<std::string> key = limit.key(request);
  if (!key) return std::nullopt;
  const RateLimitResult result = limit.take(*key);
  limit.policy.note(result, request);
  if (!result.is_allowed) throw limit.policy.refusal(result);
  return std::nullopt;
}

void RateLimit::after(const Request& request, Response& response) {
  limiter_.state_->policy.describe_noted(request, response.headers());
}

}  // namespace serval
