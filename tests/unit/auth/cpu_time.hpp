// SPDX-License-Identifier: MIT
// Measures processor time, which other programs do not change.
#pragma once

#include <ctime>

namespace serval::auth_tests {

/// The processor time of this thread that a call takes.
template <class F>
double seconds_of(F call) {
  const auto spent = [] {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
  };
  const double begin = spent();
  call();
  return spent() - begin;
}

}  // namespace serval::auth_tests
