// SPDX-License-Identifier: MIT
#include <serval/middleware/shared_rate_limit.hpp>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <exception>
#include <optional>
#include <utility>

#include <serval/base/task.hpp>

#include "middleware/rate_policy.hpp"
#include "middleware/stored_answer.hpp"

namespace serval {

namespace {

using std::chrono::nanoseconds;

/// What a store has for a key: `due` in nanoseconds. A text that is none counts as the past, and is replaced.
nanoseconds due_of(const std::string& text) {
  std::int64_t count = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), count);
  return nanoseconds(read.ec == std::errc() && read.ptr == text.data() + text.size() ? count : 0);
}

}  // namespace

struct SharedRateLimiter::State {
  State(Store& store_, RateLimitOptions options, std::string_view who)
      : store(store_),
        policy(options, who),
        key(options.key ? std::move(options.key) : RateLimitKey(client_network)),
        clock(std::move(options.clock)) {}

  [[nodiscard]] nanoseconds now() const {
    return clock ? clock() : nanoseconds(std::chrono::system_clock::now().time_since_epoch());
  }
  [[nodiscard]] std::string store_key(const std::string& of) const {
    const std::string prefix = "rate_limit:" + policy.name() + ":";
    return prefix + (of.size() <= 256 ? of : "hash:" + detail::hash_text(of));
  }

  /// Decides by what the store has, and tries to replace it. Errors: those of the store.
  static Task<RateLimitResult> take(std::shared_ptr<State> self, std::string of) {
    constexpr int most_tries = 16;
    const std::string in_store = self->store_key(of);
    for (int tries = 0; tries < most_tries; ++tries) {
      std::optional<std::string> found = co_await self->store.get(in_store);
      const nanoseconds now = self->now();
      // The clock of another process may have been wrong.
      const nanoseconds due = found ? std::min(due_of(*found), now + self->policy.longest()) : nanoseconds(0);
      const detail::RatePolicy::Decision decision = self->policy.decide(due, now);
      if (!decision.result.is_allowed) co_return decision.result;
      std::string text = std::to_string(decision.due.count());
      const auto ttl = std::chrono::ceil<std::chrono::milliseconds>(decision.due - now);
      bool is_kept = false;
      if (found) {
        is_kept = co_await self->store.compare_and_set(in_store, std::move(*found), std::move(text), ttl);
      } else {
        is_kept = co_await self->store.add(in_store, std::move(text), ttl);
      }
      if (is_kept) co_return decision.result;
    }
    co_return self->policy.contended();
  }

  /// The same; if the store fails, the request passes.
  static Task<RateLimitResult> take_or_pass(std::shared_ptr<State> self, std::string of) {
    const auto cancellation = co_await boost::asio::this_coro::cancellation_state;
    try {
      co_return co_await take(self, std::move(of));
    } catch (const std::exception&) {
      if (cancellation.cancelled() != boost::asio::cancellation_type::none) throw;
      self->failures.fetch_add(1, std::memory_order_relaxed);
    }
    RateLimitResult unknown;
    unknown.is_known = false;
    co_return unknown;
  }

  Store& store;
  const detail::RatePolicy policy;
  const RateLimitKey key;
  const std::function<nanoseconds()> clock;
  std::atomic<std::uint64_t> failures{0};
};

SharedRateLimiter::SharedRateLimiter(Store& store, RateLimitOptions options)
    : SharedRateLimiter(store, std::move(options), "SharedRateLimiter") {}
SharedRateLimiter::SharedRateLimiter(Store& store, RateLimitOptions options, std::string_view who)
    : state_(std::make_shared<State>(store, std::move(options), who)) {}

Task<RateLimitResult> SharedRateLimiter::take(std::string key) { return State::take_or_pass(state_, std::move(key)); }

Task<void> SharedRateLimiter::require(std::string key, Response& response) {
  const std::shared_ptr<State> state = state_;
  const RateLimitResult result = co_await State::take_or_pass(state, std::move(key));
  if (!result.is_allowed) throw state->policy.described_refusal(result);
  state->policy.describe(result, response.headers());
}

std::uint64_t SharedRateLimiter::failures() const noexcept { return state_->failures.load(std::memory_order_relaxed); }

SharedRateLimit::SharedRateLimit(Store& store, RateLimitOptions options)
    : limiter_(store, std::move(options), "SharedRateLimit") {}

Task<void> SharedRateLimit::around(Request& request, Response& /*response*/, Next next) {
  SharedRateLimiter::State& limit = *limiter_.state_;
  std::optional<std::string> key = limit.key(request);
  if (key) {
    const RateLimitResult result = co_await limiter_.take(std::move(*key));
    limit.policy.note(result, request);
    if (!result.is_allowed) throw limit.policy.refusal(result);
  }
  co_await next();
}

void SharedRateLimit::after(const Request& request, Response& response) {
  limiter_.state_->policy.describe_noted(request, response.headers());
}

}  // namespace serval
