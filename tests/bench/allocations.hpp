// SPDX-License-Identifier: MIT
// How often a benchmark's loop allocates: a count per iteration beside its time.
#pragma once

#include <benchmark/benchmark.h>

#include <cstdint>

namespace bench {

/// Allocations of this thread so far.
[[nodiscard]] std::uint64_t allocations() noexcept;

/// Reports the allocations between its making and its end as the counter "allocs" of a benchmark, per iteration.
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
