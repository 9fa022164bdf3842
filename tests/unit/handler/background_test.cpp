// SPDX-License-Identifier: MIT
#include <serval/handler/background.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <exception>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include <serval/task.hpp>

#include "tests/wire/support/waiting.hpp"

namespace serval::background_test {

using testing::at_once;

/// Does all work, and also waits for coroutines.
void run_all(BackgroundTasks& tasks) {
  if (http::Pending rest = tasks.run()) wait(rest.take());
}

TEST(BackgroundTasks, RunInTheOrderTheyWereAdded) {
  BackgroundTasks tasks;
  std::string log;
  tasks.add([&log] { log += 'a'; });
  tasks.add([&log] { log += 'b'; });
  EXPECT_FALSE(tasks.run()) << "plain functions make no coroutine";
  EXPECT_EQ(log, "ab");
}

TEST(BackgroundTasks, RunOnce) {
  BackgroundTasks tasks;
  int runs = 0;
  tasks.add([&runs] { ++runs; });
  run_all(tasks);
  EXPECT_TRUE(tasks.empty());
  run_all(tasks);
  EXPECT_EQ(runs, 1);
}

TEST(BackgroundTasks, StopAtAnExceptionAndDropTheRest) {
  BackgroundTasks tasks;
  bool reached = false;
  tasks.add([] { throw std::runtime_error("no"); });
  tasks.add([&reached] { reached = true; });
  EXPECT_THROW(run_all(tasks), std::runtime_error);
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
  run_all(tasks);
  EXPECT_EQ(last, 100);
}

TEST(BackgroundTasks, ClearDropsThem) {
  BackgroundTasks tasks;
  tasks.add([] { FAIL(); });
  EXPECT_FALSE(tasks.empty());
  tasks.clear();
  run_all(tasks);
}

TEST(BackgroundTasks, KeepCopiesOfTheirArguments) {
  BackgroundTasks tasks;
  std::string seen;
  int count = 0;
  std::string text = "first";
  tasks.add([&seen](const std::string& kept, std::unique_ptr<int> number) { seen = kept + std::to_string(*number); },
            text, std::make_unique<int>(7));
  tasks.add([](int& counted) { ++counted; }, std::ref(count));
  text = "changed";
  run_all(tasks);
  EXPECT_EQ(seen, "first7");
  EXPECT_EQ(count, 1);
}

TEST(BackgroundTasks, MayBeMembersOfObjects) {
  struct Mailer {
    std::string sent;
    void send(const std::string& to) { sent = to; }
  };
  Mailer mailer;
  BackgroundTasks tasks;
  tasks.add(&Mailer::send, &mailer, "ann");
  run_all(tasks);
  EXPECT_EQ(mailer.sent, "ann");
}

// --- Coroutines ----------------------------------------------------------------------------------

Task<void> append(std::string& log, const std::string& text) {
  log += "<";
  co_await at_once();
  log += text + ">";
}

TEST(BackgroundTasks, ThatAreCoroutinesRunOneAfterTheOther) {
  BackgroundTasks tasks;
  std::string log;
  tasks.add([&log] { log += "plain "; });
  tasks.add(append, std::ref(log), std::string(40, 'a'));
  tasks.add(append, std::ref(log), std::string("b"));
  tasks.add([&log] { log += " plain"; });
  http::Pending rest = tasks.run();
  ASSERT_TRUE(rest);
  EXPECT_FALSE(tasks.empty());
  EXPECT_EQ(log, "plain ");
  wait(rest.take());
  EXPECT_EQ(log, "plain <" + std::string(40, 'a') + "><b> plain");
  EXPECT_TRUE(tasks.empty());
}

TEST(BackgroundTasks, OwnTheCapturesOfALambdaUntilItHasEnded) {
  BackgroundTasks tasks;
  const auto alive = std::make_shared<int>(0);
  long owners = 0;
  tasks.add([alive, &owners]() -> Task<void> {
    co_await at_once();
    owners = alive.use_count();
  });
  tasks.add([&owners, &alive] { owners = owners * 10 + alive.use_count(); });
  run_all(tasks);
  EXPECT_EQ(owners, 21) << "two owners while it ran, one afterwards";
}

TEST(BackgroundTasks, ThatAreCoroutinesMayAddFurtherTasks) {
  BackgroundTasks tasks;
  std::string log;
  tasks.add([&]() -> Task<void> {
    co_await at_once();
    tasks.add(append, std::ref(log), std::string("later"));
  });
  run_all(tasks);
  EXPECT_EQ(log, "<later>");
}

TEST(BackgroundTasks, StopAtAnExceptionOfACoroutine) {
  BackgroundTasks tasks;
  bool reached = false;
  tasks.add([]() -> Task<void> {
    co_await at_once();
    throw std::runtime_error("no");
  });
  tasks.add([&reached] { reached = true; });
  EXPECT_THROW(run_all(tasks), std::runtime_error);
  EXPECT_FALSE(reached);
  EXPECT_TRUE(tasks.empty());
}

TEST(BackgroundTasks, BeginNoMoreOnceTheyAreCancelled) {
  BackgroundTasks tasks;
  boost::asio::cancellation_signal signal;
  bool ended = false;
  bool reached = false;
  tasks.add([&]() -> Task<void> {
    co_await boost::asio::this_coro::throw_if_cancelled(false);
    signal.emit(boost::asio::cancellation_type::terminal);
    ended = true;  // it ignores the cancellation
    co_return;
  });
  tasks.add([&reached] { reached = true; });
  http::Pending rest = tasks.run();
  ASSERT_TRUE(rest);
  boost::asio::io_context context;
  std::exception_ptr fault;
  boost::asio::co_spawn(context, rest.take(),
                        boost::asio::bind_cancellation_slot(
                            signal.slot(), [&fault](const std::exception_ptr& thrown) { fault = thrown; }));
  context.run();
  EXPECT_TRUE(ended);
  EXPECT_TRUE(fault);
  EXPECT_FALSE(reached);
  EXPECT_TRUE(tasks.empty());
}

}  // namespace serval::background_test
