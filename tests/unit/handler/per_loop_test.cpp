// SPDX-License-Identifier: MIT
#include <serval/per_loop.hpp>
#include <serval/task.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <atomic>
#include <chrono>
#include <future>
#include <latch>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "handler/loop_objects.hpp"

namespace serval::per_loop_test {

namespace asio = boost::asio;
using detail::LoopObjects;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// Can be neither copied nor moved; records its destruction.
struct Named {
  Named(std::string its_name, std::vector<std::string>& gone) : name(std::move(its_name)), log(&gone) {}
  Named(const Named&) = delete;
  Named& operator=(const Named&) = delete;
  ~Named() { log->push_back(name); }
  std::string name;
  std::vector<std::string>* log;
};

TEST(PerLoop, HasOneObjectForEachContext) {
  asio::io_context first, second;
  const PerLoop<int> numbers;
  numbers.get(first.get_executor()) = 1;
  numbers.get(second.get_executor()) = 2;
  EXPECT_EQ(numbers.get(first.get_executor()), 1);
  EXPECT_EQ(numbers.get(second.get_executor()), 2);
}

TEST(PerLoop, HasOneObjectForAllStrandsOfAContext) {
  asio::io_context context;
  const PerLoop<int> numbers;
  EXPECT_EQ(&numbers.get(context.get_executor()), &numbers.get(asio::make_strand(context)));
}

TEST(PerLoop, MakesAnObjectWhenItIsFirstAskedFor) {
  asio::io_context context;
  int made = 0;
  const PerLoop<int> numbers([&](const asio::any_io_executor& executor) {
    EXPECT_EQ(executor, asio::any_io_executor(context.get_executor()));
    return ++made;
  });
  EXPECT_EQ(made, 0);
  EXPECT_EQ(numbers.get(context.get_executor()), 1);
  EXPECT_EQ(numbers.get(context.get_executor()), 1);
  EXPECT_EQ(made, 1);
}

TEST(PerLoop, TriesAgainAfterAnObjectCouldNotBeMade) {
  asio::io_context context;
  int tries = 0;
  const PerLoop<int> numbers([&](const asio::any_io_executor&) {
    if (++tries == 1) throw std::runtime_error("no database");
    return tries;
  });
  EXPECT_THROW((void)numbers.get(context.get_executor()), std::runtime_error);
  EXPECT_EQ(numbers.get(context.get_executor()), 2);
}

TEST(PerLoop, EndsItsObjectsWithTheirContext) {
  std::vector<std::string> gone;
  const PerLoop<Named> objects([&](const asio::any_io_executor&) { return Named("a", gone); });
  {
    asio::io_context context;
    (void)objects.get(context.get_executor());
    EXPECT_THAT(gone, ElementsAre());
  }
  EXPECT_THAT(gone, ElementsAre("a"));
}

TEST(PerLoop, EndsItsObjectsWhereItGoesFirst) {
  std::vector<std::string> gone;
  asio::io_context context;
  {
    const PerLoop<Named> objects([&](const asio::any_io_executor&) { return Named("a", gone); });
    (void)objects.get(context.get_executor());
  }
  EXPECT_THAT(gone, ElementsAre("a"));
  // A new `PerLoop`, perhaps at the same address, has its own objects.
  const PerLoop<Named> others([&](const asio::any_io_executor&) { return Named("b", gone); });
  EXPECT_EQ(others.get(context.get_executor()).name, "b");
}

/// An object that a coroutine shares still exists when the coroutine ends, although the destructor of the context ends
/// its objects before it destroys the coroutine.
TEST(PerLoop, KeepsAnObjectForACoroutineThatSharesIt) {
  struct Lease {
    std::shared_ptr<Named> owner;
    ~Lease() { owner->log->push_back("lease of " + owner->name); }
  };
  std::vector<std::string> gone;
  const PerLoop<Named> objects([&](const asio::any_io_executor&) { return Named("a", gone); });
  {
    asio::io_context context;
    const auto wait = [&]() -> Task<void> {
      const asio::any_io_executor executor = co_await asio::this_coro::executor;
      const Lease lease{objects.share(executor)};
      asio::steady_timer timer(context, std::chrono::hours(1));
      co_await timer.async_wait(asio::use_awaitable);
    };
    asio::co_spawn(context, wait, asio::detached);
    context.poll();
  }
  EXPECT_THAT(gone, ElementsAre("lease of a", "a"));
}

TEST(PerLoop, SharesTheObjectThatItGives) {
  asio::io_context context;
  const PerLoop<int> numbers;
  EXPECT_EQ(numbers.share(context.get_executor()).get(), &numbers.get(context.get_executor()));
}

TEST(PerLoop, MayBeMoved) {
  asio::io_context context;
  PerLoop<int> numbers;
  numbers.get(context.get_executor()) = 7;
  const PerLoop<int> moved = std::move(numbers);
  EXPECT_EQ(moved.get(context.get_executor()), 7);
}

TEST(PerLoop, MakesOneObjectForManyThreads) {
  asio::io_context context;
  std::atomic<int> made{0};
  const PerLoop<int> numbers([&](const asio::any_io_executor&) { return ++made; });
  for (int i = 0; i < 100; ++i) {
    asio::post(context, [&] { EXPECT_EQ(numbers.get(context.get_executor()), 1); });
  }
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back([&] { context.run(); });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(made, 1);
}

TEST(PerLoop, HoldsNoLockWhileAnObjectIsMade) {
  asio::io_context context;
  std::mutex of_the_program;
  std::promise<void> is_making;
  const PerLoop<int> quick([](const asio::any_io_executor&) { return 1; });
  const PerLoop<int> slow([&](const asio::any_io_executor&) {
    is_making.set_value();
    const std::scoped_lock lock(of_the_program);
    return 2;
  });
  std::thread maker;
  {
    const std::scoped_lock lock(of_the_program);
    maker = std::thread([&] { EXPECT_EQ(slow.get(context.get_executor()), 2); });
    is_making.get_future().wait();
    EXPECT_EQ(quick.get(context.get_executor()), 1);
  }
  maker.join();
}

TEST(PerLoop, LetsAnotherThreadTryAfterAnObjectCouldNotBeMade) {
  asio::io_context context;
  std::promise<void> is_making, may_fail;
  std::atomic<int> tries{0};
  const PerLoop<int> numbers([&](const asio::any_io_executor&) {
    if (++tries > 1) return 2;
    is_making.set_value();
    may_fail.get_future().wait();
    throw std::runtime_error("no database");
  });
  std::thread first([&] { EXPECT_THROW((void)numbers.get(context.get_executor()), std::runtime_error); });
  is_making.get_future().wait();
  std::thread second([&] { EXPECT_EQ(numbers.get(context.get_executor()), 2); });
  may_fail.set_value();
  first.join();
  second.join();
  EXPECT_EQ(tries, 2);
}

/// Returns the error of a `get` for an object that needs itself.
std::string error_of_circle(const PerLoop<int>& numbers, asio::io_context& context) {
  try {
    (void)numbers.get(context.get_executor());
  } catch (const std::logic_error& error) {
    return error.what();
  }
  return {};
}

TEST(PerLoop, RefusesAnObjectThatNeedsItself) {
  asio::io_context context;
  const PerLoop<int>* self = nullptr;
  const PerLoop<int> numbers([&](const asio::any_io_executor& executor) { return self->get(executor); });
  self = &numbers;
  EXPECT_THAT(error_of_circle(numbers, context), HasSubstr("while that object was being made"));
}

TEST(PerLoop, RefusesObjectsThatNeedEachOther) {
  asio::io_context context;
  const PerLoop<int>* second = nullptr;
  const PerLoop<int> one([&](const asio::any_io_executor& executor) { return second->get(executor); });
  const PerLoop<int> two([&](const asio::any_io_executor& executor) { return one.get(executor); });
  second = &two;
  EXPECT_THAT(error_of_circle(one, context), HasSubstr("while that object was being made"));
}

TEST(PerLoop, RefusesObjectsThatNeedEachOtherAndAreMadeByTwoThreads) {
  asio::io_context context;
  const PerLoop<int>* second = nullptr;
  std::latch both(2);
  std::atomic<int> calls{0};
  const PerLoop<int> one([&](const asio::any_io_executor& executor) {
    if (calls++ < 2) both.arrive_and_wait();
    return second->get(executor);
  });
  const PerLoop<int> two([&](const asio::any_io_executor& executor) {
    if (calls++ < 2) both.arrive_and_wait();
    return one.get(executor);
  });
  second = &two;
  std::thread other([&] { EXPECT_NE(error_of_circle(two, context), ""); });
  EXPECT_NE(error_of_circle(one, context), "");
  other.join();
}

/// Two `PerLoop` objects, of which the second needs the first.
struct Pair {
  std::vector<std::string> gone;
  asio::io_context context;
  PerLoop<Named> inner{[this](const asio::any_io_executor&) { return Named("inner", gone); }};
  PerLoop<Named> outer{
      [this](const asio::any_io_executor& executor) { return Named("outer of " + inner.get(executor).name, gone); }};
};

TEST(PerLoop, MayNeedAnotherOneToMakeItsObject) {
  Pair pair;
  EXPECT_EQ(pair.outer.get(pair.context.get_executor()).name, "outer of inner");
}

TEST(LoopObjects, EndTheYoungestFirst) {
  Pair pair;
  (void)pair.outer.get(pair.context.get_executor());
  LoopObjects::of(pair.context).end();
  EXPECT_THAT(pair.gone, ElementsAre("outer of inner", "inner"));
}

TEST(LoopObjects, EndWithTheLastHost) {
  Pair pair;
  LoopObjects& objects = LoopObjects::of(pair.context);
  objects.attach();
  objects.attach();
  (void)pair.inner.get(pair.context.get_executor());
  objects.detach();
  EXPECT_THAT(pair.gone, ElementsAre());
  objects.detach();
  EXPECT_THAT(pair.gone, ElementsAre("inner"));
  // The next host gets new objects.
  EXPECT_EQ(pair.inner.get(pair.context.get_executor()).name, "inner");
}

}  // namespace serval::per_loop_test
