// SPDX-License-Identifier: MIT
// What the room asks the service and reports to it while its application starts, serves and stops.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <latch>
#include <stdexcept>
#include <string>

#include <serval/task.hpp>
#include <serval/testing.hpp>

#include "support/program.hpp"
#include "tests/wire/support/waiting.hpp"

namespace quota_test::lifecycle_test {

using namespace std::chrono_literals;
using serval::TestClient;
using serval::testing::eventually;
using serval::testing::status_of;

TEST(RoomStart, FailsWhereTheServiceIsAnotherOne) {
  Program program;
  program.service.answer("HELLO", "FTP 3");
  EXPECT_THROW(TestClient client(program.app), std::runtime_error);
}

TEST(RoomStart, FailsWhereNoServiceIs) {
  Program program([](quota::Options& options) { options.port = 1; });
  EXPECT_THROW(TestClient client(program.app), serval::Unavailable);
}

TEST(RoomService, ReportsNowAndThen) {
  Served program([](quota::Options& options) { options.report = 1ms; });
  RawClient client = program.connect();
  for (std::uint64_t requests = 1; requests <= 3; ++requests) {
    client.send(get("/me", "ada"));
    EXPECT_EQ(status_of(client.read_answer()), 200);
    EXPECT_TRUE(eventually([&] { return program.service.used("ada") == requests; }));
  }
}

TEST(RoomService, LosesNothingWhereAReportFails) {
  Served program([](quota::Options& options) { options.report = 1ms; });
  program.service.answer("USED ", "NO");
  RawClient client = program.connect();
  client.send(get("/me", "ada"));
  EXPECT_EQ(status_of(client.read_answer()), 200);
  EXPECT_TRUE(eventually([&] { return program.service.lines("USED") >= 1; }));
  EXPECT_EQ(program.service.used("ada"), 0U);
  program.service.answer("USED ", "OK");
  EXPECT_TRUE(eventually([&] { return program.service.used("ada") == 1; }));
}

TEST(RoomService, ReportsTheRestAtTheStop) {
  Served program;
  RawClient first = program.connect(), second = program.connect();
  for (RawClient* client : {&first, &second}) {
    client->send(get("/me", "ada"));
    EXPECT_EQ(status_of(client->read_answer()), 200);
  }
  EXPECT_EQ(program.service.lines("USED"), 0);
  program.server.stop();
  program.server.join();
  EXPECT_EQ(program.service.used("ada"), 2U);
}

TEST(RoomService, ReportsTheRestAtTheEndOfATestClient) {
  Program program;
  {
    TestClient client(program.app);
    EXPECT_EQ(client.get("/me", {.headers = {{"x-api-key", "ada"}}}).status, 200);
  }
  EXPECT_EQ(program.service.used("ada"), 1U);
}

/// The request takes more than half of the time that the stop may take, so the room's reporting service ends before it.
TEST(RoomStop, ReportsARequestThatEndsDuringIt) {
  std::atomic<bool> holds{true};
  std::latch begun{1};
  Program program;
  program.app.get("/slow")([&](const quota::Caller& caller) -> serval::Task<std::string> {
    const std::string name = caller.name;
    begun.count_down();
    while (holds) co_await serval::testing::wait(1ms);
    co_return name;
  });
  serval::Server server(program.app, Served::server_options());
  server.start();
  RawClient client(server.port());
  client.send(get("/slow", "ada"));
  begun.wait();
  server.stop(2s);
  EXPECT_TRUE(eventually([&] { return program.value("quota_stops_total") == 1; }));
  holds = false;
  EXPECT_EQ(status_of(client.read_all()), 200);
  server.join();
  EXPECT_EQ(program.service.used("ada"), 1U);
}

TEST(RoomStop, IsNotHeldUpByAServiceThatDoesNotAnswer) {
  Served program([](quota::Options& options) { options.answer = 500ms; });
  RawClient client = program.connect();
  client.send(get("/me", "ada"));
  EXPECT_EQ(status_of(client.read_answer()), 200);
  program.service.hold("USED");
  program.server.stop();
  EXPECT_TRUE(program.server.join_for(10s));
  EXPECT_EQ(program.service.used("ada"), 0U);
  EXPECT_EQ(program.value("quota_connections"), 0);
}

/// Asks for the readiness through a route, because a test cannot await it.
std::string readiness_of(Program& program) {
  program.app.get("/ready")([&app = program.app]() -> serval::Task<std::string> {
    const serval::Readiness found = co_await app.readiness();
    if (found.is_ready()) co_return "ready";
    co_return found.checks.at(0).name + ": " + found.checks.at(0).error;
  });
  TestClient client(program.app);
  program.service.hold("HELLO");
  const std::string hanging = client.get("/ready").body;
  program.service.let_go();
  return hanging + " " + client.get("/ready").body;
}

TEST(RoomReadiness, IsThatOfTheService) {
  Program program([](quota::Options& options) { options.answer = 500ms; });
  EXPECT_EQ(readiness_of(program), R"("quota: 504: \"The quota service did not answer in time\"" "ready")");
}

TEST(RoomInstruments, CountQuestionsAndWaits) {
  Program program;
  {
    TestClient client(program.app);
    EXPECT_EQ(client.get("/me", {.headers = {{"x-api-key", "ada"}}}).status, 200);
    EXPECT_EQ(program.value("quota_questions_total", "answered"), 2);  // one of them of the start function
    EXPECT_EQ(program.value("quota_wait_seconds"), 2);
    EXPECT_EQ(program.value("quota_connections"), 2);
  }
  EXPECT_EQ(program.value("quota_connections"), 0);
}

}  // namespace quota_test::lifecycle_test
