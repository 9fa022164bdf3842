// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include <serval/base/task.hpp>
#include <serval/store.hpp>

namespace serval::testing {

/// A store in memory that fails if it shall. Tests derive from it to watch the calls or to come in between.
class FailingStore : public Store {
 public:
  explicit FailingStore(MemoryStoreOptions options = {}) : memory(std::move(options)) {}

  std::atomic<bool> fails{false};
  std::atomic<bool> writes_fail{false};
  MemoryStore memory;

  Task<std::optional<std::string>> get(std::string key) override {
    require(!fails);
    co_return co_await memory.get(std::move(key));
  }
  Task<void> set(std::string key, std::string value, std::chrono::milliseconds ttl) override {
    require(!fails && !writes_fail);
    co_await memory.set(std::move(key), std::move(value), ttl);
  }
  Task<bool> add(std::string key, std::string value, std::chrono::milliseconds ttl) override {
    require(!fails && !writes_fail);
    co_return co_await memory.add(std::move(key), std::move(value), ttl);
  }
  Task<bool> compare_and_set(std::string key, std::string expected, std::string value,
                             std::chrono::milliseconds ttl) override {
    require(!fails && !writes_fail);
    co_return co_await memory.compare_and_set(std::move(key), std::move(expected), std::move(value), ttl);
  }
  Task<bool> erase(std::string key) override {
    require(!fails && !writes_fail);
    co_return co_await memory.erase(std::move(key));
  }
  Task<std::int64_t> increment(std::string key, std::int64_t by, std::chrono::milliseconds ttl) override {
    require(!fails && !writes_fail);
    co_return co_await memory.increment(std::move(key), by, ttl);
  }

 private:
  static void require(bool works) {
    if (!works) throw Unavailable("The store is down", std::chrono::seconds(7));
  }
};

}  // namespace serval::testing
