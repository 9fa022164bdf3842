// SPDX-License-Identifier: MIT
// The clock of a middleware's options, and the store in memory of one that gets no other store.
#pragma once

#include <algorithm>
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
  constexpr std::size_t most_bytes_besides = 192;  // of an entry, see MemoryStoreOptions
  MemoryStoreOptions options{.max_entries = std::max(bytes / most_bytes_besides, std::size_t{1}), .max_bytes = bytes};
  if (clock) {
    options.clock = [clock] {
      using Clock = std::chrono::steady_clock;
      return Clock::time_point(std::chrono::duration_cast<Clock::duration>(clock()));
    };
  }
  return std::make_unique<MemoryStore>(std::move(options));
}

}  // namespace serval::detail
