// SPDX-License-Identifier: MIT
// Responses that are sent while their handler runs, over a socket.
#include <serval/stream.hpp>

#include <boost/asio/cancellation_state.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <string>

#include <serval/serval.hpp>
#include <serval/server.hpp>

#include "tests/wire/support/client.hpp"
#include "tests/wire/support/echo_service.hpp"
#include "tests/wire/support/exchange.hpp"
#include "tests/wire/support/waiting.hpp"

namespace serval::stream_test {

using namespace std::chrono_literals;
using testing::body_of;
using ::testing::EndsWith;
using testing::exchange;
using testing::has_line;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::RawClient;
using testing::status_of;
using testing::wait;

struct Point {
  int x;
  int y;
};

/// Tells the test when the coroutine that holds it has ended.
struct Ending {
  std::promise<void>& ended;
  ~Ending() { ended.set_value(); }
};

/// A server, and what its handlers tell the test.
class StreamOver : public ::testing::Test {
 protected:
  RawClient start(ServerOptions options = testing::test_options()) {
    server_.emplace(app_, std::move(options));
    server_->start();
    return RawClient(server_->port());
  }
  bool ends() { return ended_.get_future().wait_for(10s) == std::future_status::ready; }

  App app_;
  std::promise<void> ended_;
  std::atomic<std::size_t> sent_{0};
  std::optional<Server> server_;
};

Task<void> three_parts(StreamWriter& out, Response& response) {
  response.set_content_type("text/plain");
  response.headers().set("x-kind", "stream");
  co_await out.write("one ");
  co_await wait(1ms);
  co_await out.write("");
  co_await out.write("two");
}

TEST_F(StreamOver, Http11IsSentInChunks) {
  app_.get<three_parts>("/", {.status_code = 203});
  const std::string answer = exchange(app_, "GET /");
  EXPECT_EQ(status_of(answer), 203);
  EXPECT_TRUE(has_line(answer, "transfer-encoding: chunked"));
  EXPECT_TRUE(has_line(answer, "content-type: text/plain; charset=utf-8"));
  EXPECT_TRUE(has_line(answer, "x-kind: stream"));
  EXPECT_THAT(answer, Not(HasSubstr("content-length")));
  EXPECT_EQ(body_of(answer), "4\r\none \r\n3\r\ntwo\r\n0\r\n\r\n");
}

TEST_F(StreamOver, Http10EndsWithTheConnection) {
  app_.get<three_parts>("/");
  const std::string answer = testing::exchange_bytes(app_, "GET / HTTP/1.0\r\nconnection: keep-alive\r\n\r\n");
  EXPECT_TRUE(has_line(answer, "connection: close"));
  EXPECT_THAT(answer, Not(HasSubstr("transfer-encoding")));
  EXPECT_EQ(body_of(answer), "one two");
}

TEST_F(StreamOver, HeadIsTheHeadAloneAndTheConnectionStays) {
  app_.get<three_parts>("/");
  RawClient client = start();
  client.send("HEAD / HTTP/1.1\r\nhost: a\r\n\r\nGET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
  const std::string head = client.read_answer(RawClient::To::head);
  EXPECT_TRUE(has_line(head, "transfer-encoding: chunked"));
  EXPECT_EQ(body_of(head), "");
  EXPECT_EQ(body_of(client.read_all()), "4\r\none \r\n3\r\ntwo\r\n0\r\n\r\n");
}

TEST_F(StreamOver, APipelineKeepsItsOrder) {
  app_.get("/large")([] { return plain_text(std::string(3 * 1024 * 1024, 'l')); });
  app_.get<three_parts>("/stream");
  app_.get("/last")([] { return 7; });
  RawClient client = start();
  client.send(
      "GET /large HTTP/1.1\r\nhost: a\r\n\r\nGET /stream HTTP/1.1\r\nhost: a\r\n\r\n"
      "GET /last HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
  EXPECT_EQ(body_of(client.read_answer()), std::string(3 * 1024 * 1024, 'l'));
  const std::string rest = client.read_all();
  EXPECT_TRUE(body_of(rest).starts_with("4\r\none \r\n3\r\ntwo\r\n0\r\n\r\nHTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(rest, EndsWith("\r\n\r\n7"));
}

TEST_F(StreamOver, NothingSentIsAnEmptyAnswer) {
  app_.get("/")([](JsonLines<Point>&) -> Task<void> { co_return; });
  const std::string answer = exchange(app_, "GET /");
  EXPECT_TRUE(has_line(answer, "content-length: 0"));
  EXPECT_TRUE(has_line(answer, "content-type: application/jsonl"));
}

TEST_F(StreamOver, AFaultBeforeTheFirstPartIsAnAnswer) {
  app_.get("/")([](StreamWriter& out, Query<int, "n"> n) -> Task<void> {
    if (n == 0) throw HttpError(404);
    co_await out.write("x");
  });
  EXPECT_EQ(body_of(exchange(app_, "GET /?n=0")), R"({"detail":"Not Found"})");
  EXPECT_EQ(status_of(exchange(app_, "GET /?n=x")), 422);
  EXPECT_EQ(body_of(exchange(app_, "GET /?n=1")), "1\r\nx\r\n0\r\n\r\n");
}

TEST_F(StreamOver, AFaultAfterTheFirstPartLeavesTheAnswerUnfinished) {
  app_.get("/")([](StreamWriter& out) -> Task<void> {
    co_await out.write("half");
    throw HttpError(500);
  });
  EXPECT_EQ(body_of(exchange(app_, "GET /")), "4\r\nhalf\r\n");
  RawClient client = start();
  client.send("GET / HTTP/1.0\r\n\r\n");
  client.read_all();
  EXPECT_TRUE(client.was_reset()) << "where the end of the connection is the end of the body";
}

TEST_F(StreamOver, LinesOfJsonAreValuesOfTheModel) {
  app_.get("/")([](JsonLines<Point>& lines) -> Task<void> {
    co_await lines.send({1, 2});
    co_await lines.send({3, 4});
  });
  EXPECT_EQ(body_of(exchange(app_, "GET /")), "e\r\n{\"x\":1,\"y\":2}\n\r\ne\r\n{\"x\":3,\"y\":4}\n\r\n0\r\n\r\n");
}

TEST_F(StreamOver, EventsHaveTheirFields) {
  app_.get("/")([](EventSender<Point>& events) -> Task<void> {
    co_await events.send({1, 2}, "point", std::string(events.last_event_id()) + "+");
    const ServerSentEvent whole{.data = "x", .retry = 5ms, .comment = "c"};
    co_await events.send_event(whole);
  });
  const std::string answer = exchange(app_, "GET /", "last-event-id: 41\r\n");
  EXPECT_TRUE(has_line(answer, "content-type: text/event-stream; charset=utf-8"));
  EXPECT_TRUE(has_line(answer, "cache-control: no-cache"));
  EXPECT_TRUE(has_line(answer, "x-accel-buffering: no"));
  EXPECT_THAT(answer, HasSubstr("\r\nevent: point\ndata: {\"x\":1,\"y\":2}\nid: 41+\n\n\r\n"));
  EXPECT_THAT(answer, HasSubstr("\r\n: c\ndata: x\nretry: 5\n\n\r\n"));
}

TEST_F(StreamOver, EventsAreUtf8WhateverTheyAreMadeOf) {
  app_.get("/")([](EventSender<>& events) -> Task<void> {
    const ServerSentEvent event{.data = "a\xFF", .id = "\xFF"};
    co_await events.send_event(event);
  });
  EXPECT_THAT(exchange(app_, "GET /"), HasSubstr("data: a\uFFFD\nid: \uFFFD\n\n"));
}

TEST_F(StreamOver, ASilentEventStreamSendsComments) {
  app_.get("/")([](EventSender<>& events) -> Task<void> {
    events.set_keep_alive(5ms);
    co_await events.send(1);
    co_await wait(1h);
  });
  RawClient client = start();
  client.send("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
  EXPECT_TRUE(client.receive_until(": ping\n\n\r\n8\r\n: ping\n\n"));
  EXPECT_THAT(client.received(), HasSubstr("data: 1\n\n\r\n8\r\n: ping\n\n\r\n8\r\n: ping\n\n\r\n"));
}

TEST_F(StreamOver, AClientThatDoesNotReadHoldsUpTheHandlerAndIsCut) {
  app_.get("/")([this](StreamWriter& out) -> Task<void> {
    const Ending ending{ended_};
    for (;;) {
      co_await out.write(std::string(64 * 1024, 'x'));
      sent_ += 64 * 1024;
    }
  });
  ServerOptions options = testing::test_options();
  options.timeouts.write = 100ms;
  RawClient client = start(std::move(options));
  client.set_receive_buffer(4096);
  client.send("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
  EXPECT_TRUE(ends());
  EXPECT_LT(sent_.load(), std::size_t{64} * 1024 * 1024) << "what the kernel holds, and no more";
}

TEST_F(StreamOver, AClientThatGoesCancelsTheHandler) {
  app_.get("/")([this](EventSender<>& events) -> Task<void> {
    const Ending ending{ended_};
    co_await events.send(1);
    co_await wait(1h);
  });
  RawClient client = start();
  client.send("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
  EXPECT_TRUE(client.receive_until("data: 1"));
  client.reset();
  EXPECT_TRUE(ends());
}

TEST_F(StreamOver, AHandlerThatNoCancellationReachesEndsAtItsNextWrite) {
  app_.get("/")([this](StreamWriter& out) -> Task<void> {
    const Ending ending{ended_};
    co_await boost::asio::this_coro::reset_cancellation_state(boost::asio::disable_cancellation());
    for (;;) co_await out.write(std::string(64 * 1024, 'x'));
  });
  RawClient client = start();
  client.set_receive_buffer(4096);
  client.send("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
  client.receive();
  client.reset();
  EXPECT_TRUE(ends());
}

TEST_F(StreamOver, AStatusThatIsNoneIsAWhole500) {
  app_.get("/")([](StreamWriter& out, Response& response) -> Task<void> {
    response.set_status(42);
    co_await out.write("x");
  });
  const std::string answer = exchange(app_, "GET /");
  EXPECT_EQ(status_of(answer), 500);
  EXPECT_EQ(body_of(answer), "Internal Server Error");
}

TEST_F(StreamOver, Http10SeesThatAStoppedServerCutTheAnswer) {
  app_.get("/")([](StreamWriter& out) -> Task<void> {
    co_await out.write("x");
    co_await wait(1h);
  });
  RawClient client = start();
  client.send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_TRUE(client.receive_until("\r\n\r\nx"));
  server_->stop(10ms);
  client.read_all();
  EXPECT_TRUE(client.was_reset());
}

TEST_F(StreamOver, TheDeadlineOfAHandlerCountsUpToTheFirstPart) {
  app_.get("/late", {.deadline = 20ms})([](StreamWriter& out) -> Task<void> {
    co_await wait(1h);
    co_await out.write("x");
  });
  app_.get("/long", {.deadline = 20ms})([](StreamWriter& out) -> Task<void> {
    co_await out.write("a");
    co_await wait(60ms);
    co_await out.write("b");
  });
  EXPECT_EQ(status_of(exchange(app_, "GET /late")), 503);
  EXPECT_EQ(body_of(exchange(app_, "GET /long")), "1\r\na\r\n1\r\nb\r\n0\r\n\r\n");
}

TEST_F(StreamOver, AServerThatStopsCutsItAtTheDeadline) {
  app_.get("/")([this](StreamWriter& out) -> Task<void> {
    const Ending ending{ended_};
    co_await out.write("x");
    co_await wait(1h);
  });
  RawClient client = start();
  client.send("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
  EXPECT_TRUE(client.receive_until("1\r\nx"));
  server_->stop(10ms);
  EXPECT_TRUE(ends());
  EXPECT_THAT(client.read_all(), Not(EndsWith("0\r\n\r\n")));
}

}  // namespace serval::stream_test
