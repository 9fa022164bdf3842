// SPDX-License-Identifier: MIT
// The counters of an event loop for `Server::stats`: only the loop changes them, any thread may read them.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

#include "net/hold.hpp"

namespace serval::detail {

/// A counter that only one thread at a time changes. A change is a load and a store, which cost the same as those of a
/// plain variable.
/// Thread safety: any thread may call `value`; only the thread that changes the counter may call `add` and `hold`, and
/// destroy a `Holding`.
class Counter {
 public:
  void add(std::uint64_t count) noexcept { set(value() + count); }
  /// Called by the destructor of `Holding`.
  void release() noexcept { set(value() - 1); }
  using Holding = Hold<Counter, &Counter::release>;
  /// Counts one as long as the returned object exists.
  [[nodiscard]] Holding hold() noexcept {
    add(1);
    return Holding(*this);
  }
  [[nodiscard]] std::uint64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

 private:
  void set(std::uint64_t value) noexcept { value_.store(value, std::memory_order_relaxed); }
  std::atomic<std::uint64_t> value_{0};
};

/// `ServerStats` explains the counters, under the same names.
struct LoopCounters {
  Counter requests_in_flight;
  Counter requests;
  Counter refused;
  Counter bytes_in;
  Counter bytes_out;
};

/// Measures how long a task waits for a loop. Thread safety: all members.
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
