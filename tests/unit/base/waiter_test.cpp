// SPDX-License-Identifier: MIT
#include "base/waiter.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <thread>

#include <serval/base/task.hpp>

namespace serval::waiter_test {

namespace asio = boost::asio;
using detail::Waiter;

class WaiterOver : public ::testing::Test {
 protected:
  static Task<void> wait(std::shared_ptr<Waiter> waiter, std::optional<Waiter::End>& end) {
    end = co_await waiter->wait();
  }
  void spawn(const std::shared_ptr<Waiter>& waiter) {
    asio::co_spawn(context_, wait(waiter, end_),
                   asio::bind_cancellation_slot(cancellation_.slot(), [](const std::exception_ptr&) {}));
  }

  asio::io_context context_;
  asio::cancellation_signal cancellation_;
  std::optional<Waiter::End> end_;
};

TEST_F(WaiterOver, EndsIfAnotherThreadTells) {
  const auto waiter = std::make_shared<Waiter>(context_.get_executor());
  spawn(waiter);
  context_.poll();
  EXPECT_FALSE(end_);
  std::thread([&] { Waiter::tell(waiter); }).join();
  context_.run();
  EXPECT_EQ(end_, Waiter::End::told);
}

TEST_F(WaiterOver, EndsAtOnceIfItWasToldBefore) {
  const auto waiter = std::make_shared<Waiter>(context_.get_executor());
  waiter->tell_now();
  spawn(waiter);
  context_.run();
  EXPECT_EQ(end_, Waiter::End::told);
}

TEST_F(WaiterOver, EndsWhenTimeIsOver) {
  spawn(std::make_shared<Waiter>(context_.get_executor(), std::chrono::steady_clock::now()));
  context_.run();
  EXPECT_EQ(end_, Waiter::End::due);
}

TEST_F(WaiterOver, EndsIfItsTaskIsCancelled) {
  spawn(std::make_shared<Waiter>(context_.get_executor()));
  context_.poll();
  cancellation_.emit(asio::cancellation_type::terminal);
  context_.run();
  EXPECT_EQ(end_, Waiter::End::cancelled);
}

}  // namespace serval::waiter_test
