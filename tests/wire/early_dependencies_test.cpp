// SPDX-License-Identifier: MIT
// Dependencies that need no body, over a socket: they are called before the client sends the body.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <optional>
#include <string>

#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/task.hpp>

#include "tests/wire/support/client.hpp"
#include "tests/wire/support/echo_service.hpp"
#include "tests/wire/support/waiting.hpp"

namespace serval::early_dependencies_test {

using namespace std::chrono_literals;
using ::testing::EndsWith;
using testing::eventually;
using ::testing::HasSubstr;
using testing::RawClient;
using testing::status_of;
using testing::wait;

struct Item {
  std::string name;
};

int token(Header<int, "x-token"> value) {
  if (value == 13) throw HttpError(401, "bad luck", {{"www-authenticate", "Token"}});
  return value;
}
Task<int> waited_token(Depends<token> value) {
  co_await wait(1ms);
  co_return value;
}
std::string name_of(Item item) { return item.name; }

/// Returns a head that announces a body.
std::string head(std::string_view path, std::string_view fields, std::string_view length = "content-length: 12\r\n") {
  return "POST " + std::string(path) + " HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n" +
         std::string(fields) + std::string(length) + "\r\n";
}
const std::string body = R"({"name":"a"})";

class EarlyDependencies : public ::testing::Test {
 protected:
  EarlyDependencies() {
    app_.post("/plain", {.dependencies = {depends<token>}})([](Item item) { return item.name; });
    app_.post("/waiting")([](Item item, Depends<waited_token> number) { return item.name + std::to_string(number); });
    app_.post("/pool", {.blocking = true})([](Depends<name_of> name, Depends<token>) { return *name; });
    app_.post("/form")([](Depends<token>, Form<std::string, "name"> name) { return *name; });
    app_.post("/none")([](Depends<token> number) { return *number; });
  }
  RawClient start() {
    server_.emplace(app_, options_);
    server_->start();
    return RawClient(server_->port());
  }

  App app_;
  ServerOptions options_ = testing::test_options();
  std::optional<Server> server_;
};

TEST_F(EarlyDependencies, RefuseBeforeTheBodyIsSent) {
  start();
  for (const char* path : {"/plain", "/waiting", "/pool", "/form", "/none"}) {
    for (const char* length : {"content-length: 12\r\n", "transfer-encoding: chunked\r\n"}) {
      RawClient client(server_->port());
      client.send(head(path, "x-token: 13\r\n", length));
      const std::string answer = client.read_all();
      EXPECT_TRUE(client.closed()) << path;
      EXPECT_EQ(status_of(answer), 401) << path;
      EXPECT_THAT(answer, HasSubstr("\r\nwww-authenticate: Token\r\n")) << path;
      EXPECT_THAT(answer, HasSubstr("\r\nconnection: close\r\n")) << path;
      EXPECT_THAT(answer, EndsWith(R"({"detail":"bad luck"})")) << path;
    }
  }
}

TEST_F(EarlyDependencies, RefuseInPlaceOfContinue) {
  start();
  for (const char* path : {"/plain", "/waiting", "/pool"}) {
    RawClient client(server_->port());
    client.send(head(path, "x-token: 13\r\nexpect: 100-continue\r\n"));
    EXPECT_EQ(status_of(client.read_all()), 401) << path;
  }
}

TEST_F(EarlyDependencies, LetTheBodyBeAskedFor) {
  start();
  for (const char* path : {"/plain", "/waiting", "/pool"}) {
    RawClient client(server_->port());
    client.send(head(path, "x-token: 7\r\nexpect: 100-continue\r\n"));
    ASSERT_TRUE(client.receive_until("HTTP/1.1 100 Continue\r\n\r\n")) << path;
    EXPECT_EQ(client.take_received(), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send(body);
    const std::string answer = client.read_answer();
    EXPECT_EQ(status_of(answer), 200) << answer;
    EXPECT_THAT(answer, HasSubstr("\"a")) << path;
  }
}

TEST_F(EarlyDependencies, KeepTheConnectionAndTheOrderOfPipelinedRequests) {
  RawClient client = start();
  std::string requests;
  for (int i = 0; i < 4; ++i) {
    for (const char* path : {"/plain", "/waiting", "/pool", "/none"})
      requests += head(path, "x-token: " + std::to_string(i) + "\r\n") + body;
  }
  client.send(requests);
  for (int i = 0; i < 4; ++i) {
    EXPECT_THAT(client.read_answer(), EndsWith("\r\n\r\n\"a\""));
    EXPECT_THAT(client.read_answer(), EndsWith("\r\n\r\n\"a" + std::to_string(i) + "\""));
    EXPECT_THAT(client.read_answer(), EndsWith("\r\n\r\n\"a\""));
    EXPECT_THAT(client.read_answer(), EndsWith("\r\n\r\n" + std::to_string(i)));
  }
}

TEST_F(EarlyDependencies, TakeABodyThatComesByteByByte) {
  RawClient client = start();
  for (const char* path : {"/plain", "/waiting", "/pool"}) {
    for (const char byte : head(path, "x-token: 7\r\n") + body) client.send(std::string(1, byte));
    EXPECT_EQ(status_of(client.read_answer()), 200) << path;
  }
}

TEST_F(EarlyDependencies, HaveTheirFaultsAnsweredWithThoseOfTheBody) {
  RawClient client = start();
  for (const char* path : {"/plain", "/waiting"}) {
    client.send(testing::post_request(path, "content-type: application/json\r\n", "{}"));
    const std::string answer = client.read_answer();
    EXPECT_EQ(status_of(answer), 422);
    EXPECT_THAT(answer, EndsWith(R"({"detail":[{"type":"missing","loc":["header","x-token"],"msg":"Field required",)"
                                 R"("input":null},{"type":"missing","loc":["body","name"],"msg":"Field required",)"
                                 R"("input":{}}]})"))
        << path;
  }
}

TEST_F(EarlyDependencies, MayMakeTheClientWaitForTheDeadlineOfTheHandler) {
  app_.post("/slow", {.deadline = 20ms})([](Depends<waited_token>, Item item) { return item.name; });
  static constexpr auto endless = []() -> Task<int> {
    co_await wait(60s);
    co_return 1;
  };
  app_.post("/endless", {.deadline = 20ms})([](Depends<endless>, Item item) { return item.name; });
  start();
  RawClient late(server_->port());
  late.send(head("/endless", {}));
  EXPECT_EQ(status_of(late.read_all()), 503);
  // The time in which the body arrives does not count towards the handler's deadline.
  RawClient client(server_->port());
  client.send(head("/slow", "x-token: 7\r\nexpect: 100-continue\r\n"));
  ASSERT_TRUE(client.receive_until("100 Continue\r\n\r\n"));
  static_cast<void>(client.take_received());
  client.send(body);
  EXPECT_EQ(status_of(client.read_answer()), 200);
}

std::atomic<int> open_sessions = 0;

struct Session {
  Session() { ++open_sessions; }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() { --open_sessions; }
};
Session session() { return {}; }
TEST_F(EarlyDependencies, EndTheirValuesWhereTheBodyNeverComes) {
  app_.post("/a")([](Depends<session>, Item item) { return item.name; });
  options_.timeouts.body_idle = 10ms;
  RawClient late = start();
  late.send(head("/a", {}));
  EXPECT_EQ(status_of(late.read_all()), 408);
  EXPECT_TRUE(eventually([] { return open_sessions == 0; }));
}

std::atomic<int> told = 0;
std::atomic<int> outcomes_of_the_gone = 0;

struct Transaction : Session {
  void on_exception(const std::exception_ptr&) { ++told; }
  void finish(const Outcome& outcome) {
    if (outcome.what == Outcome::What::client_gone) ++outcomes_of_the_gone;
  }
};
Transaction transaction() { return {}; }

TEST_F(EarlyDependencies, TellTheirValuesThatTheClientHasGone) {
  told = outcomes_of_the_gone = 0;
  app_.post("/a")([](Depends<transaction>, Item item) { return item.name; });
  start();
  RawClient client(server_->port());
  client.send(head("/a", {}) + "{");
  EXPECT_TRUE(eventually([] { return open_sessions == 1; }));
  client.reset();
  EXPECT_TRUE(eventually([] { return open_sessions == 0; }));
  EXPECT_EQ(told, 1);
  EXPECT_EQ(outcomes_of_the_gone, 1);
}

Task<int> refusing_guard() {
  co_await wait(1ms);
  throw HttpError(401);
}

TEST_F(EarlyDependencies, RefuseAlsoWhereThePoolOfTheirRouteIsFull) {
  static std::promise<void> begun, end;
  App app({.blocking_threads = 1, .blocking_queue = 0});
  app.get("/busy", {.blocking = true})([] {
    begun.set_value();
    end.get_future().wait_for(10s);
    return 1;
  });
  app.post("/a", {.blocking = true})([](Depends<refusing_guard>, Item item) { return item.name; });
  Server server(app, options_);
  server.start();
  RawClient busy(server.port());
  busy.send("GET /busy HTTP/1.1\r\nhost: a\r\n\r\n");
  ASSERT_EQ(begun.get_future().wait_for(10s), std::future_status::ready);
  RawClient client(server.port());
  client.send(head("/a", {}));
  EXPECT_EQ(status_of(client.read_all()), 401);
  end.set_value();
  EXPECT_EQ(status_of(busy.read_answer()), 200);
}

TEST_F(EarlyDependencies, AreCancelledWhereTheClientGoes) {
  static std::promise<void> begun, ended;
  static constexpr auto endless = []() -> Task<int> {
    struct End {
      ~End() { ended.set_value(); }
    } const end;
    begun.set_value();
    co_await wait(60s);
    co_return 1;
  };
  app_.post("/endless")([](Depends<endless>, Item item) { return item.name; });
  RawClient client = start();
  client.send(head("/endless", {}));
  ASSERT_EQ(begun.get_future().wait_for(10s), std::future_status::ready);
  client.reset();
  EXPECT_EQ(ended.get_future().wait_for(10s), std::future_status::ready);
}

TEST_F(EarlyDependencies, AreAnsweredByTheErrorHandlersOfTheApplication) {
  app_.on_error<HttpError>([](const HttpError& error) { return plain_text("mine", error.status() + 2); });
  RawClient client = start();
  client.send(head("/waiting", "x-token: 13\r\n"));
  const std::string answer = client.read_all();
  EXPECT_EQ(status_of(answer), 403);
  EXPECT_THAT(answer, EndsWith("mine"));
}

}  // namespace serval::early_dependencies_test
