// SPDX-License-Identifier: MIT
// Work that a handler schedules to run after its response.
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/stream.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>
#include <serval/websocket.hpp>

#include "tests/unit/support/log.hpp"
#include "tests/wire/support/waiting.hpp"

namespace serval::background_work_test {

using testing::at_once;

TEST(BackgroundWork, RunsInOrderAfterTheAnswer) {
  std::string order;
  App app;
  app.get("/")([&order](BackgroundTasks& background) {
    background.add([&order] { order += "a"; });
    background.add([&order] { order += "b"; });
    order += "handler ";
  });
  TestClient(app).get("/");
  EXPECT_EQ(order, "handler ab");
}

TEST(BackgroundWork, ThatThrowsIsLoggedAndDropsTheRest) {
  LeveledLog log;
  App app({.logger = log.logger()});
  bool ran = false;
  app.get("/x")([&ran](BackgroundTasks& background) {
    background.add([] { throw std::runtime_error("mail server is down"); });
    background.add([&ran] { ran = true; });
    return 1;
  });
  app.get("/y")([](BackgroundTasks& background) { background.add([] { throw 1; }); });
  TestClient client{app};
  EXPECT_EQ(client.get("/x").body, "1");
  EXPECT_FALSE(ran);
  client.get("/y");
  EXPECT_EQ(log.text(),
            "error background work of GET /x failed: mail server is down\nerror background work of GET /y failed: an "
            "exception that is not a std::exception\n");
}

// --- Coroutines ----------------------------------------------------------------------------------

/// Records when it is destroyed.
struct Session {
  std::string& order;
  explicit Session(std::string& of) : order(of) {}
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() { order += " ~session"; }
};
std::string* order_of_session = nullptr;
Session session() { return Session(*order_of_session); }

Task<void> note(std::string& order, std::string text) {
  co_await at_once();
  order += text;
}

TEST(BackgroundCoroutine, HasEndedWhenTheTestClientReturns) {
  std::string order;
  order_of_session = &order;
  App app;
  app.get("/")([&order](Depends<session>, BackgroundTasks& background) {
    background.add(note, std::ref(order), " first");
    background.add([&order] { order += " second"; });
    background.add(note, std::ref(order), " third");
    order += "handler";
    return 1;
  });
  EXPECT_EQ(TestClient(app).get("/").body, "1");
  EXPECT_EQ(order, "handler first second third ~session") << "it may use the values of dependencies";
}

TEST(BackgroundCoroutine, ThatThrowsIsLoggedWithTheRequestIdAndDropsTheRest) {
  LeveledLog log;
  App app({.logger = log.logger()});
  app.use(RequestId());
  bool ran = false;
  app.post("/mails")([&ran](BackgroundTasks& background) {
    background.add([]() -> Task<void> {
      co_await at_once();
      throw std::runtime_error("mail server is down");
    });
    background.add([&ran] { ran = true; });
    return 1;
  });
  EXPECT_EQ(TestClient(app, {.client = {"127.0.0.1", 1}}).post("/mails", {.headers = {{"x-request-id", "r1"}}}).body,
            "1");
  EXPECT_EQ(log.text(), "error background work of POST /mails failed: mail server is down (request r1)\n");
  EXPECT_FALSE(ran);
}

TEST(BackgroundCoroutine, DoesNotRunIfTheHandlerFails) {
  App app;
  std::string order;
  app.get("/")([&order](BackgroundTasks& background) -> int {
    background.add(note, std::ref(order), "ran");
    throw HttpError(409);
  });
  EXPECT_EQ(TestClient(app).get("/").status, 409);
  EXPECT_EQ(order, "");
}

TEST(BackgroundCoroutine, RunsAfterAStream) {
  App app;
  std::string order;
  app.get("/")([&order](StreamWriter& out, BackgroundTasks& background) -> Task<void> {
    background.add(note, std::ref(order), " background");
    co_await out.write("part");
    order += "handler";
  });
  EXPECT_EQ(TestClient(app).get("/").body, "part");
  EXPECT_EQ(order, "handler background");
}

TEST(BackgroundCoroutine, RunsAfterAWebSocket) {
  App app;
  std::string order;
  app.websocket("/")([&order](WebSocket& socket, BackgroundTasks& background) -> Task<void> {
    background.add(note, std::ref(order), " background");
    co_await socket.accept();
    co_await socket.send_text("hello");
    order += "handler";
  });
  TestClient client(app);
  {
    TestWebSocket socket = client.websocket("/");
    EXPECT_EQ(socket.receive_text(), "hello");
  }
  client.get("/");  // lets the client's loop run
  EXPECT_EQ(order, "handler background");
}

TEST(BackgroundCoroutine, SeesTheRequest) {
  App app;
  std::string seen;
  app.get("/items/{id}")([&seen](const Request& request, BackgroundTasks& background) {
    background.add([&seen, &request]() -> Task<void> {
      co_await at_once();
      seen = std::string(request.target());
    });
    return 1;
  });
  TestClient(app).get("/items/5");
  EXPECT_EQ(seen, "/items/5");
}

}  // namespace serval::background_work_test
