// SPDX-License-Identifier: MIT
// Responses that a test reads while their handler runs.
#include <serval/testing/test_stream.hpp>

#include <gtest/gtest.h>

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <string>

#include <serval/serval.hpp>
#include <serval/stream.hpp>
#include <serval/testing.hpp>

namespace serval::test_stream_test {

struct Count {
  int n;
};

TEST(TestStream, HandsOutPartsWhileTheHandlerRuns) {
  App app;
  int made = 0;
  app.get("/")([&](StreamWriter& out, Response& response) -> Task<void> {
    response.headers().set("x-a", "1");
    for (;; ++made) co_await out.write(std::string(1000, 'a'));
  });
  TestClient client(app);
  auto stream = client.stream("/");
  EXPECT_EQ(stream.response().status, 200);
  EXPECT_EQ(stream.response().header("x-a"), "1");
  for (int i = 0; i < 200; ++i) EXPECT_EQ(stream.next(), std::string(1000, 'a'));
  EXPECT_GE(made, 199);
  EXPECT_LE(made, 300);  // the handler waits for the reader
}

TEST(TestStream, EndsItsHandler) {
  App app;
  bool is_cancelled = false;
  app.get("/")([&](EventSender<Count>& events) -> Task<void> {
    co_await events.send({1});
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, std::chrono::hours(1));
    try {
      co_await timer.async_wait(boost::asio::use_awaitable);
    } catch (...) {
      is_cancelled = true;
      throw;
    }
  });
  TestClient client(app);
  {
    auto stream = client.stream("/");
    EXPECT_EQ(stream.next_event()->data, R"({"n":1})");
  }
  EXPECT_TRUE(is_cancelled);
}

TEST(TestStream, ReadsEvents) {
  App app;
  app.get("/")([](EventSender<>& events) -> Task<void> {
    const ServerSentEvent all{"a\nb", "tick", "7", std::chrono::milliseconds(5), "c"};
    co_await events.send_event(all);
    co_await events.send_text("");
  });
  TestClient client(app);
  auto stream = client.stream("/");
  EXPECT_EQ(stream.response().header("content-type"), "text/event-stream; charset=utf-8");
  const auto event = stream.next_event();
  ASSERT_TRUE(event);
  EXPECT_EQ(event->data, "a\nb");
  EXPECT_EQ(event->event, "tick");
  EXPECT_EQ(event->id, "7");
  EXPECT_EQ(event->retry, std::chrono::milliseconds(5));
  EXPECT_EQ(event->comment, "c");
  EXPECT_EQ(stream.next_event()->data, "");
  EXPECT_FALSE(stream.next_event());
  EXPECT_TRUE(stream.is_whole());
}

TEST(TestStream, ReadsLinesOfJson) {
  App app;
  app.get("/")([](JsonLines<Count>& lines) -> Task<void> {
    for (int n = 1; n <= 2; ++n) co_await lines.send({n});
  });
  TestClient client(app);
  auto stream = client.stream("/");
  EXPECT_EQ(stream.next_value<Count>()->n, 1);
  EXPECT_EQ(stream.next_value(), (json{{"n", 2}}));
  EXPECT_FALSE(stream.next_value());
}

TEST(TestStream, CutsLinesOutOfParts) {
  App app;
  app.get("/")([](StreamWriter& out) -> Task<void> {
    co_await out.write("a");
    co_await out.write("b\nc\r\n\nd");
  });
  TestClient client(app);
  auto stream = client.stream("/");
  EXPECT_EQ(stream.next_line(), "ab");
  EXPECT_EQ(stream.next_line(), "c");
  EXPECT_EQ(stream.next_line(), "");
  EXPECT_EQ(stream.next_line(), "d");
  EXPECT_EQ(stream.next_line(), std::nullopt);
}

TEST(TestStream, IsNotWholeWhereTheHandlerFailed) {
  App app;
  app.get("/")([](StreamWriter& out) -> Task<void> {
    co_await out.write("a");
    throw std::runtime_error("gone");
  });
  TestClient client(app);
  EXPECT_FALSE(client.stream("/").is_whole());
}

TEST(TestStream, TakesAnyAnswer) {
  App app;
  app.get("/")([](Response& response) {
    response.set_cookie("a", "1");
    return "whole";
  });
  TestClient client(app);
  auto stream = client.stream("/");
  EXPECT_EQ(stream.next(), "\"whole\"");
  EXPECT_EQ(stream.next(), std::nullopt);
  EXPECT_EQ(client.cookies().get("a"), "1");
  EXPECT_EQ(client.stream("/nowhere").response().status, 404);
}

TEST(TestStream, WaitsNoLongerThanItIsTold) {
  App app;
  app.get("/")([](StreamWriter& out) -> Task<void> {
    co_await out.write("a");
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, std::chrono::hours(1));
    co_await timer.async_wait(boost::asio::use_awaitable);
  });
  TestClient client(app, {.wait_timeout = std::chrono::milliseconds(20)});
  auto stream = client.stream("/");
  EXPECT_EQ(stream.next(), "a");
  EXPECT_THROW(static_cast<void>(stream.next()), std::runtime_error);
}

}  // namespace serval::test_stream_test
