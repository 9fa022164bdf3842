// SPDX-License-Identifier: MIT
// What every implementation of `Store` must do. A test of an implementation includes this header once and instantiates
// the suite:
//   INSTANTIATE_TEST_SUITE_P(Memory, StoreConformance, ::testing::Values(StoreMaker{[] { return make(); }}));
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <serval/store.hpp>
#include <serval/task.hpp>

namespace serval::testing {

/// An empty store, and its time.
class StoreUnderTest {
 public:
  virtual ~StoreUnderTest() = default;
  virtual Store& store() = 0;
  /// Lets this time pass for the store: by its clock, or by waiting.
  virtual void pass(std::chrono::milliseconds time) = 0;
};

/// Makes a new one for each case.
using StoreMaker = std::function<std::unique_ptr<StoreUnderTest>()>;

class StoreConformance : public ::testing::TestWithParam<StoreMaker> {
 protected:
  using Value = std::optional<std::string>;
  static constexpr std::chrono::milliseconds forever{0};
  static constexpr std::chrono::milliseconds some_time{200};

  Value get(const std::string& key) { return wait(store_.get(key)); }
  void set(const std::string& key, const std::string& value, std::chrono::milliseconds ttl = forever) {
    wait(store_.set(key, value, ttl));
  }
  bool add(const std::string& key, const std::string& value, std::chrono::milliseconds ttl = forever) {
    return wait(store_.add(key, value, ttl));
  }
  bool change(const std::string& key, const std::string& expected, const std::string& value,
              std::chrono::milliseconds ttl = forever) {
    return wait(store_.compare_and_set(key, expected, value, ttl));
  }
  bool erase(const std::string& key) { return wait(store_.erase(key)); }
  std::int64_t increment(const std::string& key, std::int64_t by, std::chrono::milliseconds ttl = forever) {
    return wait(store_.increment(key, by, ttl));
  }
  void pass(std::chrono::milliseconds time) { subject_->pass(time); }

  /// Calls `work` on four threads at once.
  template <class Work>
  static void on_threads(Work work) {
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back(work);
    for (std::thread& thread : threads) thread.join();
  }

  const std::unique_ptr<StoreUnderTest> subject_ = GetParam()();
  Store& store_ = subject_->store();
};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(StoreConformance);

TEST_P(StoreConformance, GivesWhatWasSet) {
  EXPECT_EQ(get("a"), std::nullopt);
  set("a", "1");
  set("b", "2");
  EXPECT_EQ(get("a"), "1");
  EXPECT_EQ(get("b"), "2");
  set("a", "3");
  EXPECT_EQ(get("a"), "3");
}

TEST_P(StoreConformance, TakesAnyBytesAsKeyAndValue) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  set(bytes, bytes);
  set(bytes + "\xff", "");
  EXPECT_EQ(get(bytes), bytes);
  EXPECT_EQ(get(bytes + "\xff"), "");
  set(std::string(Store::max_key_bytes, '\0'), std::string(100'000, '\0'));
  EXPECT_EQ(get(std::string(Store::max_key_bytes, '\0')), std::string(100'000, '\0'));
}

TEST_P(StoreConformance, ForgetsAValueWhenItsTimeIsOver) {
  set("a", "1", some_time);
  set("b", "2");
  EXPECT_EQ(get("a"), "1");
  pass(some_time);
  EXPECT_EQ(get("a"), std::nullopt);
  EXPECT_EQ(get("b"), "2");
}

TEST_P(StoreConformance, ReplacesTheTimeLimitWithTheValue) {
  set("a", "1", some_time);
  set("a", "2");
  set("b", "1");
  set("b", "2", some_time);
  pass(some_time);
  EXPECT_EQ(get("a"), "2");
  EXPECT_EQ(get("b"), std::nullopt);
}

TEST_P(StoreConformance, AddsOnlyWhereThereIsNoValue) {
  EXPECT_TRUE(add("a", "1", some_time));
  EXPECT_FALSE(add("a", "2"));
  EXPECT_EQ(get("a"), "1");
  pass(some_time);
  EXPECT_TRUE(add("a", "3"));
  EXPECT_EQ(get("a"), "3");
}

TEST_P(StoreConformance, ChangesOnlyTheExpectedValue) {
  EXPECT_FALSE(change("a", "", "1"));
  EXPECT_EQ(get("a"), std::nullopt);
  set("a", "1");
  EXPECT_FALSE(change("a", "2", "3"));
  EXPECT_FALSE(change("a", "1 ", "3"));
  EXPECT_EQ(get("a"), "1");
  EXPECT_TRUE(change("a", "1", "2", some_time));
  EXPECT_EQ(get("a"), "2");
  pass(some_time);
  EXPECT_FALSE(change("a", "2", "3"));
  EXPECT_EQ(get("a"), std::nullopt);
}

TEST_P(StoreConformance, ErasesAndTellsWhetherThereWasAValue) {
  set("a", "1");
  EXPECT_TRUE(erase("a"));
  EXPECT_FALSE(erase("a"));
  EXPECT_EQ(get("a"), std::nullopt);
  set("b", "1", some_time);
  pass(some_time);
  EXPECT_FALSE(erase("b"));
}

TEST_P(StoreConformance, IncrementsNumbersAndKeepsTheirTimeLimit) {
  EXPECT_EQ(increment("a", 5, some_time), 5);
  EXPECT_EQ(increment("a", -7), -2);
  EXPECT_EQ(get("a"), "-2");
  pass(some_time);
  EXPECT_EQ(increment("a", 1), 1);
  set("b", "40");
  EXPECT_EQ(increment("b", 2, some_time), 42);
  pass(some_time);
  EXPECT_EQ(get("b"), "42");
}

TEST_P(StoreConformance, DoesNotIncrementWhatIsNoNumber) {
  for (const char* value : {"", "a", "1 ", "+1", "1.0", "9223372036854775808"}) {
    set("a", value);
    EXPECT_THROW(increment("a", 1), std::domain_error) << value;
    EXPECT_EQ(get("a"), value);
  }
  set("a", "9223372036854775807");
  EXPECT_THROW(increment("a", 1), std::domain_error);
  EXPECT_EQ(get("a"), "9223372036854775807");
}

TEST_P(StoreConformance, RefusesKeysAndTimeLimitsOutOfRange) {
  const std::string too_long(Store::max_key_bytes + 1, 'a');
  const std::string no_key;
  for (const std::string& key : {no_key, too_long}) {
    EXPECT_THROW(get(key), std::invalid_argument);
    EXPECT_THROW(set(key, "1"), std::invalid_argument);
    EXPECT_THROW(add(key, "1"), std::invalid_argument);
    EXPECT_THROW(change(key, "1", "2"), std::invalid_argument);
    EXPECT_THROW(erase(key), std::invalid_argument);
    EXPECT_THROW(increment(key, 1), std::invalid_argument);
  }
  for (const std::chrono::milliseconds ttl : {std::chrono::milliseconds(-1), std::chrono::milliseconds::max()}) {
    EXPECT_THROW(set("a", "1", ttl), std::invalid_argument);
    EXPECT_THROW(add("a", "1", ttl), std::invalid_argument);
    EXPECT_THROW(change("a", "1", "2", ttl), std::invalid_argument);
    EXPECT_THROW(increment("a", 1, ttl), std::invalid_argument);
  }
}

TEST_P(StoreConformance, CountsTheIncrementsOfAllThreads) {
  on_threads([this] {
    for (int i = 0; i < 200; ++i) increment("a", 1);
  });
  EXPECT_EQ(get("a"), "800");
}

TEST_P(StoreConformance, LetsOneThreadAddAndOneChange) {
  std::atomic<int> added{0};
  std::atomic<int> changed{0};
  for (int round = 0; round < 50; ++round) {
    const std::string key = std::to_string(round);
    on_threads([&] { added += add(key, "new") ? 1 : 0; });
    on_threads([&] { changed += change(key, "new", "old") ? 1 : 0; });
  }
  EXPECT_EQ(added, 50);
  EXPECT_EQ(changed, 50);
}

}  // namespace serval::testing
