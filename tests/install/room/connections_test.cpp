// SPDX-License-Identifier: MIT
// The connection pool of the room: its size, its waits, and that no request receives the late answer to another one.
#include "quota/connections.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include <serval/testing.hpp>

#include "support/program.hpp"
#include "tests/wire/support/embedding_program.hpp"
#include "tests/wire/support/waiting.hpp"

// The start functions run on a separate loop, which keeps its connection until the stop. `quota_connections` also
// counts this connection.
namespace quota_test::connections_test {

using namespace std::chrono_literals;
using serval::TestClient;
using serval::testing::body_of;
using serval::testing::eventually;
using serval::testing::has_line;
using serval::testing::status_of;

TEST(Connections, AreKeptForTheNextQuestion) {
  Program program;
  TestClient client(program.app);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(client.get("/me", {.headers = {{"x-api-key", "ada"}}}).status, 200);
  EXPECT_EQ(program.service.connections(), 2);  // one of them of the start functions
  EXPECT_EQ(program.value("quota_connections"), 2);
}

TEST(Connections, AreOpenedAnewWhereTheServiceHasClosedThem) {
  Program program;
  TestClient client(program.app);
  EXPECT_EQ(client.get("/me", {.headers = {{"x-api-key", "ada"}}}).status, 200);
  program.service.drop_connections();
  EXPECT_EQ(client.get("/me", {.headers = {{"x-api-key", "ada"}}}).status, 200);
}

TEST(Connections, AreClosedAfterAnAnswerThatIsNone) {
  Program program;
  TestClient client(program.app);
  program.service.answer("LEFT ada", "OK Ada 5 60\nOK Bob 0 60");
  EXPECT_EQ(client.get("/me", {.headers = {{"x-api-key", "ada"}}}).status, 502);
  EXPECT_EQ(program.value("quota_connections"), 1);
  program.service.answer("LEFT ada", "HUH");
  EXPECT_EQ(client.get("/me", {.headers = {{"x-api-key", "ada"}}}).status, 502);
  program.service.answer("LEFT ada", std::string(5000, 'x'));
  EXPECT_EQ(client.get("/me", {.headers = {{"x-api-key", "ada"}}}).status, 502);
  EXPECT_EQ(program.value("quota_connections"), 1);
}

TEST(Connections, AnswerForAServiceThatIsLate) {
  Program program([](quota::Options& options) { options.answer = 500ms; });
  TestClient client(program.app);
  program.service.hold("LEFT ada");
  EXPECT_EQ(client.get("/me", {.headers = {{"x-api-key", "ada"}}}).status, 504);
  EXPECT_EQ(program.value("quota_connections"), 1);
  EXPECT_EQ(program.value("quota_questions_total", "late"), 1);
}

/// Each of the two loops has one connection, so the third question finds none.
TEST(ConnectionsOver, AreBoundedAndAFurtherQuestionIsUnavailableAfterAWait) {
  Served program([](quota::Options& options) { options.wait = 20ms; });
  program.service.hold("LEFT ada");
  RawClient first = program.connect(), second = program.connect(), third = program.connect();
  first.send(get("/me", "ada"));
  second.send(get("/me", "ada"));
  EXPECT_TRUE(eventually([&] { return program.service.held() == 2; }));
  third.send(get("/me", "ada"));
  const std::string refused = third.read_answer();
  EXPECT_EQ(status_of(refused), 503);
  EXPECT_TRUE(has_line(refused, "retry-after: 1")) << refused;
  program.service.let_go();
  EXPECT_EQ(body_of(first.read_answer()), "\"Ada\"");
  EXPECT_EQ(body_of(second.read_answer()), "\"Ada\"");
  third.send(get("/me", "ada"));
  EXPECT_EQ(body_of(third.read_answer()), "\"Ada\"");
  EXPECT_EQ(program.service.connections(), 3);  // one of them of the start functions
}

TEST(ConnectionsOver, PassToAQuestionThatWaits) {
  Served program;
  program.service.hold("LEFT ada");
  RawClient first = program.connect(), second = program.connect(), third = program.connect();
  for (RawClient* client : {&first, &second, &third}) client->send(get("/me", "ada"));
  EXPECT_TRUE(eventually([&] { return program.service.held() == 2; }));
  program.service.let_go();
  for (RawClient* client : {&first, &second, &third}) EXPECT_EQ(body_of(client->read_answer()), "\"Ada\"");
  EXPECT_EQ(program.service.connections(), 3);
}

/// The late answer to the first question must not become the answer to the second.
TEST(ConnectionsOver, AreClosedAtADeadlineAndNotUsedHalfway) {
  Served program;
  program.service.hold("LEFT ada");
  RawClient client = program.connect();
  client.send(get("/hurried", "ada"));
  const std::string late = client.read_all();
  EXPECT_EQ(status_of(late), 503);
  EXPECT_EQ(body_of(late), R"({"detail":"The handler took too long"})");
  EXPECT_TRUE(eventually([&] { return program.value("quota_connections") == 1; }));
  program.service.let_go();
  program.service.answer("LEFT zoe", "OK Zoe 9 60");
  RawClient first = program.connect(), second = program.connect();
  for (RawClient* next : {&first, &second}) {
    next->send(get("/me", "zoe"));
    EXPECT_EQ(body_of(next->read_answer()), "\"Zoe\"");
  }
}

TEST(ConnectionsOver, AreClosedWhereTheClientIsGone) {
  Served program;
  program.come_and_go();
  EXPECT_TRUE(eventually([&] { return program.value("quota_connections") == 1; }));
  program.service.let_go();
  RawClient first = program.connect(), second = program.connect();
  for (RawClient* next : {&first, &second}) {
    next->send(get("/me", "ada"));
    EXPECT_EQ(body_of(next->read_answer()), "\"Ada\"");
  }
}

/// A connection that a cancelled request has waited for is not lost.
TEST(ConnectionsOver, AreNotLostToAClientThatGoesWhileItWaitsForOne) {
  Served program;
  program.service.hold("LEFT ada");
  RawClient first = program.connect(), second = program.connect(), third = program.connect();
  first.send(get("/me", "ada"));
  second.send(get("/me", "ada"));
  EXPECT_TRUE(eventually([&] { return program.service.held() == 2; }));
  third.send(get("/hurried", "ada"));
  EXPECT_EQ(status_of(third.read_all()), 503);
  program.service.let_go();
  for (RawClient* client : {&first, &second}) {
    EXPECT_EQ(body_of(client->read_answer()), "\"Ada\"");
    client->send(get("/me", "ada"));
    EXPECT_EQ(body_of(client->read_answer()), "\"Ada\"");
  }
  EXPECT_EQ(program.service.connections(), 3);
}

/// All threads of the context share one object and one connection.
TEST(ConnectionsOver, AreBoundedOnAContextThatSeveralThreadsRun) {
  FakeService service;
  serval::testing::EmbeddingProgram program;
  quota::install(program.app(), test_options(service));
  program.app().get("/me")([](const quota::Caller& caller) { return caller.name; });
  program.start(3, Served::server_options());
  std::vector<RawClient> clients;
  for (int i = 0; i < 6; ++i) clients.push_back(program.connect());
  for (int round = 0; round < 20; ++round) {
    for (RawClient& client : clients) client.send(get("/me", "ada"));
    for (RawClient& client : clients) EXPECT_EQ(body_of(client.read_answer()), "\"Ada\"");
  }
  EXPECT_EQ(service.connections(), 2);  // one of them of the start functions
  program.server().stop();
  program.server().join();
  EXPECT_EQ(service.used("ada"), 120U);
}

}  // namespace quota_test::connections_test
