// SPDX-License-Identifier: MIT
// Measures processor time, which other programs do not change.
#pragma once

#include <algorithm>
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

/// The least of several times, which the machine disturbs the least.
template <class F>
double least_seconds_of(F call) {
  double least = seconds_of(call);
  for (int i = 0; i < 2; ++i) least = std::min(least, seconds_of(call));
  return least;
}

}  // namespace serval::auth_tests
