// SPDX-License-Identifier: MIT
// How one part of a program tells the others to end.
#include <serval/handler/stopping.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <optional>

#include <serval/base/task.hpp>

#include "handler/stop_state.hpp"

namespace serval::stopping_test {

namespace asio = boost::asio;

Task<void> wait(Stopping stopping, std::atomic<int>& ended) {
  co_await stopping.wait();
  ++ended;
}

class StoppingFixture : public ::testing::Test {
 protected:
  void spawn() {
    asio::co_spawn(context_, wait(state_->handle(), ended_),
                   asio::bind_cancellation_slot(cancellation_.slot(), [this](const std::exception_ptr& fault) {
                     fault_ = fault;
                     is_done_ = true;
                   }));
  }

  std::shared_ptr<detail::StopState> state_ = std::make_shared<detail::StopState>();
  asio::cancellation_signal cancellation_;
  std::atomic<int> ended_{0};
  bool is_done_ = false;
  std::exception_ptr fault_;
  asio::io_context context_;
};

TEST_F(StoppingFixture, IsNotRequestedAtFirst) {
  EXPECT_FALSE(Stopping().is_requested());
  const Stopping stopping = state_->handle();
  EXPECT_FALSE(stopping.is_requested());
  state_->request();
  EXPECT_TRUE(stopping.is_requested());
}

TEST_F(StoppingFixture, LetsThoseGoOnThatWait) {
  spawn();
  context_.poll();
  EXPECT_FALSE(is_done_);
  state_->request();
  context_.run();
  EXPECT_EQ(ended_, 1);
}

TEST_F(StoppingFixture, DoesNotWaitOnceRequested) {
  state_->request();
  spawn();
  context_.run();
  EXPECT_EQ(ended_, 1);
}

TEST_F(StoppingFixture, EndsWithAnErrorWhenTheTaskIsCancelled) {
  spawn();
  context_.poll();
  cancellation_.emit(asio::cancellation_type::terminal);
  context_.run();
  EXPECT_TRUE(is_done_);
  EXPECT_TRUE(fault_);
  EXPECT_EQ(ended_, 0);
  state_->request();  // no coroutine waits any more
  EXPECT_EQ(context_.poll(), 0U);
}

TEST_F(StoppingFixture, MayOutliveTheContextOfWhoWaits) {
  {
    asio::io_context context;
    asio::co_spawn(context, wait(state_->handle(), ended_), [](const std::exception_ptr&) {});
    context.poll();
  }
  state_->request();
  EXPECT_EQ(ended_, 0);
}

TEST_F(StoppingFixture, TellsCoroutinesOfOtherThreads) {
  asio::thread_pool pool(2);
  for (int i = 0; i < 100; ++i) asio::co_spawn(pool, wait(state_->handle(), ended_), [](const std::exception_ptr&) {});
  state_->request();
  pool.join();
  EXPECT_EQ(ended_, 100);
}

}  // namespace serval::stopping_test
