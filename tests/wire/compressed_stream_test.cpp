// SPDX-License-Identifier: MIT
// Responses that are compressed and sent while their handler runs, over a socket.
#include <serval/stream.hpp>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include <serval/compression.hpp>
#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/gunzip.hpp"
#include "tests/wire/support/client.hpp"
#include "tests/wire/support/echo_service.hpp"
#include "tests/wire/support/exchange.hpp"

namespace serval::compressed_stream_test {

using testing::body_of;
using ::testing::EndsWith;
using testing::exchange;
using testing::gunzip;
using testing::has_line;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::RawClient;
using testing::status_of;

const std::string accept_gzip = "accept-encoding: gzip\r\n";

struct Point {
  int x;
  int y;
};

/// Joins the payloads of the chunks that have arrived.
std::string joined_chunks(std::string_view body) {
  std::string text;
  for (std::size_t line = body.find("\r\n"); line != std::string_view::npos; line = body.find("\r\n")) {
    const std::size_t size = std::stoul(std::string(body.substr(0, line)), nullptr, 16);
    text += body.substr(line + 2, size);
    body.remove_prefix(std::min(body.size(), line + 2 + size + 2));
  }
  return text;
}

Task<void> three_parts(StreamWriter& out, Response& response) {
  response.set_content_type("text/plain");
  co_await out.write("one ");
  co_await out.write("");
  co_await out.write("two");
}

struct CompressedStreamOver : ::testing::Test {
  CompressedStreamOver() { app.use(Compression()); }
  App app;
};

TEST_F(CompressedStreamOver, Http11IsSentInChunks) {
  app.get<three_parts>("/");
  const std::string answer = exchange(app, "GET /", accept_gzip);
  EXPECT_TRUE(has_line(answer, "transfer-encoding: chunked"));
  EXPECT_TRUE(has_line(answer, "content-encoding: gzip"));
  EXPECT_TRUE(has_line(answer, "vary: Accept-Encoding"));
  EXPECT_THAT(answer, EndsWith("\r\n0\r\n\r\n"));
  EXPECT_TRUE(gunzip(joined_chunks(body_of(answer))).is_whole);
  EXPECT_EQ(gunzip(joined_chunks(body_of(answer))).text, "one two");
}

TEST_F(CompressedStreamOver, Http10EndsWithTheConnection) {
  app.get<three_parts>("/");
  const std::string answer = testing::exchange_bytes(app, "GET / HTTP/1.0\r\n" + accept_gzip + "\r\n");
  EXPECT_TRUE(has_line(answer, "content-encoding: gzip"));
  EXPECT_TRUE(gunzip(body_of(answer)).is_whole);
  EXPECT_EQ(gunzip(body_of(answer)).text, "one two");
}

TEST_F(CompressedStreamOver, AHeadHasTheFieldsOfAGetAndTheConnectionStays) {
  app.get<three_parts>("/");
  Server server(app, testing::test_options());
  server.start();
  RawClient client(server.port());
  client.send("HEAD / HTTP/1.1\r\nhost: a\r\n" + accept_gzip + "\r\n");
  const std::string head = client.read_answer(RawClient::To::head);
  EXPECT_TRUE(has_line(head, "content-encoding: gzip"));
  EXPECT_TRUE(has_line(head, "vary: Accept-Encoding"));
  client.send("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n" + accept_gzip + "\r\n");
  EXPECT_EQ(gunzip(joined_chunks(body_of(client.read_all()))).text, "one two");
}

TEST_F(CompressedStreamOver, AClientThatDoesNotAcceptItGetsTheParts) {
  app.get<three_parts>("/");
  const std::string answer = exchange(app, "GET /");
  EXPECT_TRUE(has_line(answer, "vary: Accept-Encoding"));
  EXPECT_EQ(body_of(answer), "4\r\none \r\n3\r\ntwo\r\n0\r\n\r\n");
}

TEST_F(CompressedStreamOver, EachPartCanBeReadWhenItComes) {
  boost::asio::steady_timer* signal = nullptr;
  app.get("/")([&](StreamWriter& out) -> Task<void> {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, std::chrono::seconds(10));
    signal = &timer;
    co_await out.write("first");
    boost::system::error_code ignored;
    co_await timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
    co_await out.write(" second");
  });
  app.get("/go_on")([&] {
    signal->cancel();
    return 1;
  });
  ServerOptions options = testing::test_options();
  options.threads = 1;  // both connections share one loop, as the timer requires
  Server server(app, options);
  server.start();
  RawClient reader(server.port()), other(server.port());
  reader.send("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n" + accept_gzip + "\r\n");
  while (gunzip(joined_chunks(body_of(reader.received()))).text != "first") ASSERT_TRUE(reader.receive());
  other.send("GET /go_on HTTP/1.1\r\nhost: a\r\n\r\n");
  EXPECT_EQ(status_of(other.read_answer()), 200);
  EXPECT_EQ(gunzip(joined_chunks(body_of(reader.read_all()))).text, "first second");
}

TEST_F(CompressedStreamOver, LongPartsGoInPieces) {
  std::string text;
  for (int i = 0; text.size() < 1 << 20; ++i) text += std::to_string(i) + ",";
  app.get("/")([&](StreamWriter& out) -> Task<void> {
    co_await out.write(text);
    co_await out.write("end");
  });
  const std::string packed = joined_chunks(body_of(exchange(app, "GET /", accept_gzip)));
  EXPECT_TRUE(gunzip(packed).is_whole);
  EXPECT_EQ(gunzip(packed).text, text + "end");
}

TEST_F(CompressedStreamOver, LinesOfJsonArePacked) {
  app.get("/")([](JsonLines<Point>& lines) -> Task<void> {
    for (int i = 0; i < 3; ++i) co_await lines.send({i, i});
  });
  const std::string answer = exchange(app, "GET /", accept_gzip);
  EXPECT_TRUE(has_line(answer, "content-type: application/jsonl"));
  EXPECT_EQ(gunzip(joined_chunks(body_of(answer))).text, "{\"x\":0,\"y\":0}\n{\"x\":1,\"y\":1}\n{\"x\":2,\"y\":2}\n");
}

TEST_F(CompressedStreamOver, EventsGoAsTheyAre) {
  app.get("/")([](EventSender<Point>& events) -> Task<void> { co_await events.send({1, 2}); });
  const std::string answer = exchange(app, "GET /", accept_gzip);
  EXPECT_THAT(answer, HasSubstr("data: {\"x\":1,\"y\":2}\n\n"));
  EXPECT_THAT(answer, Not(HasSubstr("content-encoding")));
  EXPECT_THAT(answer, Not(HasSubstr("vary")));
}

TEST_F(CompressedStreamOver, AFaultAfterTheFirstPartLeavesTheAnswerUnfinished) {
  app.get("/")([](StreamWriter& out) -> Task<void> {
    co_await out.write("first");
    throw std::runtime_error("on purpose");
  });
  const std::string answer = exchange(app, "GET /", accept_gzip);
  const auto unpacked = gunzip(joined_chunks(body_of(answer)));
  EXPECT_EQ(unpacked.text, "first");
  EXPECT_FALSE(unpacked.is_whole);
  EXPECT_THAT(answer, Not(EndsWith("0\r\n\r\n")));
}

TEST_F(CompressedStreamOver, AFaultBeforeTheFirstPartIsAnAnswer) {
  app.get("/")([](StreamWriter&) -> Task<void> {
    throw HttpError(409, "taken");
    co_return;
  });
  const std::string answer = exchange(app, "GET /", accept_gzip);
  EXPECT_EQ(status_of(answer), 409);
  EXPECT_EQ(body_of(answer), R"({"detail":"taken"})");
}

TEST_F(CompressedStreamOver, AMountedApplicationPacksOnce) {
  App inner;
  inner.use(Compression());
  inner.get<three_parts>("/parts");
  app.mount("/inner", inner);
  EXPECT_EQ(gunzip(joined_chunks(body_of(exchange(app, "GET /inner/parts", accept_gzip)))).text, "one two");
}

TEST_F(CompressedStreamOver, AServerThatEndsTakesStreamsWithIt) {
  app.get("/")([](StreamWriter& out) -> Task<void> {
    boost::asio::steady_timer never(co_await boost::asio::this_coro::executor,
                                    boost::asio::steady_timer::time_point::max());
    co_await out.write("first");
    co_await never.async_wait(boost::asio::use_awaitable);
  });
  Server server(app, testing::test_options());
  server.start();
  RawClient client(server.port());
  client.send("GET / HTTP/1.1\r\nhost: a\r\n" + accept_gzip + "\r\n");
  EXPECT_TRUE(client.receive());
  server.stop(std::chrono::milliseconds(0));
  server.join();
}

TEST_F(CompressedStreamOver, TheTestClientIsTheSame) {
  app.get<three_parts>("/");
  TestClient client(app);
  EXPECT_EQ(client.get("/").body, "one two");
  const TestResponse packed = client.get("/", {.headers = {{"accept-encoding", "gzip"}}});
  EXPECT_EQ(packed.headers.get("content-encoding"), "gzip");
  EXPECT_EQ(gunzip(packed.body).text, "one two");
}

}  // namespace serval::compressed_stream_test
