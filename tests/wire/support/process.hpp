// SPDX-License-Identifier: MIT
// What tests of loops that must not spin measure.
#pragma once

#include <sys/resource.h>

#include <chrono>

namespace serval::testing {

/// Processor time of this process so far.
inline std::chrono::microseconds processor_time() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return std::chrono::seconds{usage.ru_utime.tv_sec + usage.ru_stime.tv_sec} +
         std::chrono::microseconds{usage.ru_utime.tv_usec + usage.ru_stime.tv_usec};
}

}  // namespace serval::testing
