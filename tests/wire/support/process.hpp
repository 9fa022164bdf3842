// SPDX-License-Identifier: MIT
// What tests measure of their own process: processor time where a loop must not spin, memory where a body is not kept.
#pragma once

#include <sys/resource.h>

#include <chrono>
#include <fstream>
#include <string>

namespace serval::testing {

/// Processor time of this process so far.
inline std::chrono::microseconds processor_time() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return std::chrono::seconds{usage.ru_utime.tv_sec + usage.ru_stime.tv_sec} +
         std::chrono::microseconds{usage.ru_utime.tv_usec + usage.ru_stime.tv_usec};
}

/// KiB of memory that this process holds. What it runs for the first time brings code and arenas into memory: a test
/// that compares two figures does once before the first what it measures between them.
inline long resident_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::stol(line.substr(6));
  }
  return 0;
}

}  // namespace serval::testing
