// SPDX-License-Identifier: MIT
#include <serval/handler/pool.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <stdexcept>
#include <thread>

namespace serval::pool_test {

/// Runs a coroutine on a loop of this thread. Returns its result or throws its exception.
template <class T>
T run(Task<T> task) {
  boost::asio::io_context context;
  auto result = boost::asio::co_spawn(context, std::move(task), boost::asio::use_future);
  context.run();
  return result.get();
}

TEST(Pool, RunsWorkOnAnotherThreadAndComesBack) {
  Pool pool({.threads = 1});
  std::thread::id worker, after;
  const auto task = [&]() -> Task<int> {
    const int value = co_await pool.run([&] {
      worker = std::this_thread::get_id();
      return 7;
    });
    after = std::this_thread::get_id();
    co_return value;
  };
  EXPECT_EQ(run(task()), 7);
  EXPECT_NE(worker, std::this_thread::get_id());
  EXPECT_EQ(after, std::this_thread::get_id());
}

TEST(Pool, RunsWorkWithoutAValue) {
  Pool pool;
  int calls = 0;
  const auto task = [&]() -> Task<void> { co_await pool.run([&] { ++calls; }); };
  run(task());
  EXPECT_EQ(calls, 1);
}

TEST(Pool, BringsBackWhatCannotBeCopied) {
  Pool pool;
  const auto task = [&]() -> Task<std::unique_ptr<int>> {
    co_return co_await pool.run([] { return std::make_unique<int>(3); });
  };
  EXPECT_EQ(*run(task()), 3);
}

TEST(Pool, ThrowsWhatTheWorkThrows) {
  Pool pool;
  const auto task = [&]() -> Task<int> {
    co_return co_await pool.run([]() -> int { throw std::invalid_argument("on purpose"); });
  };
  EXPECT_THROW(run(task()), std::invalid_argument);
}

TEST(Pool, IsUnavailableWhenTooManyWait) {
  Pool pool({.threads = 1, .queue = 0});
  std::promise<void> entered, may_go;
  const auto holding = [&]() -> Task<void> {
    co_await pool.run([&] {
      entered.set_value();
      may_go.get_future().wait();
    });
  };
  std::thread other([&] { run(holding()); });
  entered.get_future().wait();
  const auto task = [&]() -> Task<void> { co_await pool.run([] {}); };
  EXPECT_THROW(run(task()), Unavailable);
  may_go.set_value();
  other.join();
}

}  // namespace serval::pool_test
