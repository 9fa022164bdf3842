// SPDX-License-Identifier: MIT
// The start, the services and the stop of an application on a real server: their order, their threads, their deadlines.
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/system/system_error.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <latch>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/stream.hpp>
#include <serval/task.hpp>

#include "tests/wire/support/client.hpp"
#include "tests/wire/support/embedding_program.hpp"
#include "tests/wire/support/waiting.hpp"

namespace serval::testing::lifecycle_test {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

using Steps = std::vector<std::string>;

const std::string get_root = "GET / HTTP/1.1\r\nhost: a\r\n\r\n";

TEST(LifecycleOver, StartsBeforeThePortIsOpenAndStopsAfterTheLastAnswer) {
  Steps steps;
  std::promise<void> stop_begun;
  std::latch called{1};
  App app;
  std::optional<Server> server;
  app.on_start([&] { steps.push_back(server->port() == 0 ? "start, port closed" : "start, port open"); });
  app.on_stop([&] { steps.push_back("stop"); });
  app.get("/", {.blocking = true})([&] {
    called.count_down();
    stop_begun.get_future().wait();
    steps.push_back("answer");
    return 1;
  });
  server.emplace(app, test_options());
  server->start();
  RawClient client(server->port());
  client.send(get_root);
  called.wait();
  server->stop();
  stop_begun.set_value();
  EXPECT_TRUE(client.read_all().ends_with("\r\n\r\n1"));
  server->join();
  EXPECT_THAT(steps, ElementsAre("start, port closed", "answer", "stop"));
  server.reset();
  EXPECT_EQ(steps.size(), 3U);
}

TEST(LifecycleOver, HandsOverWhatAStartFunctionThrowsAndMayStartAgain) {
  Steps steps;
  App app;
  app.on_stop([&] { steps.push_back("stop"); });
  app.on_start([&]() -> Task<void> {
    co_await at_once();
    steps.push_back("start");
    if (steps.size() == 1) throw std::domain_error("no database");
  });
  Server server(app, test_options());
  EXPECT_THROW(server.start(), std::domain_error);
  EXPECT_EQ(server.port(), 0);
  EXPECT_THAT(steps, ElementsAre("start", "stop"));
  server.start();
  EXPECT_NE(server.port(), 0);
  server.stop(0ms);
  server.join();
  EXPECT_THAT(steps, ElementsAre("start", "stop", "start", "stop"));
}

TEST(LifecycleOver, StopsWhatWasStartedWhereThePortIsTaken) {
  Steps steps;
  App other;
  Server holder(other, test_options());
  holder.start();
  App app;
  app.on_start([&] { steps.push_back("start"); });
  app.on_stop([&] { steps.push_back("stop"); });
  ServerOptions options = test_options();
  options.port = holder.port();
  Server server(app, options);
  EXPECT_THROW(server.start(), std::system_error);
  EXPECT_THAT(steps, ElementsAre("start", "stop"));
}

/// A stream that has nothing to send ends as soon as the server stops, even if the deadline is far away.
TEST(StoppingOver, EndsAnIdleStreamThatAwaitsIt) {
  App app;
  app.get("/")([](EventSender<>& events, Stopping stopping) -> Task<void> {
    co_await events.send_text("hello");
    co_await stopping.wait();
  });
  Server server(app, test_options());
  server.start();
  RawClient client(server.port());
  client.send(get_root);
  EXPECT_TRUE(client.receive_until("hello"));
  server.stop(1h);
  EXPECT_TRUE(server.join_for(10s));
  EXPECT_TRUE(client.read_all().ends_with("0\r\n\r\n"));
}

TEST(StoppingOver, EndsAStreamThatAsksForIt) {
  App app;
  app.get("/")([](EventSender<>& events, const Stopping& stopping) -> Task<void> {
    while (!stopping.is_requested()) {
      co_await events.send_text("hello");
      co_await wait(1ms);
    }
  });
  Server server(app, test_options());
  server.start();
  RawClient client(server.port());
  client.send(get_root);
  EXPECT_TRUE(client.receive_until("hello"));
  server.stop(1h);
  EXPECT_TRUE(server.join_for(10s));
}

TEST(StoppingOver, ReachesAStartFunctionAndThenTheServerStops) {
  std::latch begun{1};
  App app;
  app.on_start([&](Stopping stopping) -> Task<void> {
    begun.count_down();
    co_await stopping.wait();
  });
  Server server(app, test_options());
  std::thread stopper([&] {
    begun.wait();
    server.stop(0ms);
  });
  server.start();
  stopper.join();
  EXPECT_TRUE(server.join_for(10s));
}

TEST(LifecycleOver, RunsServicesOnTheLoopsOfTheServer) {
  std::atomic<int> begun{0}, ended{0}, calls{0};
  App app;
  for (int i = 0; i < 3; ++i) {
    app.service("service " + std::to_string(i), [&](Stopping stopping) -> Task<void> {
      ++begun;
      co_await stopping.wait();
      ++ended;
    });
  }
  app.every(1ms, [&] { ++calls; });
  ServerOptions options = test_options();
  options.threads = 2;
  Server server(app, options);
  server.start();
  EXPECT_TRUE(eventually([&] { return begun == 3 && calls >= 3; }));
  server.stop(1h);
  EXPECT_TRUE(server.join_for(10s));
  EXPECT_EQ(ended, 3);
}

TEST(LifecycleOver, CancelsAServiceAtTheDeadlineOfTheStop) {
  std::atomic<int> begun{0};
  App app;
  app.service("deaf",
              [&]() -> Task<void> {
                ++begun;
                co_await wait(1h);
              },
              {.drain = 1h});
  Server server(app, test_options());
  server.start();
  EXPECT_TRUE(eventually([&] { return begun == 1; }));
  server.stop(1h);
  EXPECT_FALSE(server.join_for(1ms));
  server.stop(0ms);
  EXPECT_TRUE(server.join_for(10s));
}

TEST(LifecycleOver, EndsServicesOnceTheLastRequestHasEnded) {
  std::atomic<bool> may_answer{false}, is_answered{false}, was_told_later{false};
  std::latch called{1};
  App app;
  app.service("relay", [&](Stopping stopping) -> Task<void> {
    co_await stopping.wait();
    was_told_later = is_answered.load();
  });
  app.get("/")([&](Stopping stopping) -> Task<int> {
    called.count_down();
    co_await stopping.wait();
    while (!may_answer) co_await wait(1ms);
    is_answered = true;
    co_return 1;
  });
  Server server(app, test_options());
  server.start();
  RawClient client(server.port());
  client.send(get_root);
  called.wait();
  server.stop(1h);
  EXPECT_FALSE(server.join_for(20ms));
  may_answer = true;
  EXPECT_TRUE(client.read_all().ends_with("\r\n\r\n1"));
  EXPECT_TRUE(server.join_for(10s));
  EXPECT_TRUE(was_told_later);
}

TEST(LifecycleOver, EndsServicesAfterHalfOfTheTimeWhereARequestGoesOn) {
  std::atomic<bool> is_told{false};
  std::latch called{1};
  App app;
  app.service("relay", [&](Stopping stopping) -> Task<void> {
    co_await stopping.wait();
    is_told = true;
  });
  app.get("/")([&]() -> Task<int> {
    called.count_down();
    while (!is_told) co_await wait(1ms);
    co_return 1;
  });
  Server server(app, test_options());
  server.start();
  RawClient client(server.port());
  client.send(get_root);
  called.wait();
  server.stop(1s);
  EXPECT_TRUE(client.read_all().ends_with("\r\n\r\n1"));
  EXPECT_TRUE(server.join_for(10s));
}

TEST(LifecycleOver, CancelsAStopFunctionThatGoesOnBehindTheDeadline) {
  std::atomic<bool> is_cancelled{false};
  App app;
  app.on_stop([&]() -> Task<void> {
    try {
      co_await wait(1h);
    } catch (const boost::system::system_error&) {
      is_cancelled = true;
      throw;
    }
  });
  Server server(app, test_options());
  server.start();
  server.stop(0ms);
  server.join();
  EXPECT_TRUE(is_cancelled);
}

/// Every stop function gets some time, however much the earlier ones have used.
TEST(LifecycleOver, GivesEachStopFunctionSomeTime) {
  std::atomic<bool> has_saved{false};
  App app;
  app.on_stop([&]() -> Task<void> {
    co_await wait(20ms);
    has_saved = true;
  });
  app.on_stop([&]() -> Task<void> { co_await wait(1h); });
  Server server(app, test_options());
  server.start();
  server.stop(0ms);
  server.join();
  EXPECT_TRUE(has_saved);
}

TEST(LifecycleOver, LastsAsLongAsAnyOfTwoServers) {
  std::atomic<int> starts{0}, stops{0}, begun{0};
  App app;
  app.on_start([&] { ++starts; });
  app.on_stop([&] { ++stops; });
  app.service("relay", [&](Stopping stopping) -> Task<void> {
    ++begun;
    co_await stopping.wait();
  });
  Server first(app, test_options()), second(app, test_options());
  first.start();
  second.start();
  EXPECT_TRUE(eventually([&] { return begun == 1; }));
  first.stop();
  first.join();
  EXPECT_EQ(stops, 0);
  EXPECT_TRUE(eventually([&] { return begun == 2; }));
  second.stop();
  second.join();
  EXPECT_EQ(starts, 1);
  EXPECT_EQ(stops, 1);
}

// --- on an io_context of the program ------------------------------------------------------------

class LifecycleInOrder : public ::testing::TestWithParam<Order> {};

INSTANTIATE_TEST_SUITE_P(InBothOrders, LifecycleInOrder, ::testing::Values(Order::context_first, Order::app_first),
                         [](const ::testing::TestParamInfo<Order>& order) {
                           return order.param == Order::context_first ? "ContextFirst" : "AppFirst";
                         });

TEST(LifecycleEmbedded, RunsStartFunctionsWhileTheContextDoesNotRun) {
  boost::asio::io_context context;
  bool has_started = false;
  App app;
  app.on_start([&]() -> Task<void> {
    co_await wait(1ms);
    has_started = true;
  });
  Server server(app, context, test_options());
  server.start();
  EXPECT_TRUE(has_started);
}

TEST(LifecycleEmbedded, EndsServicesAsTheContextRuns) {
  std::atomic<int> begun{0}, ended{0};
  int stops = 0;
  EmbeddingProgram program;
  program.app().service("relay", [&](Stopping stopping) -> Task<void> {
    ++begun;
    co_await stopping.wait();
    co_await wait(1ms);
    ++ended;
  });
  program.app().on_stop([&] { ++stops; });
  program.start(3);
  EXPECT_TRUE(eventually([&] { return begun == 1; }));
  program.server().stop(1h);
  program.server().join();
  EXPECT_EQ(ended, 1);
  EXPECT_EQ(stops, 1);
}

TEST(LifecycleEmbedded, LeavesTheContextNothingToDoAfterTheStop) {
  boost::asio::io_context context;
  App app;
  app.every(1h, [] {});
  app.service("relay", [](Stopping stopping) -> Task<void> { co_await stopping.wait(); });
  Server server(app, context, test_options());
  server.start();
  context.poll();
  server.stop(1h);
  context.run();  // returns because no work is left
  EXPECT_TRUE(server.join_for(0ms));
}

struct Pool {
  int leases = 0;
};
/// A coroutine holds it while it waits and its context stops.
struct Lease {
  explicit Lease(Pool& its_pool) : pool(its_pool) { ++pool.leases; }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  ~Lease() { --pool.leases; }
  Pool& pool;
};

TEST(LifecycleEmbedded, KeepsWhatHasALifespanForCoroutinesThatGoWithTheContext) {
  std::atomic<int> begun{0};
  int leases = -1;
  EmbeddingProgram program;
  program.app().lifespan<Pool>();
  program.app().on_stop([&](State<Pool> pool) { leases = pool->leases; });
  program.app().service("relay", [&](State<Pool> pool) -> Task<void> {
    const Lease lease(*pool);
    ++begun;
    co_await wait(1h);
  });
  program.start();
  EXPECT_TRUE(eventually([&] { return begun == 1; }));
  program.end(Order::context_first);
  EXPECT_EQ(leases, 0);
}

TEST_P(LifecycleInOrder, StopsInTheEndThoughTheContextStoppedBefore) {
  std::atomic<int> begun{0};
  int stops = 0;
  EmbeddingProgram program;
  program.app().on_stop([&] { ++stops; });
  program.app().every(1ms, [&] { ++begun; });
  program.app().service("relay", [&](Stopping stopping) -> Task<void> {
    ++begun;
    co_await stopping.wait();
  });
  program.start();
  EXPECT_TRUE(eventually([&] { return begun >= 2; }));
  program.end(GetParam());
  EXPECT_EQ(stops, 1);
}

}  // namespace serval::testing::lifecycle_test
