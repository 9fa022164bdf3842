// SPDX-License-Identifier: MIT
#include <serval/store/memory_store.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>

#include <serval/store.hpp>
#include <serval/task.hpp>

#include "tests/unit/store/store_conformance.hpp"
#include "tests/unit/support/setup_error.hpp"

namespace serval::testing {

/// A store whose time passes only when the test says so.
class MemoryStoreUnderTest final : public StoreUnderTest {
 public:
  explicit MemoryStoreUnderTest(MemoryStoreOptions options = {}) : store_(with_clock(std::move(options))) {}
  MemoryStore& store() override { return store_; }
  void pass(std::chrono::milliseconds time) override { now_ += time; }

  std::optional<std::string> get(const std::string& key) { return wait(store_.get(key)); }
  void set(const std::string& key, const std::string& value, std::chrono::milliseconds ttl = {}) {
    wait(store_.set(key, value, ttl));
  }

 private:
  MemoryStoreOptions with_clock(MemoryStoreOptions options) {
    options.clock = [this] { return now_; };
    return options;
  }
  std::chrono::steady_clock::time_point now_{};
  MemoryStore store_;
};

INSTANTIATE_TEST_SUITE_P(Memory, StoreConformance,
                         ::testing::Values(StoreMaker{[] { return std::make_unique<MemoryStoreUnderTest>(); }}));

TEST(MemoryStore, ForgetsWhatWasNotUsedForTheLongestTimeIfItHoldsTooMany) {
  MemoryStoreUnderTest subject({.max_entries = 2});
  subject.set("a", "1");
  subject.set("b", "2");
  EXPECT_EQ(subject.get("a"), "1");
  subject.set("c", "3");
  EXPECT_EQ(subject.store().size(), 2U);
  EXPECT_EQ(subject.get("a"), "1");
  EXPECT_EQ(subject.get("b"), std::nullopt);
  EXPECT_EQ(subject.get("c"), "3");
}

TEST(MemoryStore, ForgetsWhatWasNotUsedForTheLongestTimeIfItHoldsTooManyBytes) {
  MemoryStoreUnderTest subject({.max_bytes = 3'000});
  for (const char* key : {"a", "b", "c", "d"}) subject.set(key, std::string(500, 'x'));
  EXPECT_EQ(subject.store().bytes(), 4 * (1 + 500 + 192U));
  subject.set("d", std::string(1'500, 'x'));
  EXPECT_EQ(subject.get("a"), std::nullopt);
  EXPECT_EQ(subject.get("b"), std::nullopt);
  EXPECT_EQ(subject.get("c"), std::string(500, 'x'));
  subject.set("e", std::string(2'500, 'x'));
  EXPECT_EQ(subject.store().size(), 1U);
  EXPECT_LE(subject.store().bytes(), 3'000U);
}

TEST(MemoryStore, RefusesAValueThatIsLargerThanItself) {
  MemoryStoreUnderTest subject({.max_bytes = 1'000});
  subject.set("a", "1");
  EXPECT_THROW(subject.set("a", std::string(1'000, 'x')), std::length_error);
  EXPECT_THROW(subject.set("b", std::string(1'000, 'x')), std::length_error);
  EXPECT_EQ(subject.get("a"), "1");
  EXPECT_EQ(subject.store().size(), 1U);
}

TEST(MemoryStore, FreesTheMemoryOfPastValuesWithLaterCalls) {
  MemoryStoreUnderTest subject({.max_entries = 1'000});
  for (int i = 0; i < 100; ++i) subject.set("short" + std::to_string(i), "1", std::chrono::milliseconds(10));
  for (int i = 0; i < 100; ++i) subject.set("long" + std::to_string(i), "1");
  subject.pass(std::chrono::milliseconds(10));
  EXPECT_EQ(subject.store().size(), 200U);
  for (int i = 0; i < 100; ++i) subject.set("long" + std::to_string(i), "2");  // each call looks at two values
  EXPECT_EQ(subject.store().size(), 100U);
}

TEST(MemoryStore, CountsNothingWhenAllIsErased) {
  MemoryStoreUnderTest subject;
  for (int i = 0; i < 100; ++i) subject.set(std::to_string(i), std::string(100, 'x'));
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(wait(subject.store().erase(std::to_string(i))));
  EXPECT_EQ(subject.store().size(), 0U);
  EXPECT_EQ(subject.store().bytes(), 0U);
}

TEST(MemoryStoreOptions, AreChecked) {
  EXPECT_EQ(error_of([] { MemoryStore({.max_entries = 0}); }),
            "MemoryStore: max_entries and max_bytes must be 1 or more");
  EXPECT_EQ(error_of([] { MemoryStore({.max_bytes = 0}); }),
            "MemoryStore: max_entries and max_bytes must be 1 or more");
}

}  // namespace serval::testing
