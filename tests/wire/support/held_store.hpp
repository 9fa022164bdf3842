// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <chrono>
#include <string>
#include <utility>

#include "tests/unit/support/failing_store.hpp"
#include "tests/wire/support/waiting.hpp"

namespace serval::testing {

/// A store that can be told to hold back changes of values that it has.
class HeldStore : public FailingStore {
 public:
  Task<bool> compare_and_set(std::string key, std::string expected, std::string value,
                             std::chrono::milliseconds ttl) override {
    co_await hold();
    co_return co_await FailingStore::compare_and_set(std::move(key), std::move(expected), std::move(value), ttl);
  }
  Task<bool> erase(std::string key) override {
    co_await hold();
    co_return co_await FailingStore::erase(std::move(key));
  }

  std::atomic<bool> is_held{false};
  std::atomic<int> held{0};  // calls so far

 private:
  Task<void> hold() {
    if (!is_held) co_return;
    ++held;
    while (is_held) co_await wait(std::chrono::milliseconds(1));
  }
};

}  // namespace serval::testing
