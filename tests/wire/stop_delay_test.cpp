// SPDX-License-Identifier: MIT
// The delay between the request to stop and the closing of the port, in which proxies notice the stop.
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include <serval/serval.hpp>
#include <serval/task.hpp>

#include "tests/wire/support/server_fixture.hpp"
#include "tests/wire/support/waiting.hpp"

namespace serval::testing::stop_delay_test {

using namespace std::chrono_literals;

const std::string get = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n";

EchoServer::SetUp delay_of(std::chrono::milliseconds delay) {
  return [delay](EchoService&, ServerOptions& options) {
    options.stop_delay = delay;
    options.stop_deadline = 120s;
    options.stop_grace = 0ms;
  };
}

TEST(StopDelay, AcceptsAndAnswersUntilItIsOver) {
  EchoServer server(delay_of(60s));
  server.server().stop(120s);
  RawClient client = server.connect();
  client.send(get);
  EXPECT_EQ(status_of(client.read_answer()), 200);
  EXPECT_FALSE(server.server().join_for(0ms));
}

TEST(StopDelay, SendsClientsToAnotherConnection) {
  EchoServer server(delay_of(60s));
  RawClient idle = server.connect();
  idle.send(get);
  EXPECT_FALSE(has_line(idle.read_answer(), "connection: close"));
  server.server().stop(120s);
  idle.send(get);
  const std::string answer = idle.read_all();
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_TRUE(has_line(answer, "connection: close"));
  EXPECT_TRUE(idle.closed());
}

TEST(StopDelay, EndsByItself) {
  EchoServer server(delay_of(20ms));
  const std::uint16_t port = server.port();
  RawClient idle = server.connect();
  server.server().stop(60s);
  EXPECT_EQ(idle.read_all(), "");
  server.server().join();
  EXPECT_THROW(RawClient{port}, std::system_error);
}

TEST(StopDelay, EndsAtOnceWhereTheStopIsBroughtForward) {
  EchoServer server(delay_of(60s));
  const std::uint16_t port = server.port();
  server.server().stop(120s);
  server.server().stop(0ms);
  server.server().join();
  EXPECT_THROW(RawClient{port}, std::system_error);
}

TEST(StopDelay, GoesOnWhereTheStopIsAskedForAgain) {
  EchoServer server(delay_of(60s));
  server.server().stop(120s);
  server.server().stop(180s);
  RawClient client = server.connect();
  client.send(get);
  EXPECT_EQ(status_of(client.read_answer()), 200);
}

TEST(StopDelay, IsPartOfTheDeadline) {
  EchoServer server(delay_of(60s));
  RawClient client = server.connect();
  client.send("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_TRUE(eventually([&] { return server.server().stats().requests_in_flight == 1; }));
  server.server().stop(20ms);
  EXPECT_EQ(client.read_all(), "");
  server.server().join();
  EXPECT_EQ(server.service().cancelled, 1);
}

TEST(StopDelay, KeepsTheEarliestDeadlineThatWasAskedForMeanwhile) {
  boost::asio::io_context context;
  const EchoService service;
  ServerOptions options = test_options();
  options.stop_delay = 20ms;
  Server server(service, context, options);
  server.start();
  RawClient client(server.port());
  client.send("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
  while (server.stats().requests_in_flight == 0) context.run_one();
  const auto begun = std::chrono::steady_clock::now();
  server.stop(100ms);
  // Lets the delay pass without running the loop, so that the loop has not noticed it.
  EXPECT_TRUE(eventually([&] { return std::chrono::steady_clock::now() > begun + 25ms; }));
  server.stop(60s);
  context.run_for(10s);
  EXPECT_TRUE(server.join_for(0ms));
  EXPECT_EQ(service.cancelled, 1);
}

TEST(StopDelay, TellsStoppingOnlyWhenItIsOver) {
  App app;
  app.get("/")([](Stopping stopping) { return stopping.is_requested(); });
  ServerOptions options = test_options();
  options.stop_delay = 60s;
  options.stop_deadline = 120s;
  Server server(app, options);
  server.start();
  server.stop(120s);
  RawClient client(server.port());
  client.send("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
  EXPECT_EQ(body_of(client.read_answer()), "false");
}

TEST(StopDelay, TellsThatTheApplicationIsNotReady) {
  App app;
  std::atomic<int> checks{0};
  app.ready("a", [&] { ++checks; });
  app.get("/")([&app]() -> Task<int> {
    const Readiness found = co_await app.readiness();
    co_return static_cast<int>(found.state);
  });
  ServerOptions options = test_options();
  options.stop_delay = 60s;
  options.stop_deadline = 120s;
  Server server(app, options);
  server.start();
  const auto state = [&] {
    RawClient client(server.port());
    client.send("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
    return std::string(body_of(client.read_answer()));
  };
  EXPECT_EQ(state(), std::to_string(static_cast<int>(Readiness::State::ready)));
  server.stop(120s);
  EXPECT_EQ(state(), std::to_string(static_cast<int>(Readiness::State::stopping)));
  EXPECT_EQ(checks, 1);
}

/// Keeps the host that it is started on.
struct Carried : EchoService {
  mutable std::shared_ptr<http::Host> host;
  void start(const std::shared_ptr<http::Host>& by) const override { host = by; }
};

TEST(StopDelay, LetsTheServiceKnowThatItIsLeaving) {
  Carried service;
  ServerOptions options = test_options();
  options.stop_delay = 60s;
  options.stop_deadline = 120s;
  Server server(service, options);
  server.start();
  EXPECT_FALSE(service.host->is_leaving());
  server.stop(120s);
  EXPECT_TRUE(service.host->is_leaving());
  EXPECT_FALSE(service.host->stopping().is_requested());
  server.stop(0ms);
  EXPECT_TRUE(service.host->stopping().is_requested());
  server.join();
}

TEST(StopDelay, LeavesACallersContextNothingToDo) {
  for (const bool is_cut : {false, true}) {
    boost::asio::io_context context;
    const EchoService service;
    ServerOptions options = test_options();
    options.stop_delay = is_cut ? 60s : 10ms;
    options.stop_deadline = 120s;
    Server server(service, context, options);
    server.start();
    server.stop(120s);
    context.poll();
    if (is_cut) server.stop(0ms);
    context.run();
    EXPECT_TRUE(server.join_for(0ms));
  }
}

TEST(StopDelay, LosesNoRequestOfClientsThatConnectAgain) {
  EchoServer server([](EchoService&, ServerOptions& options) {
    options.threads = 2;
    options.stop_delay = 60s;
    options.stop_deadline = 120s;
  });
  std::atomic<bool> is_over{false};
  std::atomic<int> lost{0}, answered{0};
  std::vector<std::thread> clients;
  for (int i = 0; i < 4; ++i) {
    clients.emplace_back([&] {
      while (!is_over) {
        RawClient client = server.connect();
        for (bool is_open = true; is_open && !is_over;) {
          client.send(get);
          const std::string answer = client.read_answer();
          ++(status_of(answer) == 200 ? answered : lost);
          is_open = status_of(answer) == 200 && !has_line(answer, "connection: close");
        }
      }
    });
  }
  EXPECT_TRUE(eventually([&] { return answered > 100; }));
  server.server().stop(120s);
  const int before = answered;
  EXPECT_TRUE(eventually([&] { return answered > before + 100; }));
  is_over = true;
  for (auto& client : clients) client.join();
  EXPECT_EQ(lost, 0);
}

}  // namespace serval::testing::stop_delay_test
