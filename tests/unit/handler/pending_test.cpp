// SPDX-License-Identifier: MIT
#include <serval/handler/pending.hpp>

#include <serval/base/task.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>
#include <memory>
#include <utility>

namespace serval::pending_test {

Task<void> set_to(std::shared_ptr<int> target, int value) {
  *target = value;
  co_return;
}

void run(Task<void> task) {
  boost::asio::io_context context;
  boost::asio::co_spawn(context, std::move(task), boost::asio::detached);
  context.run();
}

TEST(Pending, IsNothingByDefault) { EXPECT_FALSE(http::Pending{}); }

TEST(Pending, GivesItsTaskOnce) {
  const auto value = std::make_shared<int>(0);
  http::Pending pending(set_to(value, 5));
  EXPECT_TRUE(pending);
  Task<void> task = pending.take();
  EXPECT_FALSE(pending);
  EXPECT_EQ(*value, 0);
  run(std::move(task));
  EXPECT_EQ(*value, 5);
}

TEST(Pending, MovesItsTask) {
  const auto value = std::make_shared<int>(0);
  http::Pending first(set_to(value, 1));
  http::Pending second(std::move(first));
  EXPECT_FALSE(first);  // `Pending` promises that a moved-from object is empty
  run(second.take());
  EXPECT_EQ(*value, 1);
}

TEST(Pending, AssignmentTakesTheOthersTask) {
  const auto value = std::make_shared<int>(0);
  http::Pending pending;
  pending = http::Pending(set_to(value, 1));
  run(pending.take());
  EXPECT_EQ(*value, 1);
}

TEST(Pending, AssignmentDropsItsOwnTask) {
  const auto value = std::make_shared<int>(0);
  http::Pending pending(set_to(value, 1));
  EXPECT_EQ(value.use_count(), 2);
  pending = http::Pending{};
  EXPECT_FALSE(pending);
  EXPECT_EQ(value.use_count(), 1);
}

TEST(Pending, DestroysATaskNobodyTook) {
  const auto value = std::make_shared<int>(0);
  { const http::Pending pending(set_to(value, 1)); }
  EXPECT_EQ(value.use_count(), 1);
  EXPECT_EQ(*value, 0);
}

}  // namespace serval::pending_test
