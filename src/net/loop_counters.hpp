// SPDX-License-Identifier: MIT
// The counters of an event loop for `Server::stats`: only the loop changes them, any thread may read them.
#pragma once

#include <atomic>
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

}  // namespace serval::detail
