// SPDX-License-Identifier: MIT
// Measures this process: processor time, to show that a loop does not spin, and memory, to show that a body is not
// kept.
#pragma once

#include <sys/resource.h>

#include <chrono>
#include <fstream>
#include <string>

namespace serval::testing {

/// Returns the processor time that this process has used so far.
inline std::chrono::microseconds processor_time() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return std::chrono::seconds{usage.ru_utime.tv_sec + usage.ru_stime.tv_sec} +
         std::chrono::microseconds{usage.ru_utime.tv_usec + usage.ru_stime.tv_usec};
}

/// Returns the resident memory of this process in KiB. Whatever runs for the first time brings code and arenas into
/// memory. A test that compares two figures therefore runs what it measures once before it takes the first figure.
inline long resident_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::stol(line.substr(6));
  }
  return 0;
}

/// Whether the address or the thread sanitizer manages the memory of this process. They add shadow memory to what is
/// resident and hold back what is freed, end the program if memory is refused, and may replace its `operator new`.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool memory_is_sanitized = true;
#elif defined(__has_feature)
inline constexpr bool memory_is_sanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
inline constexpr bool memory_is_sanitized = false;
#endif

}  // namespace serval::testing
