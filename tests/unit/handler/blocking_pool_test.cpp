// SPDX-License-Identifier: MIT
#include "handler/blocking_pool.hpp"

#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <atomic>
#include <chrono>
#include <exception>
#include <future>
#include <latch>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>

#include <serval/base/task.hpp>
#include <serval/http/http_error.hpp>

namespace serval::blocking_pool_test {

namespace asio = boost::asio;

TEST(BlockingPool, RunsWorkOnThreadsOfItsOwn) {
  std::latch done(3);
  std::atomic<bool> elsewhere{true};
  detail::BlockingPool pool(2, 10);
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(pool.try_post([&, caller = std::this_thread::get_id()] {
      if (std::this_thread::get_id() == caller) elsewhere = false;
      done.count_down();
    }));
  }
  done.wait();
  EXPECT_TRUE(elsewhere);
}

TEST(BlockingPool, RefusesWorkWhenThreadsAndQueueAreFull) {
  std::latch go(1);
  std::atomic<int> ran{0};
  {
    detail::BlockingPool pool(2, 1);
    const auto wait = [&] {
      go.wait();
      ++ran;
    };
    EXPECT_TRUE(pool.try_post(wait));
    EXPECT_TRUE(pool.try_post(wait));
    EXPECT_TRUE(pool.try_post(wait));  // waits in the queue
    EXPECT_FALSE(pool.try_post(wait));
    go.count_down();
    while (ran < 3) std::this_thread::yield();
  }
  EXPECT_EQ(ran, 3);
}

TEST(BlockingPool, TellsHowMuchWorkWaits) {
  std::latch go(1), begun(1);
  detail::BlockingPool pool(1, 2);
  EXPECT_EQ(pool.queued(), 0U);
  EXPECT_TRUE(pool.try_post([&] {
    begun.count_down();
    go.wait();
  }));
  begun.wait();
  EXPECT_TRUE(pool.try_post([] {}));
  EXPECT_TRUE(pool.try_post([] {}));
  EXPECT_EQ(pool.queued(), 2U);
  go.count_down();
}

TEST(BlockingPool, MeasuresHowLongWorkWaitsOnlyWhileSomeWaits) {
  std::latch go(1), begun(1), done(1);
  detail::BlockingPool pool(1, 1);
  EXPECT_EQ(pool.lag().count(), 0);
  EXPECT_TRUE(pool.try_post([&] {
    begun.count_down();
    go.wait();
  }));
  begun.wait();
  EXPECT_EQ(pool.lag().count(), 0);
  EXPECT_EQ(pool.queued(), 0U);
  EXPECT_TRUE(pool.try_post([] {}));
  static_cast<void>(pool.lag());  // begins to measure, also where the queue is full
  const auto first = pool.lag();
  const auto second = pool.lag();
  EXPECT_GT(first.count(), 0);
  EXPECT_GT(second, first);
  EXPECT_EQ(pool.queued(), 2U);
  go.count_down();
  EXPECT_TRUE(pool.post_first([&] { done.count_down(); }));
  done.wait();
  while (pool.queued() != 0) std::this_thread::yield();
  EXPECT_EQ(pool.lag().count(), 0);
}

TEST(BlockingPool, RunsFirstWhatWorkAtHandMayWaitFor) {
  detail::BlockingPool pool(1, 0);
  std::latch go(1), done(1);
  EXPECT_TRUE(pool.try_post([&] {
    go.wait();
    done.count_down();
  }));
  EXPECT_FALSE(pool.try_post([] {}));
  EXPECT_TRUE(pool.post_first([&] { go.count_down(); }));
  done.wait();
}

TEST(BlockingPool, QueuesNothingWhereTheQueueHasNoRoom) {
  std::latch go(1);
  detail::BlockingPool pool(1, 0);
  EXPECT_TRUE(pool.try_post([&] { go.wait(); }));
  EXPECT_FALSE(pool.try_post([] {}));
  go.count_down();
}

TEST(BlockingPool, FinishesWhatRunsAndDropsWhatWaitsAtItsEnd) {
  std::latch begun(1);
  std::atomic<bool> finished{false};
  std::latch dropped(1);
  // Its deleter runs when the waiting work is dropped. The pool is ending then, while the other work still runs.
  std::shared_ptr<int> watch(new int(0), [&](const int* value) {
    delete value;
    dropped.count_down();
  });
  {
    detail::BlockingPool pool(1, 1);
    EXPECT_TRUE(pool.try_post([&] {
      begun.count_down();
      dropped.wait();
      finished = true;
    }));
    EXPECT_TRUE(pool.try_post([watch] { ADD_FAILURE() << *watch; }));
    begun.wait();
    watch.reset();
  }
  EXPECT_TRUE(finished);
}

/// Runs a task to its end and returns the exception that it threw.
std::exception_ptr run(asio::io_context& context, Task<void> task, asio::cancellation_slot slot = {}) {
  std::optional<std::exception_ptr> result;
  asio::co_spawn(context, std::move(task),
                 asio::bind_cancellation_slot(slot, [&](std::exception_ptr fault) { result = std::move(fault); }));
  context.restart();
  context.run();
  EXPECT_TRUE(result.has_value());
  return result.value_or(nullptr);
}

TEST(RunBlocking, GoesOnOnTheCoroutinesExecutor) {
  detail::BlockingPool pool(1, 1);
  asio::io_context context;
  std::thread::id worked;
  std::thread::id resumed;
  const auto task = [](detail::BlockingPool& on, std::thread::id& work, std::thread::id& after) -> Task<void> {
    co_await detail::run_blocking(on, [&] { work = std::this_thread::get_id(); });
    after = std::this_thread::get_id();
  };
  EXPECT_EQ(run(context, task(pool, worked, resumed)), nullptr);
  EXPECT_NE(worked, std::this_thread::get_id());
  EXPECT_EQ(resumed, std::this_thread::get_id());
}

TEST(RunBlocking, ThrowsWhatTheWorkThrew) {
  detail::BlockingPool pool(1, 1);
  asio::io_context context;
  const auto fault = run(context, detail::run_blocking(pool, [] { throw std::runtime_error("of the work"); }));
  ASSERT_NE(fault, nullptr);
  try {
    std::rethrow_exception(fault);
  } catch (const std::runtime_error& error) {
    EXPECT_EQ(std::string(error.what()), "of the work");
  }
}

int status_of(const std::exception_ptr& fault) {
  try {
    if (fault) std::rethrow_exception(fault);
  } catch (const HttpError& error) {
    EXPECT_EQ(error.headers().get("retry-after"), "1");
    return error.status();
  } catch (...) {
    return -1;
  }
  return 0;
}

TEST(RunBlocking, Throws503WhenThePoolIsFull) {
  std::latch go(1);
  detail::BlockingPool pool(1, 0);
  EXPECT_TRUE(pool.try_post([&] { go.wait(); }));
  asio::io_context context;
  EXPECT_EQ(status_of(run(context, detail::run_blocking(pool, [] {}))), 503);
  go.count_down();
}

TEST(RunBlocking, EndsAlsoWhenThePoolGoesWithTheWorkInItsQueue) {
  std::latch dropped(1);
  asio::io_context context;
  auto pool = std::make_unique<detail::BlockingPool>(1, 2);
  EXPECT_TRUE(pool->try_post([&] { dropped.wait(); }));
  std::shared_ptr<int> watch(new int(0), [&](const int* value) {
    delete value;
    dropped.count_down();
  });
  const auto task = [](std::unique_ptr<detail::BlockingPool>& on, std::shared_ptr<int>& last) -> Task<void> {
    asio::post(co_await asio::this_coro::executor, [&on, &last] {
      EXPECT_TRUE(on->try_post([kept = std::move(last)] { ADD_FAILURE() << *kept; }));
      on.reset();
    });
    co_await detail::run_blocking(*on, [] { ADD_FAILURE(); });
  };
  EXPECT_EQ(status_of(run(context, task(pool, watch))), 503);
}

TEST(RunBlocking, WaitsForTheWorkThoughItIsCancelled) {
  detail::BlockingPool pool(1, 1);
  asio::io_context context;
  asio::cancellation_signal signal;
  std::latch begun(1);
  std::latch go(1);
  std::atomic<bool> worked{false};
  std::thread canceller([&] {
    begun.wait();
    asio::post(context, [&] {
      signal.emit(asio::cancellation_type::terminal);
      go.count_down();
    });
  });
  const auto task = [](detail::BlockingPool& on, std::latch& at_work, std::latch& wait,
                       std::atomic<bool>& done) -> Task<void> {
    co_await detail::run_blocking(on, [&] {
      at_work.count_down();
      wait.wait();
      done = true;
    });
    EXPECT_TRUE(done);
    co_await asio::post(co_await asio::this_coro::executor, asio::use_awaitable);
    ADD_FAILURE() << "the cancellation was not noticed";
  };
  EXPECT_EQ(status_of(run(context, task(pool, begun, go, worked), signal.slot())), -1);
  EXPECT_TRUE(worked);
  canceller.join();
}

TEST(RunBlocking, LetsTheContextEndWithTheCoroutine) {
  detail::BlockingPool pool(1, 1);
  for (int round = 0; round < 2000; ++round) {
    // A use after free shows under a sanitizer, and usually without one.
    auto context = std::make_unique<asio::io_context>();
    asio::co_spawn(*context, detail::run_blocking(pool, [] {}), [&](const std::exception_ptr&) { context->stop(); });
    context->run();
  }
}

TEST(RunBlocking, MayBeCalledOnAStrandAnyNumberOfTimes) {
  detail::BlockingPool pool(1, 1);
  asio::io_context context;
  const auto task = [](detail::BlockingPool& on, int& done) -> Task<void> {
    for (int call = 0; call < 100; ++call) co_await detail::run_blocking(on, [&] { ++done; });
  };
  int done = 0;
  std::exception_ptr fault;
  asio::co_spawn(asio::make_strand(context), task(pool, done), [&](std::exception_ptr thrown) { fault = thrown; });
  context.run();
  EXPECT_EQ(fault, nullptr);
  EXPECT_EQ(done, 100);
}

TEST(RunBlocking, LetsAContextEndOnlyOnceItsWorkHasEnded) {
  std::promise<void> gone;
  std::latch begun(1);
  std::atomic<int> worked{0};
  detail::BlockingPool pool(1, 1);
  auto context = std::make_unique<asio::io_context>();
  const auto work = [&, is_gone = gone.get_future().share()] {
    begun.count_down();
    EXPECT_EQ(is_gone.wait_for(std::chrono::milliseconds{100}), std::future_status::timeout);
    ++worked;
  };
  for (int call = 0; call < 2; ++call) {
    asio::co_spawn(asio::make_strand(*context), detail::run_blocking(pool, work), [](const std::exception_ptr&) {});
  }
  context->poll();
  begun.wait();
  context.reset();
  gone.set_value();
  EXPECT_EQ(worked, 1) << "what had not begun was not dropped";
}

}  // namespace serval::blocking_pool_test
