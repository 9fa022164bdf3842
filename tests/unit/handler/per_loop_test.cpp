// SPDX-License-Identifier: MIT
#include <serval/per_loop.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <atomic>
#include <memory>
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

/// Neither copied nor moved; says when it goes.
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
  // Another one, perhaps at the same address, has objects of its own.
  const PerLoop<Named> others([&](const asio::any_io_executor&) { return Named("b", gone); });
  EXPECT_EQ(others.get(context.get_executor()).name, "b");
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

/// Two `PerLoop`s of which the second needs the first.
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
  // And are made again for the next one.
  EXPECT_EQ(pair.inner.get(pair.context.get_executor()).name, "inner");
}

}  // namespace serval::per_loop_test
