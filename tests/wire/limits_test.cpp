// SPDX-License-Identifier: MIT
// Rate limits, load shedding and conditional requests over a socket: refusals come before the body is read, responses
// of every kind have the fields, and delays are those of the server's loops.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <latch>
#include <memory>
#include <string>

#include <serval/compression.hpp>
#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/stream.hpp>
#include <serval/task.hpp>
#include <serval/websocket.hpp>

#include "tests/wire/support/client.hpp"
#include "tests/wire/support/echo_service.hpp"

namespace serval::limits_test {

using namespace std::chrono_literals;
using testing::body_of;
using testing::has_line;
using testing::RawClient;
using testing::status_of;

std::string get(const std::string& path, const std::string& fields = {}) {
  return "GET " + path + " HTTP/1.1\r\nhost: a\r\n" + fields + "\r\n";
}

/// The last request of its connection.
std::string last(const std::string& path, const std::string& fields = {}) {
  return get(path, fields + "connection: close\r\n");
}

const std::string handshake =
    "GET /socket HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n"
    "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

/// Two requests, and no more: no time passes.
RateLimitOptions two() {
  return {.limit = 2, .window = 60s, .clock = [] { return std::chrono::nanoseconds(1h); }};
}

class LimitsOver : public ::testing::Test {
 protected:
  LimitsOver() {
    app.get("/a")([] { return 1; });
    app.post("/a")([](Body<std::string> text) { return *text; });
    app.get("/stream")([](StreamWriter& writer) -> Task<void> { co_await writer.write("a"); });
    app.get("/long")([] { return plain_text(std::string(5'000, 'a')); });
    app.websocket("/socket")([](WebSocket& socket) -> Task<void> {
      co_await socket.accept();
      static_cast<void>(co_await socket.receive_text());
    });
  }
  /// Sends the bytes on a new connection and returns everything that the server sends until it closes.
  static std::string exchange(const Server& server, const std::string& bytes) {
    RawClient client(server.port());
    client.send(bytes);
    return client.read_all();
  }
  App app;
};

TEST_F(LimitsOver, ARequestBeyondTheLimitIsRefused) {
  app.use(RateLimit(two()));
  Server server(app, testing::test_options());
  server.start();
  EXPECT_TRUE(has_line(exchange(server, last("/a")), R"(ratelimit: "default";r=1;t=30)"));
  EXPECT_TRUE(has_line(exchange(server, last("/none")), R"(ratelimit: "default";r=0;t=30)"));
  const std::string refused = exchange(server, last("/a"));
  EXPECT_EQ(status_of(refused), 429);
  EXPECT_TRUE(has_line(refused, "retry-after: 30"));
  EXPECT_TRUE(has_line(refused, R"(ratelimit-policy: "default";q=2;w=60)"));
  EXPECT_TRUE(has_line(refused, R"(ratelimit: "default";r=0;t=30)"));
}

TEST_F(LimitsOver, ARefusedClientNeedNotSendItsBody) {
  app.use(RateLimit(two()));
  Server server(app, testing::test_options());
  server.start();
  for (int i = 0; i < 2; ++i) exchange(server, last("/a"));
  RawClient client(server.port());
  client.send("POST /a HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n");
  EXPECT_EQ(status_of(client.read_answer()), 429);
}

TEST_F(LimitsOver, ARequestThatCannotBeReadIsNotCounted) {
  app.use(RateLimit(two()));
  app.use(LoadShedding({.in_flight = 1}));
  Server server(app, testing::test_options());
  server.start();
  for (int i = 0; i < 3; ++i) {
    const std::string refused = exchange(server, "GET /a HTTP/1.1\r\n\r\n");  // without a host
    EXPECT_EQ(status_of(refused), 400);
    EXPECT_EQ(refused.find("ratelimit"), std::string::npos);
  }
  EXPECT_TRUE(has_line(exchange(server, last("/a")), R"(ratelimit: "default";r=1;t=30)"));
}

TEST_F(LimitsOver, HandshakesOfWebSocketsAndStreamsAreLimited) {
  app.use(RateLimit(two()));
  Server server(app, testing::test_options());
  server.start();
  RawClient socket(server.port());
  socket.send(handshake);
  EXPECT_TRUE(socket.receive_until("\r\n\r\n"));
  const std::string head = socket.received();
  EXPECT_EQ(status_of(head), 101);
  EXPECT_TRUE(has_line(head, R"(ratelimit: "default";r=1;t=30)"));
  EXPECT_TRUE(has_line(exchange(server, last("/stream")), R"(ratelimit: "default";r=0;t=30)"));
  RawClient refused(server.port());
  refused.send(handshake);
  EXPECT_EQ(status_of(refused.read_answer()), 429);
}

TEST_F(LimitsOver, ARequestBeyondThoseInFlightIsShed) {
  LoadShedding shedding({.in_flight = 1});
  std::latch begun(1), go(1);
  app.use(shedding);
  app.get("/wait", {.blocking = true})([&] {
    begun.count_down();
    go.wait();
    return 1;
  });
  Server server(app, testing::test_options());
  server.start();
  RawClient waiting(server.port());
  waiting.send(get("/wait"));
  begun.wait();
  const std::string refused = exchange(server, last("/a"));
  EXPECT_EQ(status_of(refused), 503);
  EXPECT_TRUE(has_line(refused, "retry-after: 1"));
  go.count_down();
  EXPECT_EQ(status_of(waiting.read_answer()), 200);
  server.stop(10s);
  server.join();
  EXPECT_EQ(shedding.in_flight(), 0U);
}

/// A clock that goes on by 200 ms with each look at it.
std::function<std::chrono::steady_clock::time_point()> fast_clock() {
  return [now = std::make_shared<std::atomic<int>>(0)] {
    return std::chrono::steady_clock::time_point(std::chrono::milliseconds(200 * ++*now));
  };
}

/// Sends requests until one has the status; each makes the clock go on.
void until(RawClient& client, int status) {
  int found = 0;
  for (int i = 0; i < 100'000 && found != status; ++i) {
    client.send(get("/a"));
    found = status_of(client.read_answer());
  }
  EXPECT_EQ(found, status);
}

TEST_F(LimitsOver, WhileALoopIsHeldUpRequestsAreShed) {
  std::latch begun(1), go(1);
  app.use(LoadShedding({.queue_delay = 1ms, .clock = fast_clock()}));
  app.get("/hold")([&] {  // holds its loop, which a handler must not do
    begun.count_down();
    go.wait();
    return 1;
  });
  ServerOptions options = testing::test_options();
  options.threads = 2;
  Server server(app, options);
  server.start();
  RawClient client(server.port());
  client.send(get("/a"));  // so that the next connection is on the other loop
  EXPECT_EQ(status_of(client.read_answer()), 200);
  RawClient holding(server.port());
  holding.send(get("/hold"));
  begun.wait();
  until(client, 503);
  go.count_down();
  EXPECT_EQ(status_of(holding.read_answer()), 200);
  until(client, 200);
}

TEST_F(LimitsOver, WhileCallsWaitForThePoolRequestsAreShed) {
  std::latch go(1);
  App small({.blocking_threads = 1});
  small.use(LoadShedding({.queue_delay = 1ms, .clock = fast_clock()}));
  small.get("/a")([] { return 1; });
  small.get("/wait", {.blocking = true})([&] {
    go.wait();
    return 1;
  });
  Server server(small, testing::test_options());
  server.start();
  RawClient first(server.port());
  first.send(get("/wait"));
  RawClient second(server.port());
  second.send(get("/wait"));
  RawClient client(server.port());
  until(client, 503);
  go.count_down();
  EXPECT_EQ(status_of(first.read_answer()), 200);
  EXPECT_EQ(status_of(second.read_answer()), 200);
  until(client, 200);
}

TEST_F(LimitsOver, AClientThatKnowsTheResponseGetsA304) {
  app.use(Conditional());
  Server server(app, testing::test_options());
  server.start();
  const std::string first = exchange(server, last("/a"));
  const std::size_t at = first.find("etag: ") + 6;
  const std::string tag = first.substr(at, first.find('\r', at) - at);
  const std::string answer = exchange(server, last("/a", "if-none-match: " + tag + "\r\n"));
  EXPECT_EQ(status_of(answer), 304);
  EXPECT_TRUE(has_line(answer, "etag: " + tag));
  EXPECT_EQ(body_of(answer), "");
  EXPECT_EQ(answer.find("content-type"), std::string::npos);
}

TEST_F(LimitsOver, ATagIsWeakWhereTheResponseIsCompressed) {
  app.use(Compression());
  app.use(Conditional());
  Server server(app, testing::test_options());
  server.start();
  const std::string packed = exchange(server, last("/long", "accept-encoding: gzip\r\n"));
  EXPECT_TRUE(has_line(packed, "content-encoding: gzip"));
  const std::size_t at = packed.find("etag: ") + 6;
  const std::string tag = packed.substr(at, packed.find('\r', at) - at);
  EXPECT_TRUE(tag.starts_with("W/\"")) << packed.substr(0, 500);
  const std::string answer = exchange(server, last("/long", "accept-encoding: gzip\r\nif-none-match: " + tag + "\r\n"));
  EXPECT_EQ(status_of(answer), 304);
  EXPECT_TRUE(has_line(answer, "etag: " + tag));
  EXPECT_TRUE(has_line(answer, "vary: Accept-Encoding"));
  EXPECT_TRUE(has_line(exchange(server, last("/long")), "etag: " + tag.substr(2)));
}

}  // namespace serval::limits_test
