// SPDX-License-Identifier: MIT
#include "middleware/rate_table.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "tests/wire/support/process.hpp"

namespace serval::rate_table_test {

using namespace std::chrono_literals;

const detail::RatePolicy one({.limit = 1, .window = 60s}, "RateLimit");

bool takes(detail::RateTable& table, const std::string& key, std::chrono::nanoseconds now = 1h) {
  return table.take(one, key, now).is_allowed;
}

TEST(RateTable, CountsEachKeySeparately) {
  detail::RateTable table(1'000);
  for (int i = 0; i < 500; ++i) EXPECT_TRUE(takes(table, std::to_string(i)));
  for (int i = 0; i < 500; ++i) EXPECT_FALSE(takes(table, std::to_string(i)));
  EXPECT_EQ(table.size(), 500U);
}

TEST(RateTable, ForgetsTheKeyWhoseLastRequestIsTheLongestTimeAgo) {
  detail::RateTable table(3);
  for (const char* key : {"a", "b", "c"}) EXPECT_TRUE(takes(table, key));
  EXPECT_FALSE(takes(table, "a"));  // also a refused request is a request
  EXPECT_TRUE(takes(table, "d"));
  EXPECT_EQ(table.size(), 3U);
  EXPECT_FALSE(takes(table, "a"));
  EXPECT_FALSE(takes(table, "c"));
  EXPECT_FALSE(takes(table, "d"));
  EXPECT_TRUE(takes(table, "b"));
}

TEST(RateTable, HoldsNoMoreKeysThanItMay) {
  for (const std::size_t most : {std::size_t{1}, std::size_t{2}, std::size_t{100}, std::size_t{8'000}}) {
    detail::RateTable table(most);
    for (int i = 0; i < 20'000; ++i) EXPECT_TRUE(takes(table, std::to_string(i)));
    EXPECT_EQ(table.size(), most);
  }
}

TEST(RateTable, IsExactForKeysThatComeAndGoInAnyOrder) {
  detail::RateTable table(64);
  std::vector<std::string> order;  // the same by hand, the newest last
  unsigned random = 1;
  for (int i = 0; i < 5'000; ++i) {
    random = random * 1664525 + 1013904223;
    const std::string key = std::to_string(random >> 25U);  // one of 128
    const auto found = std::find(order.begin(), order.end(), key);
    EXPECT_EQ(takes(table, key), found == order.end()) << i;
    if (found != order.end()) order.erase(found);
    order.push_back(key);
    if (order.size() > 64) order.erase(order.begin());
  }
}

TEST(RateTable, IsExactWhenFourThreadsUseIt) {
  const detail::RatePolicy policy({.limit = 1'000, .window = 60s}, "RateLimit");
  detail::RateTable table(100'000);
  std::atomic<int> allowed{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (int i = 0; i < 5'000; ++i) {
        for (const char* key : {"a", "b"}) allowed += table.take(policy, key, 1h).is_allowed ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(allowed, 2'000);
}

TEST(RateTable, NeedsAtMost16MiBForAHundredThousandKeys) {
  if (testing::memory_is_sanitized) GTEST_SKIP() << "a sanitizer adds to the resident memory";
  const long before = testing::resident_kib();
  detail::RateTable table(100'000);
  const std::string long_key(200, 'x');
  for (int i = 0; i < 200'000; ++i) takes(table, long_key + std::to_string(i));
  const long after = testing::resident_kib();
  EXPECT_GT(table.size(), 99'000U);
  EXPECT_LE(after - before, 16 * 1024);
  RecordProperty("kib", static_cast<int>(after - before));
}

}  // namespace serval::rate_table_test
