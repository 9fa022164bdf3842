// SPDX-License-Identifier: MIT
// Readiness on a real server: how a stop treats checks that hang, and which server they hold up.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <string>

#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/task.hpp>

#include "tests/wire/support/client.hpp"
#include "tests/wire/support/echo_service.hpp"
#include "tests/wire/support/waiting.hpp"

namespace serval::testing::readiness_test {

using namespace std::chrono_literals;

/// GET / returns the readiness as a number. The check hangs until it is cancelled.
struct Hanging {
  App app;
  std::atomic<int> calls{0};
  Hanging() {
    app.ready("a",
              [this]() -> Task<void> {
                ++calls;
                co_await wait(std::chrono::hours(1));
              },
              {.timeout = 60s});
    app.get("/")([this]() -> Task<int> {
      const Readiness found = co_await app.readiness();
      co_return static_cast<int>(found.state);
    });
  }
};

RawClient ask(const Server& server) {
  RawClient client(server.port());
  client.send("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
  return client;
}

const std::string stopping = std::to_string(static_cast<int>(Readiness::State::stopping));

TEST(ReadinessOver, IsAnsweredAsSoonAsTheServerStops) {
  Hanging hanging;
  Server server(hanging.app, test_options());
  server.start();
  RawClient client = ask(server);
  EXPECT_TRUE(eventually([&] { return hanging.calls == 1; }));
  server.stop(60s);
  EXPECT_EQ(body_of(client.read_answer()), stopping);
  EXPECT_TRUE(server.join_for(10s));
}

TEST(ReadinessOver, DoesNotHoldUpAStopThatIsDue) {
  Hanging hanging;
  Server server(hanging.app, test_options());
  server.start();
  const RawClient client = ask(server);
  EXPECT_TRUE(eventually([&] { return hanging.calls == 1; }));
  server.stop(0ms);
  EXPECT_TRUE(server.join_for(10s));
}

TEST(ReadinessOver, HoldsTheServerAloneOnWhoseLoopItsChecksRun) {
  Hanging hanging;
  Server first(hanging.app, test_options()), second(hanging.app, test_options());
  first.start();
  second.start();
  RawClient client = ask(first);
  EXPECT_TRUE(eventually([&] { return hanging.calls == 1; }));
  second.stop(0ms);
  EXPECT_TRUE(second.join_for(10s));
  first.stop(60s);
  EXPECT_EQ(body_of(client.read_answer()), stopping);
  EXPECT_TRUE(first.join_for(10s));
}

TEST(ReadinessOver, AsksACheckOnceForProbesAtTheSameTime) {
  std::atomic<int> calls{0};
  std::atomic<bool> is_held{true};
  App app;
  app.ready("a",
            [&]() -> Task<void> {
              ++calls;
              while (is_held) co_await wait(1ms);
            },
            {.timeout = 60s});
  app.get("/")([&app]() -> Task<bool> {
    const Readiness found = co_await app.readiness();
    co_return found.is_ready();
  });
  ServerOptions options = test_options();
  options.threads = 2;
  Server server(app, options);
  server.start();
  RawClient first = ask(server), second = ask(server);
  EXPECT_TRUE(eventually([&] { return server.stats().requests_in_flight == 2 && calls == 1; }));
  is_held = false;
  EXPECT_EQ(body_of(first.read_answer()), "true");
  EXPECT_EQ(body_of(second.read_answer()), "true");
}

}  // namespace serval::testing::readiness_test
