// SPDX-License-Identifier: MIT
// Whether there is memory for a computation of a library that does not tell why it failed.
#pragma once

#include <sys/mman.h>

#include <cstdint>

namespace serval::detail {

/// Whether this much memory can be had now.
[[nodiscard]] inline bool has_memory(std::uint64_t bytes) noexcept {
  if (bytes == 0) return true;
  void* const memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_ANONYMOUS | MAP_PRIVATE, -1, 0);
  if (memory == MAP_FAILED) return false;
  munmap(memory, bytes);
  return true;
}

}  // namespace serval::detail
