// SPDX-License-Identifier: MIT
// Tasks that go on although their caller was cancelled.
#include "handler/shield.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <gtest/gtest.h>

#include <chrono>
#include <exception>
#include <stdexcept>
#include <utility>

#include <serval/base/task.hpp>

namespace serval::shield_test {

namespace asio = boost::asio;
using namespace std::chrono_literals;

class Shield : public ::testing::Test {
 protected:
  Task<void> wait(std::chrono::milliseconds time) {
    asio::steady_timer timer(co_await asio::this_coro::executor, time);
    co_await timer.async_wait(asio::use_awaitable);
    has_waited = true;
  }
  Task<void> call(Task<void> task, std::chrono::milliseconds grace) {
    co_await asio::this_coro::throw_if_cancelled(false);
    co_await detail::shield(std::move(task), grace);
  }
  /// Cancels the caller at once, and runs to the end.
  void run_cancelled(Task<void> task, std::chrono::milliseconds grace) {
    asio::cancellation_signal signal;
    asio::co_spawn(
        context, call(std::move(task), grace),
        asio::bind_cancellation_slot(signal.slot(), [this](std::exception_ptr thrown) { fault = std::move(thrown); }));
    context.poll();
    signal.emit(asio::cancellation_type::terminal);
    context.run();
  }

  asio::io_context context;
  bool has_waited = false;
  std::exception_ptr fault;
};

TEST_F(Shield, KeepsACancellationFromATaskThatEndsInTime) {
  run_cancelled(wait(1ms), 1h);
  EXPECT_TRUE(has_waited);
  EXPECT_FALSE(fault);
}

TEST_F(Shield, CancelsATaskThatTakesTooLong) {
  run_cancelled(wait(1h), 1ms);
  EXPECT_FALSE(has_waited);
  EXPECT_TRUE(fault);
}

TEST_F(Shield, CountsFromTheBeginningIfTheCallerWasCancelledBefore) {
  asio::cancellation_signal signal;
  const auto begin = [&]() -> Task<void> {
    co_await asio::this_coro::throw_if_cancelled(false);
    signal.emit(asio::cancellation_type::terminal);
    co_await detail::shield(wait(1h), 1ms);
  };
  asio::co_spawn(context, begin(), asio::bind_cancellation_slot(signal.slot(), [this](std::exception_ptr thrown) {
                   fault = std::move(thrown);
                 }));
  context.run();
  EXPECT_TRUE(fault);
}

TEST_F(Shield, PassesExceptionsOn) {
  const auto fail = []() -> Task<void> {
    throw std::runtime_error("no");
    co_return;
  };
  asio::co_spawn(context, call(fail(), 1h), [this](std::exception_ptr thrown) { fault = std::move(thrown); });
  context.run();
  EXPECT_TRUE(fault);
}

}  // namespace serval::shield_test
