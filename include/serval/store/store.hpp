// SPDX-License-Identifier: MIT
// The interface of key-value stores with time limits. Shared rate limits, sessions and other middleware keep their
// values in one; `MemoryStore` is the store of a single process.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <serval/base/task_fwd.hpp>

namespace serval {

/// Values (bytes) by key, each with a time limit after which it is gone. Every call is one atomic change: of several
/// calls for a key at once, each sees the result of one before it.
/// Shape: a key has 1 to 512 bytes of any kind. Hash longer ones.
/// Time limits are durations from the call on, up to 100 years; 0: the value stays until it is replaced, erased or
/// evicted. A store may evict values earlier if it is full: keep in it only what may get lost.
/// Errors, when the task is awaited: `std::invalid_argument` for a key or a time limit out of range; `Unavailable` if
/// the store cannot be reached or does not answer within its own time limit.
/// Lifetime: the store outlives the tasks. Thread safety: all of it.
class Store {
 public:
  /// The most bytes of a key.
  static constexpr std::size_t max_key_bytes = 512;

  Store() = default;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  virtual ~Store() = default;

  /// The value; nothing if there is none or its time is over.
  [[nodiscard]] virtual detail::Task<std::optional<std::string>> get(std::string key) = 0;
  /// Sets value and time limit, and replaces those that the key had.
  [[nodiscard]] virtual detail::Task<void> set(std::string key, std::string value, std::chrono::milliseconds ttl) = 0;
  /// Sets them only if the key has no value; returns whether it did.
  [[nodiscard]] virtual detail::Task<bool> add(std::string key, std::string value, std::chrono::milliseconds ttl) = 0;
  /// Sets them only if the value is `expected`, byte for byte; returns whether it did. It does not if there is no
  /// value.
  [[nodiscard]] virtual detail::Task<bool> compare_and_set(std::string key, std::string expected, std::string value,
                                                           std::chrono::milliseconds ttl) = 0;
  /// Removes the value; returns whether there was one.
  [[nodiscard]] virtual detail::Task<bool> erase(std::string key) = 0;
  /// Adds to a decimal number and returns the sum. A key without a value gets `by` and the time limit; otherwise the
  /// value keeps its own. Errors: also `std::domain_error`, and no change, if the value is no such number or the sum
  /// has more than 64 bits.
  [[nodiscard]] virtual detail::Task<std::int64_t> increment(std::string key, std::int64_t by,
                                                             std::chrono::milliseconds ttl) = 0;

 protected:
  /// For implementations: checks a key and a time limit. Errors: as above.
  static void check(std::string_view key, std::chrono::milliseconds ttl = std::chrono::milliseconds(0));
  /// For implementations: the sum for `increment`. Errors: as there.
  [[nodiscard]] static std::int64_t sum(std::string_view value, std::int64_t by);
};

}  // namespace serval
