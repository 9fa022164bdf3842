// SPDX-License-Identifier: MIT
#include "net/loop_counters.hpp"

#include <gtest/gtest.h>

namespace serval::detail::loop_counters_test {

using namespace std::chrono_literals;
using Time = std::chrono::steady_clock::time_point;

TEST(Counter, CountsForGoodOrAsLongAsSomethingLasts) {
  Counter counter;
  counter.add(5);
  {
    const Counter::Holding one = counter.hold();
    EXPECT_EQ(counter.value(), 6U);
  }
  EXPECT_EQ(counter.value(), 5U);
}

TEST(LagProbe, TellsHowLongTheLastTaskHasWaited) {
  LagProbe probe;
  EXPECT_EQ(probe.lag(Time(1s)), 0s);
  EXPECT_TRUE(probe.send(Time(1s)));
  probe.arrive(Time(1s + 30ms));
  EXPECT_EQ(probe.lag(Time(5s)), 30ms);
}

TEST(LagProbe, TellsHowLongATaskWaitsThatHasNotArrived) {
  LagProbe probe;
  EXPECT_TRUE(probe.send(Time(1s)));
  EXPECT_EQ(probe.lag(Time(11s)), 10s);
}

TEST(LagProbe, HasOneTaskOnItsWay) {
  LagProbe probe;
  EXPECT_TRUE(probe.send(Time(1s)));
  EXPECT_FALSE(probe.send(Time(2s)));
  probe.arrive(Time(3s));
  EXPECT_TRUE(probe.send(Time(4s)));
}

}  // namespace serval::detail::loop_counters_test
