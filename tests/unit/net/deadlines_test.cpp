// SPDX-License-Identifier: MIT
#include "net/deadlines.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <random>
#include <vector>

namespace serval::detail::deadlines_test {

SteadyTime at(int seconds) { return SteadyTime{} + std::chrono::seconds(seconds); }

struct Waiter final : Deadlines::Waiter {
  std::function<void()> then;
  int calls = 0;

 private:
  void on_deadline() override {
    ++calls;
    if (then) then();
  }
};

TEST(Deadlines, NeverWakeWithoutAny) { EXPECT_EQ(Deadlines{}.next(), Deadlines::never); }

TEST(Deadlines, CallOnceWhenTheTimeHasCome) {
  Deadlines deadlines;
  Waiter waiter;
  deadlines.set(waiter, at(10));
  EXPECT_EQ(deadlines.next(), at(10));
  deadlines.expire(at(9));
  EXPECT_EQ(waiter.calls, 0);
  deadlines.expire(at(10));
  deadlines.expire(at(11));
  EXPECT_EQ(waiter.calls, 1);
  EXPECT_EQ(waiter.due(), Deadlines::never);
  EXPECT_EQ(deadlines.next(), Deadlines::never);
}

TEST(Deadlines, MayMoveBackAndForth) {
  Deadlines deadlines;
  Waiter waiter;
  deadlines.set(waiter, at(10));
  deadlines.set(waiter, at(30));
  deadlines.expire(at(20));
  EXPECT_EQ(waiter.calls, 0);
  EXPECT_EQ(deadlines.next(), at(30));
  deadlines.set(waiter, at(25));
  EXPECT_EQ(deadlines.next(), at(25));
  deadlines.expire(at(25));
  EXPECT_EQ(waiter.calls, 1);
}

TEST(Deadlines, CanBeTakenBack) {
  Deadlines deadlines;
  Waiter waiter;
  deadlines.set(waiter, at(10));
  deadlines.set(waiter, Deadlines::never);
  deadlines.expire(at(20));
  EXPECT_EQ(waiter.calls, 0);
  EXPECT_EQ(deadlines.next(), Deadlines::never);
}

TEST(Deadlines, MayBeSetAgainFromTheCall) {
  Deadlines deadlines;
  Waiter waiter;
  waiter.then = [&] { deadlines.set(waiter, at(20)); };
  deadlines.set(waiter, at(10));
  deadlines.expire(at(10));
  EXPECT_EQ(deadlines.next(), at(20));
}

TEST(Deadlines, LetAnotherWaiterGoFromTheCall) {
  Deadlines deadlines;
  Waiter first;
  auto second = std::make_unique<Waiter>();
  deadlines.set(first, at(10));
  deadlines.set(*second, at(10));
  first.then = [&] {
    deadlines.remove(*second);
    second.reset();
  };
  second->then = [&] { FAIL(); };
  deadlines.remove(first);
  deadlines.set(first, at(9));
  deadlines.expire(at(10));
  EXPECT_EQ(first.calls, 1);
}

TEST(Deadlines, KeepTheirOrderThroughAnyChanges) {
  std::mt19937 random(1);
  const auto below = [&](int bound) { return static_cast<int>(random() % static_cast<unsigned>(bound)); };
  Deadlines deadlines;
  std::vector<Waiter> waiters(50);
  std::vector<int> due(waiters.size(), -1);  // the same deadlines in a plain list; -1: none
  for (int now = 0; now < 2000; ++now) {
    for (int change = 0; change < 5; ++change) {
      const auto index = static_cast<std::size_t>(below(50));
      const int action = below(4);
      if (action == 0) deadlines.remove(waiters[index]);
      if (action == 1) deadlines.set(waiters[index], Deadlines::never);
      due[index] = action < 2 ? -1 : now + 1 + below(30);
      if (action >= 2) deadlines.set(waiters[index], at(due[index]));
    }
    deadlines.expire(at(now));
    for (std::size_t i = 0; i < waiters.size(); ++i) {
      const bool passed = due[i] >= 0 && due[i] <= now;
      EXPECT_EQ(waiters[i].calls, passed ? 1 : 0);
      if (passed) due[i] = -1;
      waiters[i].calls = 0;
    }
  }
}

}  // namespace serval::detail::deadlines_test
