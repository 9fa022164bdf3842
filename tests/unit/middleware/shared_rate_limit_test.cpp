// SPDX-License-Identifier: MIT
#include <serval/middleware/shared_rate_limit.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/store.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>

#include "tests/unit/middleware/two_a_minute.hpp"
#include "tests/unit/support/failing_store.hpp"
#include "tests/unit/support/setup_error.hpp"

namespace serval::shared_rate_limit_test {

using namespace std::chrono_literals;

using rate_limit_test::test_time;
using rate_limit_test::two;

/// Passes calls on to a store in memory, unless it shall fail or another request shall always come first.
class TestStore final : public serval::testing::FailingStore {
 public:
  bool is_contended = false;
  std::string last_key;

  Task<std::optional<std::string>> get(std::string key) override {
    last_key = key;
    return FailingStore::get(std::move(key));
  }
  Task<bool> add(std::string key, std::string value, std::chrono::milliseconds ttl) override {
    if (is_contended) co_return false;
    co_return co_await FailingStore::add(std::move(key), std::move(value), ttl);
  }
  Task<bool> compare_and_set(std::string key, std::string expected, std::string value,
                             std::chrono::milliseconds ttl) override {
    if (is_contended) co_return false;
    co_return co_await FailingStore::compare_and_set(std::move(key), std::move(expected), std::move(value), ttl);
  }
};

TEST(SharedRateLimiter, CountsTheRequestsOfAllProcesses) {
  TestStore store;
  SharedRateLimiter here(store, two());
  SharedRateLimiter there(store, two());
  EXPECT_EQ(wait(here.take("a")).remaining, 1U);
  EXPECT_EQ(wait(there.take("a")).remaining, 0U);
  const RateLimitResult refused = wait(here.take("a"));
  EXPECT_FALSE(refused.is_allowed);
  EXPECT_EQ(refused.wait, 30s);
  EXPECT_TRUE(wait(here.take("b")).is_allowed);
  test_time += 30s;
  EXPECT_TRUE(wait(there.take("a")).is_allowed);
  EXPECT_FALSE(wait(here.take("a")).is_allowed);
}

TEST(SharedRateLimiter, IsExactWhenThreadsUseIt) {
  MemoryStore store;
  SharedRateLimiter limiter(store, {.limit = 100, .window = 60s, .clock = [] { return std::chrono::nanoseconds(1h); }});
  std::atomic<int> allowed{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int request = 0; request < 100; ++request) allowed += wait(limiter.take("a")).is_allowed ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(allowed, 100);
}

TEST(SharedRateLimiter, PassesAndCountsWhatAFailedStoreCannotDecide) {
  TestStore store;
  SharedRateLimiter limiter(store, two());
  store.fails = true;
  for (int i = 0; i < 3; ++i) {
    const RateLimitResult result = wait(limiter.take("a"));
    EXPECT_TRUE(result.is_allowed);
    EXPECT_FALSE(result.is_known);
  }
  EXPECT_EQ(limiter.failures(), 3U);
  store.fails = false;
  EXPECT_EQ(wait(limiter.take("a")).remaining, 1U);
  EXPECT_EQ(limiter.failures(), 3U);
}

TEST(SharedRateLimiter, RefusesARequestThatAlwaysLosesToOthers) {
  TestStore store;
  store.is_contended = true;
  SharedRateLimiter limiter(store, two());
  const RateLimitResult result = wait(limiter.take("a"));
  EXPECT_FALSE(result.is_allowed);
  EXPECT_EQ(result.wait, 1s);
  EXPECT_EQ(limiter.failures(), 0U);
}

TEST(SharedRateLimiter, RecoversFromValuesThatAreNotItsOwn) {
  TestStore store;
  SharedRateLimiter limiter(store, two());
  EXPECT_TRUE(wait(limiter.take("a")).is_allowed);
  const std::string key = store.last_key;
  EXPECT_EQ(key, "rate_limit:default:a");
  wait(store.set(key, "rubbish", 0ms));
  EXPECT_EQ(wait(limiter.take("a")).remaining, 1U);
  // A clock that is wrong by years locks a key at most for one window.
  wait(store.set(key, "9223372036854775807", 0ms));
  EXPECT_EQ(wait(limiter.take("a")).wait, 30s);
}

TEST(SharedRateLimiter, TakesKeysOfAnyLength) {
  TestStore store;
  SharedRateLimiter limiter(store, two());
  EXPECT_EQ(wait(limiter.take(std::string(5'000, 'x'))).remaining, 1U);
  EXPECT_LE(store.last_key.size(), Store::max_key_bytes);
  EXPECT_EQ(wait(limiter.take(std::string(5'001, 'x'))).remaining, 1U);
  EXPECT_EQ(wait(limiter.take(std::string(5'000, 'x'))).remaining, 0U);
  EXPECT_EQ(limiter.failures(), 0U);
}

TEST(SharedRateLimiter, ForgetsWhatNoLongerMatters) {
  std::chrono::steady_clock::time_point now{};
  MemoryStore store({.clock = [&] { return now; }});
  SharedRateLimiter limiter(store, two());
  EXPECT_TRUE(wait(limiter.take("a")).is_allowed);
  now += 29'999ms;
  EXPECT_TRUE(wait(store.get("rate_limit:default:a")));
  now += 1ms;
  EXPECT_FALSE(wait(store.get("rate_limit:default:a")));
}

class SharedRateLimitOver : public ::testing::Test {
 protected:
  TestStore store;
  App app;
};

TEST_F(SharedRateLimitOver, RefusesRequestsBeyondTheLimit) {
  app.use(SharedRateLimit(store, two()));
  app.get("/")([] { return 1; });
  TestClient client(app);
  EXPECT_EQ(client.get("/").header("ratelimit"), R"("default";r=1;t=30)");
  EXPECT_EQ(client.get("/none").header("ratelimit"), R"("default";r=0;t=30)");
  const TestResponse refused = client.get("/");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.header("retry-after"), "30");
  EXPECT_EQ(refused.header("ratelimit-policy"), R"("default";q=2;w=60)");
}

TEST_F(SharedRateLimitOver, ServesWithoutFieldsIfTheStoreFails) {
  SharedRateLimit limit(store, two());
  app.use(limit);
  app.get("/")([] { return 1; });
  store.fails = true;
  const TestResponse answer = TestClient(app).get("/");
  EXPECT_EQ(answer.status, 200);
  EXPECT_FALSE(answer.header("ratelimit"));
  EXPECT_EQ(limit.failures(), 1U);
}

Task<void> limit_all(State<SharedRateLimiter> limiter, Response& response) {
  co_await limiter->require("all", response);
}

TEST_F(SharedRateLimitOver, LimitsInADependencyBeforeTheBody) {
  app.provide(SharedRateLimiter(store, two()));
  app.post("/", {.dependencies = {depends<limit_all>}})([](Body<std::string> text) { return *text; });
  TestClient client(app);
  const TestRequest text{.body = "\"a\"", .content_type = "application/json"};
  EXPECT_EQ(client.post("/", text).header("ratelimit"), R"("default";r=1;t=30)");
  EXPECT_EQ(client.post("/", text).status, 200);
  const TestResponse refused = client.post("/", text);
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.header("ratelimit"), R"("default";r=0;t=30)");
}

TEST(SharedRateLimitOptions, AreChecked) {
  TestStore store;
  EXPECT_EQ(error_of([&] { SharedRateLimit(store, {}); }),
            "SharedRateLimit needs a limit: SharedRateLimit({.limit = 100, .window = 60s})");
  EXPECT_EQ(error_of([&] { SharedRateLimiter(store, {}); }),
            "SharedRateLimiter needs a limit: SharedRateLimiter({.limit = 100, .window = 60s})");
}

}  // namespace serval::shared_rate_limit_test
