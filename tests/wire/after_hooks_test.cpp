// SPDX-License-Identifier: MIT
// Hooks after the handler that wait, such as for a store: their work is done although nobody waits for the response.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <optional>
#include <string>

#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/stream.hpp>
#include <serval/task.hpp>

#include "tests/wire/support/client.hpp"
#include "tests/wire/support/echo_service.hpp"
#include "tests/wire/support/exchange.hpp"
#include "tests/wire/support/waiting.hpp"
#include "tests/wire/support/witness.hpp"

namespace serval::after_hooks_test {

using namespace std::chrono_literals;
using testing::body_of;
using ::testing::ElementsAre;
using testing::eventually;
using testing::has_line;
using testing::RawClient;
using testing::status_of;
using testing::Witness;

struct Progress {
  std::atomic<bool> is_held{true};
  std::atomic<int> begun{0};
  std::atomic<int> done{0};

  Task<void> write() {
    ++begun;
    while (is_held) co_await testing::wait(1ms);
    ++done;
  }
};

struct WritesAfterTheHandler {
  Progress* progress;
  void before_handler(Request&) {}
  http::Pending after_handler(const Request&, Response&) { return http::Pending(progress->write()); }
};

struct WritesAfter {
  Progress* progress;
  http::Pending after(const Request&, Response&) { return http::Pending(progress->write()); }
};

class AfterHooks : public ::testing::Test {
 protected:
  void start() { server.emplace(app, testing::test_options()).start(); }
  void send_and_leave(const std::string& path) {
    RawClient client(server->port());
    client.send("GET " + path + " HTTP/1.1\r\nhost: a\r\n\r\n");
    EXPECT_TRUE(eventually([&] { return progress.begun == 1; }));
    client.reset();
    EXPECT_TRUE(eventually([&] { return server->stats().connections == 0; }));
    progress.is_held = false;
  }

  Progress progress;
  testing::Seen seen;
  std::atomic<int> parts{0};
  App app;
  std::optional<Server> server;  // stopped first
};

TEST_F(AfterHooks, AreNotCancelledWhenTheClientLeaves) {
  app.get("/handler", {.middleware = {middleware(WritesAfterTheHandler{&progress})}})([] { return 1; });
  app.get("/after", {.middleware = {middleware(WritesAfter{&progress})}})([] { return 1; });
  app.get("/task", {.middleware = {middleware(WritesAfter{&progress})}})([]() -> Task<int> { co_return 1; });
  start();
  for (const char* path : {"/handler", "/after", "/task"}) {
    progress.is_held = true;
    progress.begun = progress.done = 0;
    send_and_leave(path);
    EXPECT_TRUE(eventually([&] { return progress.done == 1; })) << path;
  }
}

TEST_F(AfterHooks, AreNotCancelledAtTheDeadline) {
  app.use(Witness{&seen});
  app.get("/", {.middleware = {middleware(WritesAfter{&progress})}, .deadline = 20ms})([] { return 1; });
  start();
  EXPECT_EQ(status_of(testing::exchange(server->port(), "GET /")), 503);
  EXPECT_TRUE(eventually([&] { return seen.has("finished"); }));
  EXPECT_THAT(seen.lines(), ElementsAre("before GET", "finished 503 deadline /"));
  EXPECT_EQ(progress.done, 0);
  progress.is_held = false;
  EXPECT_TRUE(eventually([&] { return seen.has("after"); }));
  EXPECT_EQ(seen.lines().back(), "after 200");  // the hooks outside it get the response that was too late
  EXPECT_EQ(progress.done, 1);
}

/// Waits before each response is sent.
struct WaitAfter {
  [[nodiscard]] http::Pending after(const Request&, Response& response) { return http::Pending(wait(response)); }
  static Task<void> wait(Response& response) {
    co_await testing::wait(1ms);
    response.headers().set("x-waited", "1");
  }
};

TEST_F(AfterHooks, KeepTheOrderOfAPipeline) {
  app.use(WaitAfter{});
  app.get("/{n}")([](Path<int, "n"> n) { return *n; });
  start();
  RawClient client(server->port());
  for (int n = 0; n < 3; ++n) client.send("GET /" + std::to_string(n) + " HTTP/1.1\r\nhost: a\r\n\r\n");
  for (int n = 0; n < 3; ++n) {
    const std::string answer = client.read_answer();
    EXPECT_EQ(body_of(answer), std::to_string(n));
    EXPECT_TRUE(has_line(answer, "x-waited: 1"));
  }
  client.send("bad\r\n\r\n");
  EXPECT_TRUE(has_line(client.read_all(), "x-waited: 1"));
}

TEST_F(AfterHooks, OfAStreamAreNotCancelledButTheStreamIs) {
  std::atomic<bool> has_ended{false};
  app.get("/", {.middleware = {middleware(WritesAfter{&progress})}})([&](StreamWriter& out) -> Task<void> {
    struct End {
      std::atomic<bool>& flag;
      ~End() { flag = true; }
    } const end{has_ended};
    for (;;) {
      co_await out.write("part");
      ++parts;
      co_await testing::wait(1ms);
    }
  });
  start();
  send_and_leave("/");
  EXPECT_TRUE(eventually([&] { return progress.done == 1 && has_ended; }));
  EXPECT_EQ(parts, 0);
}

}  // namespace serval::after_hooks_test
