// SPDX-License-Identifier: MIT
// What a server counts while clients talk to it.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <latch>
#include <string>
#include <vector>

#include <serval/files.hpp>
#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/stream.hpp>
#include <serval/task.hpp>

#include "tests/wire/support/server_fixture.hpp"
#include "tests/wire/support/waiting.hpp"
#include "tests/wire/support/web_socket_service.hpp"

namespace serval::testing::stats_test {

using namespace std::chrono_literals;

const std::string get = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n";
const std::string hold = "GET /hold HTTP/1.1\r\nHost: x\r\n\r\n";

TEST(StatsOver, CountConnectionsRequestsAndBytesOfAllLoops) {
  EchoServer server([](EchoService&, ServerOptions& options) { options.threads = 2; });
  std::vector<RawClient> clients;
  std::size_t answered_bytes = 0;
  for (int i = 0; i < 4; ++i) clients.push_back(server.connect());
  for (RawClient& client : clients) {
    client.send(get + get);
    answered_bytes += client.read_answer().size();
    answered_bytes += client.read_answer().size();
  }
  // Bytes may reach the client before the server has counted them.
  EXPECT_TRUE(eventually([&] { return server.server().stats().bytes_out == answered_bytes; }));
  const ServerStats stats = server.server().stats();
  EXPECT_EQ(stats.connections, 4U);
  EXPECT_EQ(stats.accepted, 4U);
  EXPECT_EQ(stats.requests, 8U);
  EXPECT_EQ(stats.refused, 0U);
  EXPECT_EQ(stats.bytes_in, 8 * get.size());
  clients.clear();
  EXPECT_TRUE(eventually([&] { return server.server().stats().connections == 0; }));
  EXPECT_EQ(server.server().stats().accepted, 4U);
}

TEST(StatsOver, CountRequestsInFlightUntilTheyAreAnswered) {
  EchoServer server;
  RawClient first = server.connect(), second = server.connect();
  first.send(hold);
  second.send(hold);
  EXPECT_TRUE(eventually([&] { return server.server().stats().requests_in_flight == 2; }));
  server.service().let_go();
  EXPECT_EQ(status_of(first.read_answer()), 200);
  EXPECT_EQ(status_of(second.read_answer()), 200);
  EXPECT_TRUE(eventually([&] { return server.server().stats().requests_in_flight == 0; }));
}

TEST(StatsOver, CountARequestOnceWhoseHandlerMetItsDeadline) {
  EchoServer server([](EchoService& service, ServerOptions&) { service.handler_deadline = 20ms; });
  EXPECT_EQ(status_of(server.exchange(hold)), 503);
  EXPECT_TRUE(eventually([&] { return server.service().cancelled == 1; }));
  EXPECT_TRUE(eventually([&] { return server.server().stats().requests_in_flight == 0; }));
  EXPECT_EQ(server.server().stats().requests, 1U);
  EXPECT_EQ(server.server().stats().refused, 1U);
}

TEST(StatsOver, CountNothingInFlightOfAClientThatHasGone) {
  EchoServer server;
  RawClient client = server.connect();
  client.send(hold);
  EXPECT_TRUE(eventually([&] { return server.server().stats().requests_in_flight == 1; }));
  client.reset();
  EXPECT_TRUE(eventually([&] { return server.server().stats().requests_in_flight == 0; }));
}

TEST(StatsOver, CountNothingInFlightOfAClientThatHasGoneWhileItsHandlerRuns) {
  std::latch go{1};
  std::atomic<int> begun{0}, ended{0};
  App app;
  app.get("/", {.blocking = true})([&] {
    ++begun;
    go.wait();
    ++ended;
  });
  Server server(app, test_options());
  server.start();
  RawClient client(server.port());
  client.send("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
  EXPECT_TRUE(eventually([&] { return begun == 1; }));
  EXPECT_EQ(server.stats().requests_in_flight, 1U);
  client.reset();
  EXPECT_TRUE(eventually([&] { return server.stats().requests_in_flight == 0; }));
  EXPECT_EQ(ended, 0);
  go.count_down();
  server.stop();
  server.join();
  EXPECT_EQ(server.stats().requests_in_flight, 0U);
}

TEST(StatsOver, CountBodiesThatAreRefusedWhileTheHandlerReadsThem) {
  App app;
  app.post("/", {.max_body_bytes = 4})([](BodyStream& body) -> Task<void> {
    while (co_await body.next()) {
    }
  });
  ServerOptions options = test_options();
  options.timeouts.body_idle = 20ms;
  Server server(app, options);
  server.start();
  const auto status = [&](const std::string& rest) {
    RawClient client(server.port());
    client.send("POST / HTTP/1.1\r\nhost: a\r\n" + rest);
    return status_of(client.read_all());
  };
  EXPECT_EQ(status("transfer-encoding: chunked\r\n\r\n5\r\nabcde\r\n"), 413);
  EXPECT_EQ(server.stats().refused, 1U);
  EXPECT_EQ(status("content-length: 3\r\n\r\nab"), 408);
  EXPECT_EQ(server.stats().refused, 2U);
  EXPECT_EQ(server.stats().requests, 2U);
}

/// Holds back each response until it is cancelled.
struct Withholding {
  [[nodiscard]] http::Pending after(const Request&, Response&) { return http::Pending(wait(std::chrono::hours(1))); }
};

TEST(StatsOver, CountARefusalOnceWhoseAnswerMeetsTheDeadline) {
  App app;
  app.use(Withholding{});
  ServerOptions options = test_options();
  options.timeouts.handler = 20ms;
  Server server(app, options);
  server.start();
  RawClient client(server.port());
  client.send("GET / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(status_of(client.read_all()), 503);
  EXPECT_EQ(server.stats().refused, 1U);
  EXPECT_EQ(server.stats().requests, 1U);
}

TEST(StatsOver, CountWhatTheServerRefuses) {
  EchoServer server;
  EXPECT_EQ(status_of(server.exchange("GET / HTTP/1.1\r\n\r\n")), 400);
  EXPECT_EQ(status_of(server.exchange("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\n")), 413);
  const ServerStats stats = server.server().stats();
  EXPECT_EQ(stats.refused, 2U);
  EXPECT_EQ(stats.requests, 2U);
}

TEST(StatsOver, CountAnOpenWebSocketAsConnectionButNotAsRequestInFlight) {
  WebSocketServer server;
  WebSocketClient client = server.connect();
  EXPECT_TRUE(client.answer().starts_with("HTTP/1.1 101"));
  ServerStats stats = server.server().stats();
  EXPECT_EQ(stats.connections, 1U);
  EXPECT_EQ(stats.requests, 1U);
  EXPECT_TRUE(eventually([&] { return server.server().stats().requests_in_flight == 0; }));
  client.send(Frame{.payload = "hello"});
  EXPECT_TRUE(eventually([&] { return server.server().stats().bytes_in > stats.bytes_in; }));
}

TEST(StatsOver, CountTheBytesOfFiles) {
  App app;
  app.get("/")([] { return FileResponse(__FILE__); });
  Server server(app, test_options());
  server.start();
  RawClient client(server.port());
  client.send("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
  const std::string answer = client.read_all();
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_TRUE(eventually([&] { return server.stats().bytes_out == answer.size(); }));
}

TEST(StatsOver, CountTheCallsThatWaitForThePool) {
  std::latch go{1};
  std::atomic<int> begun{0};
  const auto block = [&] {
    ++begun;
    go.wait();
  };
  App app({.blocking_threads = 1}), inner({.blocking_threads = 1});
  app.get("/own", {.blocking = true})(block);
  inner.get("/", {.blocking = true})(block);
  app.mount("/inner", inner);
  Server server(app, test_options());
  server.start();
  std::vector<RawClient> clients;
  for (const char* path : {"/own", "/inner/", "/own", "/own", "/inner/"}) {
    clients.emplace_back(server.port());
    clients.back().send("GET " + std::string(path) + " HTTP/1.1\r\nhost: a\r\n\r\n");
  }
  EXPECT_TRUE(eventually([&] { return begun == 2 && server.stats().pool_queued == 3; }));
  go.count_down();
  for (RawClient& client : clients) EXPECT_EQ(status_of(client.read_answer()), 200);
  EXPECT_EQ(server.stats().pool_queued, 0U);
}

TEST(StatsOver, CountTheCallsOfAnApplicationOnceThatIsMountedTwice) {
  std::latch go{1};
  App app, middle, inner({.blocking_threads = 1});
  inner.get("/", {.blocking = true})([&] { go.wait(); });
  middle.mount("/c", inner);
  app.mount("/a", inner);
  app.mount("/b", middle);
  Server server(app, test_options());
  server.start();
  std::vector<RawClient> clients;
  for (const char* path : {"/a/", "/b/c/", "/a/"}) {
    clients.emplace_back(server.port());
    clients.back().send("GET " + std::string(path) + " HTTP/1.1\r\nhost: a\r\n\r\n");
  }
  EXPECT_TRUE(eventually([&] { return server.stats().requests_in_flight == 3; }));
  EXPECT_TRUE(eventually([&] { return server.stats().pool_queued == 2; }));
  go.count_down();
  for (RawClient& client : clients) EXPECT_EQ(status_of(client.read_answer()), 200);
}

TEST(StatsOver, MeasureTheLagOfALoopThatAHandlerHolds) {
  std::latch go{1}, begun{1};
  App app;
  app.get("/")([&] {
    begun.count_down();
    go.wait();
  });
  Server server(app, test_options());
  server.start();
  RawClient client(server.port());
  client.send("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
  begun.wait();
  EXPECT_TRUE(eventually([&] { return server.stats().loop_lag > 2ms; }));
  go.count_down();
  EXPECT_EQ(status_of(client.read_answer()), 200);
}

}  // namespace serval::testing::stats_test
