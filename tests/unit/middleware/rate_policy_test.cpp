// SPDX-License-Identifier: MIT
#include "middleware/rate_policy.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "tests/unit/support/setup_error.hpp"

namespace serval::rate_policy_test {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

/// One key of a policy.
class Key {
 public:
  explicit Key(RateLimitOptions options) : policy_(options, "RateLimit") {}
  RateLimitResult at(nanoseconds now) {
    const auto decision = policy_.decide(due_, now);
    due_ = decision.due;
    return decision.result;
  }
  int allowed_at(nanoseconds now) {
    int count = 0;
    while (at(now).is_allowed) ++count;
    return count;
  }

 private:
  detail::RatePolicy policy_;
  nanoseconds due_{0};
};

TEST(RatePolicy, AllowsABurstAndThenOneInEachInterval) {
  Key key({.limit = 100, .window = 60s, .burst = 20});
  EXPECT_EQ(key.allowed_at(1h), 20);
  EXPECT_EQ(key.allowed_at(1h + 599ms), 0);
  EXPECT_EQ(key.allowed_at(1h + 600ms), 1);
  EXPECT_EQ(key.allowed_at(1h + 1800ms), 2);
}

TEST(RatePolicy, ReturnsTheWholeBurstAfterAPauseAndNoMore) {
  Key key({.limit = 10, .window = 10s, .burst = 3});
  EXPECT_EQ(key.allowed_at(1h), 3);
  EXPECT_EQ(key.allowed_at(2h), 3);
}

TEST(RatePolicy, HasABurstOfItsLimitByDefault) {
  Key key({.limit = 7, .window = 60s});
  EXPECT_EQ(key.allowed_at(1h), 7);
}

TEST(RatePolicy, TellsWhatRemainsAndWhenMoreReturns) {
  Key key({.limit = 100, .window = 60s, .burst = 20});
  RateLimitResult result = key.at(1h);
  EXPECT_EQ(result.remaining, 19U);
  EXPECT_EQ(result.wait, 1s);
  for (int i = 0; i < 18; ++i) result = key.at(1h);
  EXPECT_EQ(result.remaining, 1U);
  result = key.at(1h);
  EXPECT_TRUE(result.is_allowed);
  EXPECT_EQ(result.remaining, 0U);
  result = key.at(1h);
  EXPECT_FALSE(result.is_allowed);
  EXPECT_EQ(result.wait, 1s);
}

TEST(RatePolicy, RoundsTheWaitUp) {
  Key key({.limit = 2, .window = 5s, .burst = 1});
  EXPECT_EQ(key.at(1h).wait, 3s);
  EXPECT_EQ(key.at(1h + 400ms).wait, 3s);
  EXPECT_EQ(key.at(1h + 500ms).wait, 2s);
  EXPECT_FALSE(key.at(1h + 2499ms).is_allowed);
  EXPECT_TRUE(key.at(1h + 2500ms).is_allowed);
}

TEST(RatePolicy, DoesNotCountRefusedRequests) {
  Key key({.limit = 1, .window = 10s});
  EXPECT_TRUE(key.at(1h).is_allowed);
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(key.at(1h + 9s).is_allowed);
  EXPECT_TRUE(key.at(1h + 10s).is_allowed);
}

TEST(RatePolicy, WritesTheFieldsOfTheDraft) {
  const detail::RatePolicy policy({.limit = 100, .window = 60s, .name = "user"}, "RateLimit");
  http::Headers fields;
  policy.describe({.remaining = 19, .wait = 1s}, fields);
  EXPECT_EQ(fields.get("ratelimit-policy"), R"("user";q=100;w=60)");
  EXPECT_EQ(fields.get("ratelimit"), R"("user";r=19;t=1)");
  EXPECT_EQ(fields.size(), 2U);
}

TEST(RatePolicy, WritesNoFieldsForAnUnknownResult) {
  const detail::RatePolicy policy({.limit = 1}, "RateLimit");
  http::Headers fields;
  policy.describe({.is_known = false}, fields);
  EXPECT_TRUE(fields.empty());
}

TEST(RateLimitOptions, AreChecked) {
  const auto error = [](RateLimitOptions options) {
    return error_of([&] { detail::RatePolicy(options, "RateLimit"); });
  };
  EXPECT_EQ(error({}), "RateLimit needs a limit: RateLimit({.limit = 100, .window = 60s})");
  EXPECT_EQ(error({.limit = 1, .window = 0s}), "RateLimit: window is 0 s; it must be 1 s to 366 days");
  EXPECT_EQ(error({.limit = 1, .window = std::chrono::hours(24 * 367)}),
            "RateLimit: window is 31708800 s; it must be 1 s to 366 days");
  EXPECT_EQ(error({.limit = 2'000'000'000, .window = 1s}),
            "RateLimit: limit is 2000000000, more than one in a nanosecond");
  EXPECT_EQ(error({.limit = 1, .window = 24h, .burst = 367}),
            "RateLimit: burst is 367, which takes more than 366 days to return");
  EXPECT_EQ(error({.limit = 1, .max_keys = 0}), "RateLimit: max_keys must be 1 or more");
  for (const char* name : {"", "a b", "a\"", "a;b", "\n"}) {
    EXPECT_EQ(error({.limit = 1, .name = name}),
              "RateLimit: the name '" + std::string(name) + "' must consist of 1 to 64 letters, digits, '_' and '-'");
  }
  EXPECT_EQ(error({.limit = 4'294'967'295, .window = std::chrono::hours(24 * 366)}), "no error");
}

}  // namespace serval::rate_policy_test
