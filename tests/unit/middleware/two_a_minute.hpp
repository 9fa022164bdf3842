// SPDX-License-Identifier: MIT
// The rate limit of the tests, and its clock.
#pragma once

#include <chrono>

#include <serval/middleware/rate_limit.hpp>

namespace serval::rate_limit_test {

/// The time of the limits that `two` returns.
inline std::chrono::nanoseconds test_time = std::chrono::hours(1);

/// Two requests in a minute.
inline RateLimitOptions two(RateLimitOptions options = {}) {
  options.limit = 2;
  options.window = std::chrono::seconds(60);
  options.clock = [] { return test_time; };
  return options;
}

}  // namespace serval::rate_limit_test
