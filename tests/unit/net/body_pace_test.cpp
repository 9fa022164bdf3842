// SPDX-License-Identifier: MIT
#include "net/body_pace.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace serval::detail::body_pace_test {

using namespace std::chrono_literals;

const SteadyTime begin = SteadyTime() + 100h;

http::Timeouts limits(std::chrono::milliseconds idle, std::uint64_t rate, std::chrono::milliseconds window) {
  http::Timeouts timeouts;
  timeouts.body_idle = idle;
  timeouts.min_body_bytes_per_second = rate;
  timeouts.body_rate_window = window;
  return timeouts;
}

TEST(BodyPace, LimitsSilence) {
  BodyPace pace;
  pace.begin_wait(begin);
  EXPECT_EQ(pace.due(limits(30s, 0, 5s), 0, begin), begin + 30s);
  EXPECT_EQ(pace.due(limits(30s, 0, 5s), 0, begin + 10s), begin + 40s) << "from the last bytes on";
  EXPECT_EQ(pace.due(limits(0s, 0, 5s), 0, begin), Deadlines::never);
}

TEST(BodyPace, WantsTheRateOnceTheWindowIsOver) {
  BodyPace pace;
  pace.begin_wait(begin);
  EXPECT_EQ(pace.due(limits(0s, 100, 5s), 0, begin), begin + 5s);
  EXPECT_EQ(pace.due(limits(0s, 100, 5s), 499, begin), begin + 5s);
  EXPECT_EQ(pace.due(limits(0s, 100, 5s), 1'000, begin), begin + 10s);
  EXPECT_EQ(pace.due(limits(0s, 100, 0s), 1'000, begin), Deadlines::never) << "no window: no rate";
  EXPECT_EQ(pace.due(limits(3s, 100, 5s), 1'000, begin), begin + 3s) << "whichever comes first";
}

TEST(BodyPace, CountsOnlyTheTimeThatWasWaited) {
  BodyPace pace;
  pace.begin_wait(begin);
  pace.end_wait(begin + 2s);
  pace.end_wait(begin + 3s);  // has no effect: no wait is under way
  pace.begin_wait(begin + 10s);
  pace.begin_wait(begin + 11s);  // has no effect either: the wait has already begun
  EXPECT_EQ(pace.due(limits(0s, 100, 5s), 0, begin + 11s), begin + 13s);
}

}  // namespace serval::detail::body_pace_test
