// SPDX-License-Identifier: MIT
// What an event loop counts for `Server::stats`: written by the loop alone, read from anywhere.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

#include "net/hold.hpp"

namespace serval::detail {

/// A number that one thread at a time changes. It does so by a load and a store, which cost what a plain variable does.
/// Thread safety: `add`, `hold` and the end of what it gives as said, `value` from any thread.
class Counter {
 public:
  void add(std::uint64_t count) noexcept { set(value() + count); }
  /// Called by the end of a `Holding`.
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

/// Meaning: `ServerStats`, under the same names.
struct LoopCounters {
  Counter requests_in_flight;
  Counter requests;
  Counter refused;
  Counter bytes_in;
  Counter bytes_out;
};

/// How long a loop lets a task wait. Thread safety: all of it.
class LagProbe {
 public:
  using Duration = std::chrono::steady_clock::duration;

  /// Whether a task has to be posted now, which calls `arrive`. No more than one is on its way.
  [[nodiscard]] bool send(std::chrono::steady_clock::time_point now) noexcept {
    Duration::rep none = 0;
    return sent_.compare_exchange_strong(none, now.time_since_epoch().count(), std::memory_order_relaxed);
  }
  void arrive(std::chrono::steady_clock::time_point now) noexcept {
    lag_.store(now.time_since_epoch().count() - sent_.load(std::memory_order_relaxed), std::memory_order_relaxed);
    sent_.store(0, std::memory_order_relaxed);
  }
  /// Of the task that is on its way; where there is none, of the last one.
  [[nodiscard]] Duration lag(std::chrono::steady_clock::time_point now) const noexcept {
    const Duration::rep sent = sent_.load(std::memory_order_relaxed);
    return Duration(sent != 0 ? now.time_since_epoch().count() - sent : lag_.load(std::memory_order_relaxed));
  }

 private:
  std::atomic<Duration::rep> sent_{0};  // 0: none is on its way
  std::atomic<Duration::rep> lag_{0};
};

}  // namespace serval::detail
