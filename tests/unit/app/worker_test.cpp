// SPDX-License-Identifier: MIT
// What an application does on its own while it is served: services and repeated functions.
#include "app/worker.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <serval/serval.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/log.hpp"
#include "tests/unit/support/setup_error.hpp"

namespace serval::worker_test {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Task<void> yield() {
  co_await boost::asio::post(co_await boost::asio::this_coro::executor, boost::asio::use_awaitable);
}
Task<void> for_ever() {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, std::chrono::hours(1));
  co_await timer.async_wait(boost::asio::use_awaitable);
}
Task<void> until(std::function<bool()> condition) {
  while (!condition()) co_await yield();
}

/// An application with a route that responds once a condition holds. The loop meanwhile runs everything else.
class Work : public ::testing::Test {
 protected:
  Work() {
    app_.get("/")([this]() -> Task<int> {
      co_await until(condition_);
      co_return 1;
    });
  }
  void run_until(TestClient& client, std::function<bool()> condition) {
    condition_ = std::move(condition);
    EXPECT_EQ(client.get("/").status, 200);
  }

  MemoryLog log_;
  std::function<bool()> condition_;
  App app_{{.logger = log_.logger()}};
};
using Service = Work;
using Every = Work;

struct Queue {
  int taken = 0;
};

TEST_F(Service, RunsUntilItIsToldToStop) {
  bool was_requested = true, has_ended = false;
  app_.provide(Queue{});
  app_.service("relay", [&](State<Queue> queue, Stopping stopping) -> Task<void> {
    was_requested = stopping.is_requested();
    ++queue->taken;
    co_await stopping.wait();
    has_ended = stopping.is_requested();
  });
  app_.get("/taken")([](State<Queue> queue) { return queue->taken; });
  {
    TestClient client{app_};
    run_until(client, [&] { return !was_requested; });
    EXPECT_EQ(client.get("/taken").body, "1");
  }
  EXPECT_TRUE(has_ended);
  EXPECT_EQ(log_.text(), "");
}

Task<void> fail() {
  co_await yield();
  throw std::runtime_error("no connection");
}

/// Returns at once in the first run, then fails twice, then runs until the stop.
auto failing(int& runs) {
  return [&runs](Stopping stopping) -> Task<void> {
    ++runs;
    if (runs == 1) co_return;
    if (runs < 4) co_await fail();
    co_await stopping.wait();
  };
}

TEST_F(Service, StartsAgainAfterARestThatGrows) {
  int runs = 0;
  app_.service("relay", failing(runs), {.restart = backoff(1ms, 1h)});
  TestClient client{app_};
  run_until(client, [&] { return runs == 4; });
  EXPECT_EQ(log_.text(),
            "service relay has ended; it starts again in 1 ms\n"
            "service relay failed: no connection; it starts again in 2 ms\n"
            "service relay failed: no connection; it starts again in 4 ms\n");
}

TEST_F(Service, RestsNoLongerThanAllowed) {
  int runs = 0;
  app_.service("relay", failing(runs), {.restart = backoff(1ms, 1ms)});
  TestClient client{app_};
  run_until(client, [&] { return runs == 4; });
  EXPECT_EQ(log_.text(),
            "service relay has ended; it starts again in 1 ms\n"
            "service relay failed: no connection; it starts again in 1 ms\n"
            "service relay failed: no connection; it starts again in 1 ms\n");
}

TEST_F(Service, ThatStartedLastEndsFirst) {
  std::vector<std::string> ended;
  int begun = 0;
  const auto serve = [&](std::string name) {
    return [&, name](Stopping stopping) -> Task<void> {
      ++begun;
      co_await stopping.wait();
      for (int i = 0; i < 10; ++i) co_await yield();
      ended.push_back(name);
    };
  };
  app_.service("first", serve("first"));
  app_.service("second", serve("second"));
  app_.service("third", serve("third"));
  app_.on_stop([&] { ended.push_back("on_stop"); });
  {
    TestClient client{app_};
    run_until(client, [&] { return begun == 3; });
  }
  EXPECT_THAT(ended, ElementsAre("third", "second", "first", "on_stop"));
}

TEST_F(Service, IsCancelledAfterItsDrain) {
  int begun = 0;
  app_.service("deaf",
               [&]() -> Task<void> {
                 ++begun;
                 co_await for_ever();
               },
               {.drain = 1ms});
  {
    TestClient client{app_};
    run_until(client, [&] { return begun == 1; });
  }
  EXPECT_EQ(log_.text(), "service deaf did not end within 1 ms and is cancelled\n");
}

TEST_F(Service, IsCancelledAtTheDeadlineOfTheStop) {
  int begun = 0;
  bool was_cancelled = false;
  app_.service("deaf",
               [&]() -> Task<void> {
                 ++begun;
                 try {
                   co_await for_ever();
                 } catch (const boost::system::system_error&) {
                   was_cancelled = true;
                   throw;
                 }
               },
               {.drain = 1h});
  {
    TestClientOptions options;
    options.wait_timeout = 1ms;
    TestClient client{app_, options};
    run_until(client, [&] { return begun == 1; });
  }
  EXPECT_TRUE(was_cancelled);
}

TEST_F(Service, ThatFailsWhileItStopsIsLogged) {
  int begun = 0;
  app_.service("relay", [&](Stopping stopping) -> Task<void> {
    ++begun;
    co_await stopping.wait();
    co_await fail();
  });
  {
    TestClient client{app_};
    run_until(client, [&] { return begun == 1; });
  }
  EXPECT_EQ(log_.text(), "service relay failed while it stopped: no connection\n");
}

TEST_F(Service, IsNotStartedAgainWhileItRests) {
  int runs = 0;
  app_.service("short",
               [&]() -> Task<void> {
                 ++runs;
                 co_return;
               },
               {.restart = backoff(1h, 1h)});
  {
    TestClient client{app_};
    run_until(client, [&] { return runs == 1 && !log_.text().empty(); });
  }
  EXPECT_EQ(runs, 1);
}

TEST_F(Service, OfAMountedApplicationRuns) {
  int runs = 0;
  App inner;
  inner.service("inner", [&](Stopping stopping) -> Task<void> {
    ++runs;
    co_await stopping.wait();
  });
  app_.mount("/inner", inner);
  TestClient client{app_};
  run_until(client, [&] { return runs == 1; });
}

TEST_F(Service, GoesOnAtAnotherClientWhenItsOwnEnds) {
  int begun = 0, ended = 0;
  app_.service("relay", [&](Stopping stopping) -> Task<void> {
    ++begun;
    co_await stopping.wait();
    ++ended;
  });
  std::optional<TestClient> first(std::in_place, app_), second(std::in_place, app_);
  run_until(*first, [&] { return begun == 1; });
  first.reset();
  EXPECT_EQ(ended, 1);
  run_until(*second, [&] { return begun == 2; });
  second.reset();
  EXPECT_EQ(ended, 2);
}

TEST_F(Every, CallsAgainAndAgainAndLogsWhatIsThrown) {
  int calls = 0;
  app_.every(1ms, [&] {
    if (++calls == 2) throw std::runtime_error("broken");
  });
  TestClient client{app_};
  run_until(client, [&] { return calls == 4; });
  EXPECT_THAT(log_.text(), HasSubstr("the function that is repeated every 1 ms ("));
  EXPECT_THAT(log_.text(), HasSubstr("worker_test.cpp:"));
  EXPECT_THAT(log_.text(), HasSubstr(") failed: broken\n"));
}

TEST_F(Every, CallsAtTheStartWhereThatIsWanted) {
  int at_start = 0, later = 0;
  app_.every(1h, [&] { ++later; });
  app_.every(1h,
             [&](Stopping) -> Task<void> {
               ++at_start;
               co_return;
             },
             {.run_at_start = true});
  TestClient client{app_};
  run_until(client, [&] { return at_start == 1; });
  EXPECT_EQ(later, 0);
}

/// A function that takes longer than its interval.
struct Overlapping {
  int begun = 0, ended = 0, at_once = 0, most_at_once = 0, other = 0;
  bool may_end = false;

  Task<void> run() {
    ++begun;
    most_at_once = std::max(most_at_once, ++at_once);
    co_await until([this] { return may_end; });
    --at_once;
    ++ended;
  }
};

TEST_F(Every, SkipsCallsWhileTheLastGoesOn) {
  Overlapping work;
  app_.every(1ms, [&]() -> Task<void> { co_await work.run(); });
  app_.every(1ms, [&] { ++work.other; });
  TestClient client{app_};
  run_until(client, [&] { return work.begun == 1 && work.other >= 10; });
  work.may_end = true;
  run_until(client, [&] { return work.ended >= 3; });
  EXPECT_EQ(work.most_at_once, 1);
}

TEST_F(Every, MakesUpForOneCallWhereOverlapWaits) {
  Overlapping work;
  app_.every(10ms, [&]() -> Task<void> { co_await work.run(); }, {.overlap = Overlap::wait});
  app_.every(10ms, [&] { ++work.other; });
  TestClient client{app_};
  run_until(client, [&] { return work.begun == 1 && work.other >= 4; });
  const int others = work.other;
  work.may_end = true;
  run_until(client, [&] { return work.begun == 2; });
  EXPECT_EQ(work.most_at_once, 1);
  EXPECT_LE(work.other, others + 1);  // the second call did not wait for the next interval
}

TEST_F(Every, CancelsARunThatIsLateAndGoesOn) {
  int begun = 0;
  app_.every(1ms,
             [&]() -> Task<void> {
               ++begun;
               co_await for_ever();
             },
             {.deadline = 1ms});
  TestClient client{app_};
  run_until(client, [&] { return begun == 3; });
  EXPECT_THAT(log_.text(), HasSubstr("was cancelled, since it took longer than 1 ms\n"));
  EXPECT_THAT(log_.text(), Not(HasSubstr("failed")));
}

TEST_F(Every, LetsItsRunEndAtTheStop) {
  int begun = 0, ended = 0;
  app_.every(1ms, [&](Stopping stopping) -> Task<void> {
    ++begun;
    co_await stopping.wait();
    ++ended;
  });
  {
    TestClient client{app_};
    run_until(client, [&] { return begun == 1; });
  }
  EXPECT_EQ(begun, 1);
  EXPECT_EQ(ended, 1);
}

TEST_F(Every, ComesLaterByItsJitter) {
  int calls = 0;
  app_.every(1ms, [&] { ++calls; }, {.jitter = 2ms});
  TestClient client{app_};
  run_until(client, [&] { return calls == 5; });
}

TEST_F(Every, RefusesAnIntervalOfNothing) {
  EXPECT_THAT(error_of([&] { app_.every(0ms, [] {}); }), HasSubstr("every: the interval must be longer than 0"));
}

TEST_F(Every, RefusesTimesThatNoClockCanTell) {
  EXPECT_THAT(error_of([&] { app_.every(std::chrono::milliseconds::max(), [] {}); }),
              HasSubstr("every: interval is 9223372036854775807 ms; it must be from 0 to 100 years"));
  EXPECT_THAT(error_of([&] { app_.every(1ms, [] {}, {.jitter = -1ms}); }), HasSubstr("every: jitter is -1 ms"));
  EXPECT_THAT(error_of([&] { app_.every(1ms, [] {}, {.deadline = -1ms}); }), HasSubstr("every: deadline is -1 ms"));
}

TEST_F(Work, RefusesTimesThatNoClockCanTell) {
  const auto says = [&](ServiceOptions options) {
    return error_of([&] {
      app_.service(
          "a", [](State<Queue>) -> Task<void> { co_return; }, options);
    });
  };
  EXPECT_THAT(says({.restart = backoff(-1ms, 1ms)}), HasSubstr("service \"a\": restart.first is -1 ms"));
  EXPECT_THAT(says({.restart = backoff(1ms, -1ms)}), HasSubstr("service \"a\": restart.last is -1 ms"));
  EXPECT_THAT(says({.drain = -1ms}), HasSubstr("service \"a\": drain is -1 ms; it must be from 0 to 100 years"));
}

TEST_F(Work, TakesNoStateThatNobodyGives) {
  app_.service("relay", [](State<Queue>) -> Task<void> { co_return; });
  EXPECT_THAT(error_of([&] { TestClient{app_}; }), HasSubstr("service \"relay\": the function takes State<"));
}

}  // namespace serval::worker_test
