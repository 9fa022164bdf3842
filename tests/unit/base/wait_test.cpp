// SPDX-License-Identifier: MIT
#include <serval/base/wait.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

#include <serval/serval.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>

#include "base/event_loops.hpp"

namespace serval::wait_test {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using testing::HasSubstr;

Task<int> at_once(int value) { co_return value; }
Task<int> later(int value) {
  asio::steady_timer timer(co_await asio::this_coro::executor, 1ms);
  co_await timer.async_wait(asio::use_awaitable);
  co_return value;
}
Task<void> fail_later() {
  static_cast<void>(co_await later(0));
  throw std::runtime_error("late");
}
Task<std::unique_ptr<std::string>> make_text() { co_return std::make_unique<std::string>("text"); }

/// Returns the text of the exception if `wait` is refused; empty if it is not.
std::string refusal() {
  try {
    static_cast<void>(serval::wait(at_once(1)));
    return {};
  } catch (const std::logic_error& error) {
    return error.what();
  }
}

// --- on a loop of its own -----------------------------------------------------------------------

TEST(Wait, ReturnsWhatTheTaskReturns) {
  EXPECT_EQ(serval::wait(at_once(7)), 7);
  EXPECT_EQ(serval::wait(later(8)), 8);
  EXPECT_EQ(*serval::wait(make_text()), "text");
}

TEST(Wait, ThrowsWhatTheTaskThrows) { EXPECT_THROW(serval::wait(fail_later()), std::runtime_error); }

TEST(Wait, RunsTheTaskOnItsOwnThread) {
  const auto thread_of = []() -> Task<std::thread::id> {
    static_cast<void>(co_await later(0));
    co_return std::this_thread::get_id();
  };
  EXPECT_EQ(serval::wait(thread_of()), std::this_thread::get_id());
}

TEST(Wait, EndsWhatTheTaskLeavesBehind) {
  struct Witness {
    explicit Witness(std::promise<void>& its_end) : gone(its_end) {}
    std::promise<void>& gone;
    ~Witness() { gone.set_value(); }
  };
  std::promise<void> gone;
  bool has_run = false;
  const auto leave_timer = [&]() -> Task<void> {
    const auto timer = std::make_shared<asio::steady_timer>(co_await asio::this_coro::executor, 1h);
    const auto witness = std::make_shared<Witness>(gone);
    timer->async_wait([&has_run, timer, witness](const boost::system::error_code&) { has_run = true; });
  };
  serval::wait(leave_timer());
  EXPECT_EQ(gone.get_future().wait_for(0s), std::future_status::ready);
  EXPECT_FALSE(has_run);
}

TEST(Wait, MayBeCalledBySeveralThreadsAtOnce) {
  std::future<int> other = std::async(std::launch::async, [] { return serval::wait(later(1)); });
  EXPECT_EQ(serval::wait(later(2)), 2);
  EXPECT_EQ(other.get(), 1);
}

TEST(Wait, IsRefusedWithinATask) {
  const auto nested = []() -> Task<std::string> { co_return refusal(); };
  EXPECT_THAT(serval::wait(nested()), HasSubstr("wait() was called on the thread of an event loop"));
  EXPECT_EQ(refusal(), "");
}

// --- on a given context -------------------------------------------------------------------------

TEST(WaitOnContext, RunsTheTaskThere) {
  asio::io_context context;
  const auto is_there = [&]() -> Task<bool> {
    static_cast<void>(co_await later(0));
    co_return context.get_executor().running_in_this_thread();
  };
  EXPECT_TRUE(serval::wait(is_there(), context));
  EXPECT_TRUE(serval::wait(is_there(), context));
}

TEST(WaitOnContext, RestartsAStoppedOne) {
  asio::io_context context;
  context.stop();
  EXPECT_EQ(serval::wait(later(3), context), 3);
}

TEST(WaitOnContext, IsRefusedWhereThisThreadRunsIt) {
  asio::io_context context;
  std::string said;
  asio::post(context, [&] {
    try {
      static_cast<void>(serval::wait(at_once(1), context));
    } catch (const std::logic_error& error) {
      said = error.what();
    }
  });
  context.run();
  EXPECT_THAT(said, HasSubstr("wait() was called on the thread of an event loop"));
}

TEST(WaitOnContext, ThrowsWhereItIsStoppedBeforeTheTaskEnds) {
  asio::io_context context;
  asio::post(context, [&] { context.stop(); });
  const auto for_long = []() -> Task<int> {
    asio::steady_timer timer(co_await asio::this_coro::executor, 1h);
    co_await timer.async_wait(asio::use_awaitable);
    co_return 1;
  };
  EXPECT_THROW(static_cast<void>(serval::wait(for_long(), context)), std::runtime_error);
}

// --- where it is refused ------------------------------------------------------------------------

TEST(EventLoopMark, CountsWhileItLives) {
  asio::io_context context;
  const auto is_on_loop = [&] {
    bool is = false;
    asio::post(context, [&] { is = detail::on_event_loop(); });
    context.restart();
    context.run();
    return is;
  };
  EXPECT_FALSE(is_on_loop());
  {
    const detail::EventLoopMark first(context);
    { const detail::EventLoopMark second(context); }
    EXPECT_TRUE(is_on_loop());
    EXPECT_FALSE(detail::on_event_loop());
  }
  EXPECT_FALSE(is_on_loop());
}

TEST(WaitInHandler, IsRefusedOnTheLoopAndFineOnThePool) {
  App app;
  app.get("/plain")([] { return refusal(); });
  app.get("/coroutine")([]() -> Task<std::string> { co_return refusal(); });
  app.get("/blocking", {.blocking = true})([] { return serval::wait(later(5)); });
  TestClient client{app};
  EXPECT_THAT(client.get("/plain").body, HasSubstr("wait() was called on the thread of an event loop"));
  EXPECT_THAT(client.get("/coroutine").body, HasSubstr("wait() was called on the thread of an event loop"));
  EXPECT_EQ(client.get("/blocking").body, "5");
  EXPECT_EQ(refusal(), "");
}

TEST(WaitInLifecycle, IsForFunctionsThatAreNoCoroutines) {
  App app;
  std::string plain = "not called", coroutine = "not called";
  app.on_start([&] { plain = refusal(); });
  app.on_start([&]() -> Task<void> {
    coroutine = refusal();
    co_return;
  });
  TestClient client{app};
  EXPECT_EQ(plain, "");
  EXPECT_THAT(coroutine, HasSubstr("co_await the task there"));
}

}  // namespace serval::wait_test
