// SPDX-License-Identifier: MIT
#include "base/change.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <optional>

namespace serval::detail::change_test {

class ChangeTest : public ::testing::Test {
 protected:
  ChangeTest() : change_(std::in_place, context_.get_executor()) {}

  void wait_in_a_task() { boost::asio::co_spawn(context_, wait(), boost::asio::detached); }
  Task<void> wait() {
    co_await change_->wait();
    ++ended_;
  }
  /// Returns how many waits have ended so far.
  int ended() {
    context_.restart();
    context_.poll();
    return ended_;
  }

  boost::asio::io_context context_;
  std::optional<Change> change_;
  int ended_ = 0;
};

TEST_F(ChangeTest, LetsAllGoOnThatWait) {
  wait_in_a_task();
  wait_in_a_task();
  EXPECT_EQ(ended(), 0);
  change_->tell();
  EXPECT_EQ(ended(), 2);
}

TEST_F(ChangeTest, IsNotRememberedForWhoWaitsLater) {
  change_->tell();
  wait_in_a_task();
  EXPECT_EQ(ended(), 0);
}

TEST_F(ChangeTest, EndsWaitsWithItself) {
  wait_in_a_task();
  EXPECT_EQ(ended(), 0);
  change_.reset();
  EXPECT_EQ(ended(), 1);
}

}  // namespace serval::detail::change_test
