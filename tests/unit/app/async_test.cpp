// SPDX-License-Identifier: MIT
// Coroutine handlers and blocking handlers beside plain ones.
#include <serval/app/app.hpp>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>

#include <serval/serval.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>

namespace serval::async_test {

namespace asio = boost::asio;
using namespace std::chrono_literals;

struct Item {
  std::string name;
};

Task<void> wait(std::chrono::milliseconds time) {
  asio::steady_timer timer(co_await asio::this_coro::executor, time);
  co_await timer.async_wait(asio::use_awaitable);
}

Task<Item> wait_and_echo(Item item, Response& response) {
  co_await wait(1ms);
  response.set_status(201);
  co_return item;
}

TEST(Coroutine, WaitsAndAnswers) {
  App app;
  app.post("/")(wait_and_echo);
  const auto answer = TestClient(app).post("/", {.json = json{{"name", "a"}}});
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(answer.body, R"({"name":"a"})");
}

TEST(Coroutine, OfSeveralFaultsAtOnceTheLeftOneIsTheAnswer) {
  using namespace asio::experimental::awaitable_operators;
  App app;
  const auto fail = [](int status) -> Task<int> {
    co_await wait(0ms);
    throw HttpError(status);
  };
  const auto wait_long = []() -> Task<int> {
    co_await wait(1h);
    co_return 1;
  };
  app.get("/both")([=]() -> Task<void> { co_await (fail(404) && (fail(409) && wait_long())); });
  app.get("/either")([=]() -> Task<void> { co_await (fail(404) || fail(409)); });
  TestClient client(app);
  EXPECT_EQ(client.get("/both").status, 404);
  EXPECT_EQ(client.get("/either").status, 404);
}

TEST(Coroutine, IsNotBegunWithFaultyArguments) {
  App app;
  bool begun = false;
  app.post("/")([&begun](Item) -> Task<int> {
    begun = true;
    co_return 1;
  });
  EXPECT_EQ(TestClient(app).post("/", {.json = json::object()}).status, 422);
  EXPECT_FALSE(begun);
}

TEST(Coroutine, MayReturnWhatAnyHandlerMay) {
  App app;
  app.get("/void")([]() -> Task<void> { co_await wait(0ms); });
  app.get("/response")([]() -> Task<Response> { co_return html("<p>"); });
  app.get("/result")([]() -> Task<Result<int>> { co_return HttpError(404); });
  TestClient client{app};
  EXPECT_EQ(client.get("/void").body, "null");
  EXPECT_EQ(client.get("/response").body, "<p>");
  EXPECT_EQ(client.get("/result").status, 404);
}

TEST(Coroutine, ThatThrowsAfterWaitingIsAnsweredByTheErrorHandlers) {
  App app;
  app.on_error<std::out_of_range>([](const std::out_of_range&) { return HttpError(404, "gone"); });
  app.get("/")([]() -> Task<int> {
    co_await wait(1ms);
    throw std::out_of_range("x");
  });
  EXPECT_EQ(TestClient(app).get("/").body, R"({"detail":"gone"})");
}

TEST(Coroutine, IsCancelledAtTheRoutesDeadline) {
  App app;
  bool came_back = false;
  app.get("/", {.deadline = 5ms})([&came_back]() -> Task<int> {
    co_await wait(1h);
    came_back = true;
    co_return 1;
  });
  const auto answer = TestClient(app).get("/");
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.body, R"({"detail":"The handler took too long"})");
  EXPECT_FALSE(came_back);
}

TEST(Coroutine, ThatIsCancelledLeavesNoBackgroundWork) {
  App app;
  bool ran = false;
  app.get("/", {.deadline = 5ms})([&ran](BackgroundTasks& background) -> Task<int> {
    background.add([&ran] { ran = true; });
    co_await wait(1h);
    co_return 1;
  });
  EXPECT_EQ(TestClient(app).get("/").status, 503);
  EXPECT_FALSE(ran);
}

TEST(Coroutine, InAMountedApplicationIsAwaited) {
  App sub, app;
  sub.get("/")([]() -> Task<int> {
    co_await wait(1ms);
    co_return 5;
  });
  app.mount("/sub", sub);
  EXPECT_EQ(TestClient(app).get("/sub/").body, "5");
}

TEST(Blocking, RunsOnAnotherThread) {
  App app;
  const auto elsewhere = [here = std::this_thread::get_id()](Query<int, "n"> n) {
    return json{{"elsewhere", std::this_thread::get_id() != here}, {"n", n.value()}};
  };
  app.get("/option", {.blocking = true})(elsewhere);
  app.get("/wrapped")(blocking(elsewhere));
  app.get("/inline")(elsewhere);
  TestClient client{app};
  EXPECT_EQ(client.get("/option?n=1").body, R"({"elsewhere":true,"n":1})");
  EXPECT_EQ(client.get("/wrapped?n=2").body, R"({"elsewhere":true,"n":2})");
  EXPECT_EQ(client.get("/inline?n=3").body, R"({"elsewhere":false,"n":3})");
}

TEST(Blocking, IsAnsweredByTheErrorHandlersToo) {
  App app;
  app.on_error<std::out_of_range>([](const std::out_of_range&) { return HttpError(404, "gone"); });
  app.get("/", {.blocking = true})([](Query<int, "n"> n) -> int { throw std::out_of_range(std::to_string(n)); });
  TestClient client{app};
  EXPECT_EQ(client.get("/?n=1").status, 404);
  EXPECT_EQ(client.get("/?n=x").status, 422);
}

TEST(Blocking, IsAnswered503OnceItsDeadlineHasPassed) {
  App app;
  app.get("/", {.blocking = true, .deadline = 5ms})([begin = std::chrono::steady_clock::now()] {
    while (std::chrono::steady_clock::now() < begin + 50ms) std::this_thread::yield();
    return 1;
  });
  const auto answer = TestClient(app).get("/");
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.body, R"({"detail":"The handler took too long"})");
}

TEST(Blocking, Answers503WhenThePoolIsFull) {
  App app({.blocking_threads = 1, .blocking_queue = 0});
  TestResponse inner;
  // The pool's only thread runs the outer request when the inner request needs it.
  app.get("/inner", {.blocking = true})([] { return 1; });
  app.get("/outer", {.blocking = true})([&] { inner = TestClient(app).get("/inner"); });
  EXPECT_EQ(TestClient(app).get("/outer").status, 200);
  EXPECT_EQ(inner.status, 503);
  EXPECT_EQ(inner.header("retry-after"), "1");
}

}  // namespace serval::async_test
