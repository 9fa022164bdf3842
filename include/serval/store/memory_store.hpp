// SPDX-License-Identifier: MIT
// A store in the memory of the process.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include <serval/base/task_fwd.hpp>
#include <serval/store/store.hpp>

namespace serval {

/// The options of a `MemoryStore`.
struct MemoryStoreOptions {
  /// The most values. Default 100 000; 0 is a SetupError.
  std::size_t max_entries = 100'000;
  /// The most bytes of all values, their keys, and 192 bytes for each. Default 64 MiB; 0 is a SetupError.
  std::size_t max_bytes = 64 * 1024 * 1024;
  /// The clock; tests set another. Default: the steady clock.
  std::function<std::chrono::steady_clock::time_point()> clock{};
};

/// `Store& store = app.provide<Store>(std::make_shared<MemoryStore>());`. If it is full, the values that were not used
/// for the longest time go. A value whose time is over is gone at once, and its memory is freed soon after by later
/// calls that set values; there is no timer. A store of more than 16 000 entries and 16 MiB consists of 16 parts with a
/// lock each; each part holds 1/16 of the entries and bytes, and evicts its own oldest values. Tasks never wait: they
/// are complete when they are awaited. Errors: SetupError of the constructor; of the calls also `std::length_error` for
/// a value that is larger than its part.
class MemoryStore final : public Store {
 public:
  explicit MemoryStore(MemoryStoreOptions options = {});
  ~MemoryStore() override;

  [[nodiscard]] detail::Task<std::optional<std::string>> get(std::string key) override;
  [[nodiscard]] detail::Task<void> set(std::string key, std::string value, std::chrono::milliseconds ttl) override;
  [[nodiscard]] detail::Task<bool> add(std::string key, std::string value, std::chrono::milliseconds ttl) override;
  [[nodiscard]] detail::Task<bool> compare_and_set(std::string key, std::string expected, std::string value,
                                                   std::chrono::milliseconds ttl) override;
  [[nodiscard]] detail::Task<bool> erase(std::string key) override;
  [[nodiscard]] detail::Task<std::int64_t> increment(std::string key, std::int64_t by,
                                                     std::chrono::milliseconds ttl) override;

  /// How many values it holds, including those whose time is over but whose memory is not freed yet.
  [[nodiscard]] std::size_t size() const;
  /// Their bytes, as `MemoryStoreOptions::max_bytes` counts them.
  [[nodiscard]] std::size_t bytes() const;

 private:
  class Parts;
  const std::unique_ptr<Parts> parts_;
};

}  // namespace serval
