// SPDX-License-Identifier: MIT
#include "base/time_range.hpp"

#include <gtest/gtest.h>

#include "tests/unit/support/setup_error.hpp"

namespace serval::detail::time_range_test {

using std::chrono::milliseconds;

TEST(TimeRange, IsFromNothingTo100Years) {
  for (const milliseconds time : {milliseconds(0), milliseconds(1), milliseconds(std::chrono::hours(24 * 365 * 100))})
    EXPECT_EQ(error_of([&] { require_time("x", time, {}); }), "no error") << time.count();
  EXPECT_EQ(error_of([] { require_time("x", milliseconds(-1), {}); }), "x is -1 ms; it must be from 0 to 100 years");
  EXPECT_EQ(error_of([] { require_time("x", milliseconds::max(), {}); }),
            "x is 9223372036854775807 ms; it must be from 0 to 100 years");
}

TEST(TimeRange, MayHaveNoEnd) {
  constexpr milliseconds max = milliseconds::max();
  EXPECT_EQ(error_of([&] { require_time("x", max, {}, max); }), "no error");
  EXPECT_EQ(error_of([&] { require_time("x", milliseconds(-1), {}, max); }), "x is -1 ms; it must be 0 or more");
}

}  // namespace serval::detail::time_range_test
