// SPDX-License-Identifier: MIT
// Counts the allocations of a benchmark's loop, so that a benchmark shows them per iteration beside its time.
#pragma once

#include <benchmark/benchmark.h>

#include <cstdint>

namespace bench {

/// Returns the number of allocations of this thread so far.
[[nodiscard]] std::uint64_t allocations() noexcept;

/// Reports the allocations between its construction and its destruction as the counter "allocs" of a benchmark, per
/// iteration.
class AllocationCounter {
 public:
  explicit AllocationCounter(benchmark::State& state) : state_(state), before_(allocations()) {}
  AllocationCounter(const AllocationCounter&) = delete;
  AllocationCounter& operator=(const AllocationCounter&) = delete;
  ~AllocationCounter() {
    state_.counters["allocs"] =
        benchmark::Counter(static_cast<double>(allocations() - before_), benchmark::Counter::kAvgIterations);
  }

 private:
  benchmark::State& state_;
  std::uint64_t before_;
};

}  // namespace bench
