// SPDX-License-Identifier: MIT
// Dependencies over a socket: faults beside the handler's own, refusals, values that outlive the response.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <string>

#include <serval/base/log.hpp>
#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/task.hpp>

#include "tests/wire/support/exchange.hpp"

namespace serval::dependencies_test {

using testing::exchange;
using testing::RawClient;
using testing::status_of;
using testing::test_options;

std::promise<void>* ended = nullptr;  // set once the session of the test's only request has ended

struct Session {
  explicit Session(int of) : number(of) {}
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() { ended->set_value(); }
  int number;
};

int token(Header<int, "x-token"> value) {
  if (value == 13) throw HttpError(401, "bad luck", {{"www-authenticate", "Token"}});
  return value;
}
Task<int> slow_token(Depends<token> value) { co_return value; }
Session session(Depends<slow_token> number) { return Session(number); }

TEST(WireDependencies, AreCalledBeforeTheHandler) {
  App app;
  app.get("/")([](Depends<slow_token> number) { return *number; });
  const std::string answer = exchange(app, "GET /", "x-token: 7\r\n");
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_TRUE(answer.ends_with("\r\n\r\n7")) << answer;
}

struct Settings {
  std::string url;
  int pool;
};
Settings settings() { return decode_json<Settings>(R"({"url":"secret"})"); }

TEST(WireDependencies, KeepFaultsOfTheProgramsOwnDataToThemselves) {
  App app({.logger = make_logger("off")});
  app.get("/")([](Depends<settings> found) { return found->pool; });
  const std::string answer = exchange(app, "GET /");
  EXPECT_EQ(status_of(answer), 500);
  EXPECT_NE(answer.find("\r\nx-request-id: "), std::string::npos) << answer;
  EXPECT_TRUE(answer.ends_with("\r\n\r\nInternal Server Error")) << answer;
}

TEST(WireDependencies, ReportTheirFaultsBesideTheHandlersOwn) {
  App app;
  app.get("/{id}")([](Path<int, "id"> id, Depends<slow_token>) { return id; });
  const std::string answer = exchange(app, "GET /x");
  EXPECT_EQ(status_of(answer), 422);
  EXPECT_TRUE(answer.ends_with(
      R"({"detail":[{"type":"missing","loc":["header","x-token"],"msg":"Field required","input":null},)"
      R"({"type":"int_parsing","loc":["path","id"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"}]})"))
      << answer;
}

TEST(WireDependencies, RefuseARequest) {
  App app;
  app.get("/", {.dependencies = {depends<token>}})([](Query<int, "n">) { return 1; });
  const std::string answer = exchange(app, "GET /?n=x", "x-token: 13\r\n");
  EXPECT_EQ(status_of(answer), 401);
  EXPECT_NE(answer.find("\r\nwww-authenticate: Token\r\n"), std::string::npos);
}

TEST(WireDependencies, ValuesEndAfterTheAnswerWasSent) {
  std::promise<void> end;
  ended = &end;
  std::future<void> has_ended = end.get_future();
  App app;
  app.get("/")([&has_ended](Depends<session> mine, BackgroundTasks& background) {
    background.add(
        [&has_ended] { EXPECT_EQ(has_ended.wait_for(std::chrono::seconds(0)), std::future_status::timeout); });
    return mine->number;
  });
  EXPECT_EQ(status_of(exchange(app, "GET /", "x-token: 7\r\n")), 200);
  EXPECT_EQ(has_ended.wait_for(std::chrono::seconds(10)), std::future_status::ready);
}

std::atomic<int> held = 0;
std::atomic<int> most_held = 0;

struct Place {
  Place() { most_held = std::max<int>(most_held, ++held); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() { --held; }
};
Place place() { return {}; }

TEST(WireDependencies, ValuesDoNotPileUpWherePipelinedRequestsAreAnsweredTogether) {
  App app;
  app.get("/", {.dependencies = {depends<place>}})([] { return 1; });
  Server server(app, test_options());
  server.start();
  RawClient client(server.port());
  std::string requests;
  for (int i = 0; i < 16; ++i) requests += "GET / HTTP/1.1\r\nhost: x\r\n\r\n";
  client.send(requests);
  for (int i = 0; i < 16; ++i) EXPECT_EQ(status_of(client.read_answer()), 200);
  EXPECT_EQ(most_held, 1);
}

}  // namespace serval::dependencies_test
