// SPDX-License-Identifier: MIT
#include "middleware/memory_of.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include <serval/task.hpp>

namespace serval::memory_of_test {

using namespace std::chrono_literals;

TEST(MakeMemory, HoldsAsManyValuesAsItsBytesAllow) {
  const auto store = detail::make_memory(64 * 1024 * 1024, nullptr);
  constexpr int keys = 200'000;
  for (int key = 0; key < keys; ++key) wait(store->set(std::to_string(key), "a", 0ms));
  EXPECT_EQ(store->size(), keys);
}

TEST(MakeMemory, HasTheTimeOfItsClock) {
  std::chrono::nanoseconds now{1h};
  const auto store = detail::make_memory(1024, [&] { return now; });
  wait(store->set("key", "a", 1s));
  now += 999ms;
  EXPECT_TRUE(wait(store->get("key")));
  now += 1ms;
  EXPECT_FALSE(wait(store->get("key")));
}

}  // namespace serval::memory_of_test
