// SPDX-License-Identifier: MIT
// Measures how long work waits before it runs, by a task that does nothing else.
#pragma once

#include <atomic>
#include <chrono>

namespace serval::detail {

/// Measures how long a task waits for a loop or a pool. Thread safety: all members.
class LagProbe {
 public:
  using Duration = std::chrono::steady_clock::duration;

  /// Returns whether the caller has to post a task now that calls `arrive`. At most one task is on its way at a time.
  [[nodiscard]] bool send(std::chrono::steady_clock::time_point now) noexcept {
    Duration::rep none = 0;
    return sent_.compare_exchange_strong(none, now.time_since_epoch().count(), std::memory_order_relaxed);
  }
  void arrive(std::chrono::steady_clock::time_point now) noexcept {
    lag_.store(now.time_since_epoch().count() - sent_.load(std::memory_order_relaxed), std::memory_order_relaxed);
    sent_.store(0, std::memory_order_relaxed);
  }
  /// Returns how long the task that is on its way has waited so far, or how long the last one waited if none is on its
  /// way.
  [[nodiscard]] Duration lag(std::chrono::steady_clock::time_point now) const noexcept {
    const Duration::rep sent = sent_.load(std::memory_order_relaxed);
    return Duration(sent != 0 ? now.time_since_epoch().count() - sent : lag_.load(std::memory_order_relaxed));
  }

 private:
  std::atomic<Duration::rep> sent_{0};  // when the task on its way was posted; 0: there is none
  std::atomic<Duration::rep> lag_{0};
};

}  // namespace serval::detail
