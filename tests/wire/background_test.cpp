// SPDX-License-Identifier: MIT
// Background work over a socket: the response leaves before it, the connection continues meanwhile, and a stop waits
// for coroutines up to its deadline.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <string>

#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/task.hpp>

#include "tests/unit/support/log.hpp"
#include "tests/wire/support/exchange.hpp"
#include "tests/wire/support/waiting.hpp"
#include "tests/wire/support/witness.hpp"

namespace serval::background_wire_test {

using namespace std::chrono_literals;
using testing::at_once;
using ::testing::ElementsAre;
using testing::eventually;
using testing::RawClient;
using testing::Seen;
using testing::status_of;
using testing::test_options;
using testing::wait;

/// A value of a dependency whose `finish` waits.
struct Transaction {
  Seen& seen;
  Task<void> finish(const Outcome&) {
    co_await at_once();
    seen.add("finish");
  }
};
Seen* seen_by_transactions = nullptr;
Transaction transaction() { return {*seen_by_transactions}; }

struct WireBackground : ::testing::Test {
  MemoryLog log;
  Seen seen;
  std::atomic<bool> is_running = false;
  std::atomic<bool> may_end = false;
  App app{{.logger = log.logger()}};
  Server server{app, test_options()};

  WireBackground() {
    seen_by_transactions = &seen;
    app.use(RequestId());
    app.get("/")([this](Depends<transaction>, BackgroundTasks& background) {
      background.add([this]() -> Task<void> { co_await hold(); });
      background.add([this] { seen.add("second"); });
      return 1;
    });
    app.get("/ping")([] { return "pong"; });
  }
  Task<void> hold() {
    is_running = true;
    while (!may_end) co_await wait(1ms);
    seen.add("first");
  }
  /// Starts the server, and returns a client whose background work waits.
  [[nodiscard]] RawClient ask() {
    server.start();
    RawClient client(server.port());
    client.send("GET / HTTP/1.1\r\nhost: a\r\nx-request-id: r1\r\n\r\n");
    EXPECT_EQ(status_of(client.read_answer()), 200);
    EXPECT_TRUE(eventually([this] { return is_running.load(); }));
    return client;
  }
};

TEST_F(WireBackground, CoroutinesRunAfterTheAnswerWhileTheConnectionContinues) {
  RawClient client = ask();
  client.send("GET /ping HTTP/1.1\r\nhost: a\r\n\r\n");
  EXPECT_EQ(status_of(client.read_answer()), 200);
  EXPECT_TRUE(seen.lines().empty());
  may_end = true;
  EXPECT_TRUE(eventually([this] { return seen.has("finish"); }));
  EXPECT_THAT(seen.lines(), ElementsAre("first", "second", "finish"));
}

TEST_F(WireBackground, TheRequestOfACoroutineIsNotThatOfTheNextClient) {
  app.post("/read")([this](const Request& request, BackgroundTasks& background) {
    background.add([this, &request]() -> Task<void> {
      is_running = true;
      while (!may_end) co_await wait(1ms);
      seen.add(std::string(request.raw_path()) + " " + std::string(request.header("x-user").value_or("none")) + " " +
               std::string(request.body()));
    });
    return 1;
  });
  server.start();
  RawClient client(server.port());
  client.send("POST /read HTTP/1.1\r\nhost: a\r\nx-user: ann\r\ncontent-length: 3\r\n\r\none");
  EXPECT_EQ(status_of(client.read_answer()), 200);
  EXPECT_TRUE(eventually([this] { return is_running.load(); }));
  client.send("POST /none HTTP/1.1\r\nhost: a\r\nx-user: bob\r\ncontent-length: 3\r\n\r\ntwo");
  EXPECT_EQ(status_of(client.read_answer()), 404);
  client.reset();
  RawClient other(server.port());
  other.send("POST /none HTTP/1.1\r\nhost: a\r\nx-user: eve\r\ncontent-length: 3\r\n\r\nsix");
  EXPECT_EQ(status_of(other.read_answer()), 404);
  may_end = true;
  EXPECT_TRUE(eventually([this] { return !seen.lines().empty(); }));
  EXPECT_THAT(seen.lines(), ElementsAre("/read ann one"));
}

TEST_F(WireBackground, CoroutinesEndAlthoughTheClientIsGone) {
  {
    RawClient client = ask();
    client.reset();
  }
  may_end = true;
  EXPECT_TRUE(eventually([this] { return seen.has("finish"); }));
  EXPECT_THAT(seen.lines(), ElementsAre("first", "second", "finish"));
}

TEST_F(WireBackground, AStopWaitsForCoroutines) {
  RawClient client = ask();
  server.stop(10s);
  EXPECT_TRUE(client.read_all().empty()) << "the connection is closed meanwhile";
  EXPECT_FALSE(server.join_for(0ms));
  may_end = true;
  server.join();
  EXPECT_THAT(seen.lines(), ElementsAre("first", "second", "finish"));
  EXPECT_EQ(log.text(), "");
}

TEST_F(WireBackground, AStopCancelsCoroutinesAtItsDeadlineAndEndsValuesAllTheSame) {
  RawClient client = ask();
  server.stop(20ms);
  server.join();
  EXPECT_THAT(seen.lines(), ElementsAre("finish"));
  EXPECT_EQ(log.text(), "background work of GET / was cancelled, since the server stops (request r1)\n");
}

TEST_F(WireBackground, AStopAtOnceCancelsCoroutines) {
  RawClient client = ask();
  server.stop(0ms);
  server.join();
  EXPECT_THAT(seen.lines(), ElementsAre("finish"));
}

}  // namespace serval::background_wire_test
