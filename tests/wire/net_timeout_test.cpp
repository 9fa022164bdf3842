// SPDX-License-Identifier: MIT
// Every wait for a peer ends: what a client gets that is too slow. The timeouts are small, and the tests wait for their
// effects.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <string>

#include "tests/wire/support/server_fixture.hpp"
#include "tests/wire/support/waiting.hpp"

namespace serval::testing::net_timeout_test {

using std::chrono::milliseconds;

const std::string get = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n";

EchoServer::SetUp with(milliseconds http::Timeouts::*timeout, milliseconds value) {
  return [=](EchoService&, ServerOptions& options) { options.timeouts.*timeout = value; };
}

TEST(HeaderTimeout, Answers408ToAClientThatSendsNothing) {
  const EchoServer server(with(&http::Timeouts::header, milliseconds{20}));
  const std::string answer = server.exchange("");
  EXPECT_EQ(status_of(answer), 408);
  EXPECT_TRUE(has_line(answer, "connection: close"));
}

TEST(HeaderTimeout, Answers408ToHalfAHead) {
  const EchoServer server(with(&http::Timeouts::header, milliseconds{20}));
  EXPECT_EQ(status_of(server.exchange("GET / HTTP/1.1\r\nHos")), 408);
}

TEST(HeaderTimeout, IsNotMovedByABytePerWhile) {
  const EchoServer server(with(&http::Timeouts::header, milliseconds{50}));
  RawClient client = server.connect();
  client.send("GET / HTTP/1.1\r\nX: ");
  // The client could go on for 100 s; each byte arrives well within the timeout.
  for (int i = 0; i < 100'000 && client.received().empty() && !client.closed(); ++i) {
    if (!client.send("x")) break;
    pollfd ready{client.native_handle(), POLLIN, 0};
    if (::poll(&ready, 1, 1) > 0) break;
  }
  EXPECT_EQ(status_of(client.read_all()), 408);
}

TEST(HeaderTimeout, AppliesToALaterRequest) {
  const EchoServer server(with(&http::Timeouts::header, milliseconds{20}));
  RawClient client = server.connect();
  client.send(get);
  EXPECT_EQ(status_of(client.read_answer()), 200);
  client.send("GET /");
  EXPECT_EQ(status_of(client.read_all()), 408);
}

TEST(KeepAliveTimeout, ClosesAnIdleConnectionWithoutAWord) {
  const EchoServer server(with(&http::Timeouts::keep_alive, milliseconds{20}));
  RawClient client = server.connect();
  client.send(get);
  EXPECT_EQ(status_of(client.read_answer()), 200);
  EXPECT_EQ(client.read_all(), "");
  EXPECT_TRUE(client.closed());
}

TEST(BodyTimeout, Answers408WhenTheBodyStops) {
  const EchoServer server(with(&http::Timeouts::body_idle, milliseconds{20}));
  EXPECT_EQ(status_of(server.exchange("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhel")), 408);
}

TEST(BodyTimeout, Answers408WhenTheBodyIsTooSlow) {
  const EchoServer server([](EchoService&, ServerOptions& options) {
    options.timeouts.body_rate_window = milliseconds{30};
    options.timeouts.min_body_bytes_per_second = 1'000'000;
  });
  EXPECT_EQ(status_of(server.exchange("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\nhel")), 408);
}

TEST(WriteTimeout, CutsAClientThatDoesNotRead) {
  EchoServer server(with(&http::Timeouts::write, milliseconds{50}));
  RawClient client = server.connect();
  client.set_receive_buffer(4096);
  client.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
  // The exchange finishes when the connection ends, which happens although the client has not read a byte.
  EXPECT_TRUE(eventually([&] { return server.service().finished != 0; }));
  EXPECT_EQ(server.service().finished, 1);
  EXPECT_LT(client.read_all().size(), 8U * 1024 * 1024);
}

TEST(WriteTimeout, LeavesASlowReaderThatReads) {
  const EchoServer server(with(&http::Timeouts::write, milliseconds{2'000}));
  RawClient client = server.connect();
  client.send("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(body_of(client.read_answer()).size(), 8U * 1024 * 1024);
}

TEST(HandlerDeadline, Answers503AndCancelsTheHandler) {
  EchoServer server([](EchoService& service, ServerOptions&) { service.handler_deadline = milliseconds{20}; });
  const std::string answer = server.exchange("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n" + get);
  EXPECT_EQ(status_of(answer), 503);
  EXPECT_EQ(count_of(answer, "HTTP/1.1 "), 1);
  server.server().stop(milliseconds{0});
  server.server().join();
  EXPECT_EQ(server.service().cancelled, 1);
  EXPECT_EQ(server.service().finished, 2);  // for the request and for the 503 that replaced its response
}

TEST(HandlerDeadline, OfTheServerHoldsWhereTheRouteHasNone) {
  const EchoServer server(with(&http::Timeouts::handler, milliseconds{20}));
  EXPECT_EQ(status_of(server.exchange("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n")), 503);
}

TEST(HandlerDeadline, DoesNotTouchAHandlerThatIsInTime) {
  const EchoServer server(with(&http::Timeouts::handler, milliseconds{5'000}));
  RawClient client = server.connect();
  for (int i = 0; i < 3; ++i) {
    client.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(body_of(client.read_answer()), "later ");
  }
}

// Groups of pipelined requests. In each group, four responses wait for the fifth, whose handler is a coroutine; the
// server writes them when that handler begins. A client that does not read therefore stops the server right after a
// handler has begun, and nowhere else.
constexpr int group_size = 5;
constexpr int groups = 200;

std::string groups_ending_in(const std::string& path) {
  std::string group;
  for (int i = 1; i < group_size; ++i) group += "GET /medium HTTP/1.1\r\nHost:x\r\n\r\n";
  group += "GET " + path + " HTTP/1.1\r\nHost:x\r\n\r\n";
  std::string all;
  for (int i = 0; i < groups; ++i) all += group;
  return all;
}

TEST(HandlerDeadline, LeavesTheWriteDeadlineToAClientThatDoesNotRead) {
  EchoServer server([](EchoService& service, ServerOptions& options) {
    service.handler_deadline = milliseconds{20};
    options.timeouts.write = milliseconds{100};
  });
  RawClient client = server.connect();
  client.set_receive_buffer(4096);
  client.send(groups_ending_in("/hold-behind"));
  pollfd ended{client.native_handle(), 0, 0};
  EXPECT_EQ(::poll(&ended, 1, 10'000), 1);
  EXPECT_NE(ended.revents & POLLHUP, 0);
  server.server().stop(milliseconds{0});
  server.server().join();
  EXPECT_EQ(server.service().cancelled, 1);
}

TEST(HandlerDeadline, DoesNotTouchAnAnswerThatWaitsForEarlierOnes) {
  EchoServer server([](EchoService& service, ServerOptions&) { service.handler_deadline = milliseconds{20}; });
  RawClient client = server.connect();
  client.send(groups_ending_in("/later") + "GET /echo HTTP/1.1\r\nHost:x\r\nConnection: close\r\n\r\n");
  // Another request reaches its deadline while the first connection stands still, so the deadline there has passed as
  // well.
  int others = 0;
  int before = 0;
  do {
    before = server.service().served;
    EXPECT_EQ(status_of(server.exchange("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n")), 503);
    ++others;
  } while (server.service().served != before + 1);
  const int served = server.service().served - others;
  EXPECT_LT(served, groups * group_size);
  EXPECT_EQ(served % group_size, 0);  // the last request was /later
  EXPECT_EQ(count_of(client.read_all(), "HTTP/1.1 200 OK\r\n"), groups * group_size + 1);
}

TEST(InFlightLimit, Answers503WithRetryAfter) {
  EchoServer server([](EchoService&, ServerOptions& options) { options.max_requests_in_flight = 1; });
  std::atomic<bool> begun{false};
  server.service().on_held = [&] { begun = true; };
  RawClient first = server.connect();
  first.send("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
  ASSERT_TRUE(eventually([&] { return begun.load(); }));
  const std::string refused = server.exchange(get);
  EXPECT_EQ(status_of(refused), 503);
  EXPECT_TRUE(has_line(refused, "retry-after: 1")) << refused;
  server.service().let_go();
  EXPECT_EQ(body_of(first.read_answer()), "held /hold");
}

TEST(NoTimeout, IsWhatZeroMeans) {
  const EchoServer server([](EchoService&, ServerOptions& options) {
    options.timeouts = {};
    options.timeouts.header = options.timeouts.body_idle = options.timeouts.write = milliseconds{0};
    options.timeouts.keep_alive = options.timeouts.body_rate_window = milliseconds{0};
  });
  RawClient client = server.connect();
  client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhel");
  client.send("lo");
  EXPECT_EQ(body_of(client.read_answer()), "POST /echo hello");
}

}  // namespace serval::testing::net_timeout_test
