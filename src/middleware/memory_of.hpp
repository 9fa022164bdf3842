// SPDX-License-Identifier: MIT
// The clock of a middleware's options, and the store in memory of one that gets no other store.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <utility>

#include <serval/store/memory_store.hpp>

namespace serval::detail {

using OptionalClock = std::function<std::chrono::nanoseconds()>;

/// The time of the clock; of the system's if it is null.
[[nodiscard]] inline std::chrono::nanoseconds time_of(const OptionalClock& clock) {
  return clock ? clock() : std::chrono::nanoseconds(std::chrono::system_clock::now().time_since_epoch());
}

/// A store whose time limits also follow the clock. Errors: SetupError if `bytes` is 0.
[[nodiscard]] inline std::unique_ptr<MemoryStore> make_memory(std::size_t bytes, const OptionalClock& clock) {
  MemoryStoreOptions options{.max_entries = bytes, .max_bytes = bytes};  // only the bytes limit it
  if (clock) {
    options.clock = [clock] {
      using Clock = std::chrono::steady_clock;
      return Clock::time_point(std::chrono::duration_cast<Clock::duration>(clock()));
    };
  }
  return std::make_unique<MemoryStore>(std::move(options));
}

}  // namespace serval::detail
