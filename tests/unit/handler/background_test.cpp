// SPDX-License-Identifier: MIT
#include <serval/handler/background.hpp>

#include <gtest/gtest.h>
#include <stdexcept>
#include <string>

namespace serval::background_test {

TEST(BackgroundTasks, RunInTheOrderTheyWereAdded) {
  BackgroundTasks tasks;
  std::string log;
  tasks.add([&log] { log += 'a'; });
  tasks.add([&log] { log += 'b'; });
  tasks.run();
  EXPECT_EQ(log, "ab");
}

TEST(BackgroundTasks, RunOnce) {
  BackgroundTasks tasks;
  int runs = 0;
  tasks.add([&runs] { ++runs; });
  tasks.run();
  EXPECT_TRUE(tasks.empty());
  tasks.run();
  EXPECT_EQ(runs, 1);
}

TEST(BackgroundTasks, StopAtAnExceptionAndDropTheRest) {
  BackgroundTasks tasks;
  bool reached = false;
  tasks.add([] { throw std::runtime_error("no"); });
  tasks.add([&reached] { reached = true; });
  EXPECT_THROW(tasks.run(), std::runtime_error);
  EXPECT_FALSE(reached);
  EXPECT_TRUE(tasks.empty());
}

TEST(BackgroundTasks, MayAddFurtherTasks) {
  BackgroundTasks tasks;
  int last = 0;
  std::function<void(int)> add_next = [&](int number) {
    tasks.add([&, number] {
      last = number;
      if (number < 100) add_next(number + 1);
    });
  };
  add_next(1);
  tasks.run();
  EXPECT_EQ(last, 100);
}

TEST(BackgroundTasks, ClearDropsThem) {
  BackgroundTasks tasks;
  tasks.add([] { FAIL(); });
  EXPECT_FALSE(tasks.empty());
  tasks.clear();
  tasks.run();
}

}  // namespace serval::background_test
