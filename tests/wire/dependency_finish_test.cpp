// SPDX-License-Identifier: MIT
// `finish` of dependency values over a socket: before the response, before the first byte of a stream, for cancelled
// requests, on blocking routes, and after the response while the connection continues.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include <serval/base/log.hpp>
#include <serval/files.hpp>
#include <serval/pool.hpp>
#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/stream.hpp>
#include <serval/task.hpp>

#include "tests/unit/support/outcome_text.hpp"
#include "tests/unit/support/temporary_folder.hpp"
#include "tests/wire/support/exchange.hpp"
#include "tests/wire/support/waiting.hpp"
#include "tests/wire/support/witness.hpp"

namespace serval::dependency_finish_test {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using testing::eventually;
using testing::exchange;
using ::testing::Not;
using testing::RawClient;
using testing::Seen;
using testing::status_of;
using testing::test_options;
using testing::text_of;
using testing::wait;

/// What happened to the transactions of one test.
struct Database {
  Seen seen;
  bool is_full = false;                // commits fail
  std::atomic<int> open = 0;           // the number of open transactions
  std::thread::id finished_by{};       // read it only after the transaction has ended
  std::promise<void>* held = nullptr;  // `finish` waits for it on its pool
};

struct Transaction {
  Database& database;
  explicit Transaction(Database& of) : database(of) { ++database.open; }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() { --database.open; }

  Task<void> finish(const Outcome& outcome) {
    co_await wait(2ms);
    database.seen.add(text_of(outcome.what) + " " + std::to_string(outcome.status));
    if (outcome.succeeded() && database.is_full) throw HttpError(507, "full");
  }
};
Transaction transaction(State<Database> database) { return Transaction(*database); }
using Tx = Depends<transaction, until_answer>;

/// A transaction of a library without coroutines.
struct PlainTransaction {
  Database& database;
  void finish(const Outcome& outcome) {
    if (database.held != nullptr) database.held->get_future().wait();
    database.finished_by = std::this_thread::get_id();
    database.seen.add(text_of(outcome.what) + " " + std::to_string(outcome.status));
    if (outcome.succeeded() && database.is_full) throw HttpError(507, "full");
  }
};
PlainTransaction plain_transaction(State<Database> database) { return {*database}; }

std::string get(const std::string& target, const std::string& fields = {}) {
  return "GET " + target + " HTTP/1.1\r\nhost: a\r\n" + fields + "\r\n";
}

/// A server, and a client that has sent it GET /.
struct Asked {
  Server server;
  RawClient client;
  explicit Asked(App& app, const ServerOptions& options = test_options())
      : server(app, options), client(port_of(server)) {
    client.send(get("/"));
  }

 private:
  static std::uint16_t port_of(Server& server) {
    server.start();
    return server.port();
  }
};

struct FinishOver : ::testing::Test {
  std::shared_ptr<Database> database = std::make_shared<Database>();
  App app{{.blocking_threads = 1, .logger = make_logger("off")}};
  std::atomic<bool> is_called = false;

  FinishOver() { app.provide(database); }
  /// Sends a request and waits until its handler runs. The handler runs until it is cancelled.
  [[nodiscard]] std::unique_ptr<Asked> hold_one() {
    app.get("/")([this](Tx) -> Task<void> {
      is_called = true;
      co_await wait(10s);
    });
    auto asked = std::make_unique<Asked>(app);
    EXPECT_TRUE(eventually([this] { return is_called.load(); }));
    return asked;
  }
  [[nodiscard]] bool ended() const {
    return eventually([&] { return !database->seen.lines().empty() && database->open == 0; });
  }
};

TEST_F(FinishOver, ASocketMakesTheAnswerOfACommitThatFails) {
  app.post("/", {.status_code = 201})([](Tx) { return json{{"id", 1}}; });
  EXPECT_EQ(status_of(testing::post(app, "/", "", "")), 201);
  database->is_full = true;
  const std::string answer = testing::post(app, "/", "", "");
  EXPECT_EQ(status_of(answer), 507);
  EXPECT_TRUE(answer.ends_with(R"({"detail":"full"})")) << answer;
  EXPECT_THAT(database->seen.lines(), ElementsAre("success 201", "success 201"));
}

TEST_F(FinishOver, ASocketMakesTheAnswerOfAStreamOfACommitThatFails) {
  app.get("/")([](Tx, StreamWriter& out) -> Task<void> {
    co_await out.write("one ");
    co_await out.write("two");
  });
  EXPECT_TRUE(exchange(app, "GET /").ends_with("two\r\n0\r\n\r\n"));
  database->is_full = true;
  const std::string answer = exchange(app, "GET /");
  EXPECT_EQ(status_of(answer), 507);
  EXPECT_EQ(answer.find("one "), std::string::npos);
}

TEST_F(FinishOver, ASocketHappensBeforeTheFirstByteOfAStream) {
  app.get("/")([this](Tx, StreamWriter& out) -> Task<void> {
    co_await out.write("first");
    while (!database->seen.has("let go")) co_await wait(1ms);
  });
  Asked asked(app);
  ASSERT_TRUE(asked.client.receive_until("first"));
  EXPECT_THAT(database->seen.lines(), ElementsAre("success 200"));
  EXPECT_EQ(database->open, 1) << "the handler may use it on";
  database->seen.add("let go");
  EXPECT_TRUE(eventually([&] { return database->open == 0; }));
}

TEST_F(FinishOver, ASocketIsToldTheStatusOfAFile) {
  testing::TemporaryFolder folder;
  folder.write("file", "0123456789");
  app.get("/")([&](Tx) { return FileResponse(folder.path("file")); });
  EXPECT_EQ(status_of(exchange(app, "GET /", "range: bytes=2-3\r\n")), 206);
  EXPECT_EQ(status_of(exchange(app, "GET /", "range: bytes=20-30\r\n")), 416);
  EXPECT_THAT(database->seen.lines(), ElementsAre("success 206", "success 416"));
}

TEST_F(FinishOver, ASocketIsToldOfADeadlineAndNotCut) {
  app.get("/", {.deadline = 5ms})([](Tx) -> Task<void> { co_await wait(10s); });
  EXPECT_EQ(status_of(exchange(app, "GET /")), 503);
  EXPECT_TRUE(ended());
  EXPECT_THAT(database->seen.lines(), ElementsAre("deadline 503"));
}

TEST_F(FinishOver, ASocketGoesOnWhereADeadlineComesWhileItRuns) {
  app.get("/", {.deadline = 1ms})([](Tx) { return 1; });
  const int status = status_of(exchange(app, "GET /"));
  EXPECT_TRUE(status == 503 || status == 200) << status;  // the deadline applies to the handler and what belongs to it
  EXPECT_TRUE(ended());
  EXPECT_THAT(database->seen.lines(), ElementsAre("success 200"));
}

TEST_F(FinishOver, ASocketIsToldOfAClientThatWent) {
  const auto held = hold_one();
  held->client.reset();
  EXPECT_TRUE(ended());
  EXPECT_THAT(database->seen.lines(), ElementsAre("client_gone 0"));
}

TEST_F(FinishOver, ASocketIsToldOfAServerThatWaitsNoLongerWhichWaitsForIt) {
  const auto held = hold_one();
  held->server.stop(0ms);
  held->server.join();
  EXPECT_EQ(database->open, 0);
  EXPECT_THAT(database->seen.lines(), ElementsAre("stopped 0"));
}

TEST_F(FinishOver, ASocketHappensOnThePoolOfABlockingRoute) {
  std::thread::id handled_by;
  app.post("/", {.status_code = 201, .blocking = true})(
      [&](Depends<plain_transaction, until_answer>) { handled_by = std::this_thread::get_id(); });
  EXPECT_EQ(status_of(testing::post(app, "/", "", "")), 201);
  EXPECT_EQ(database->finished_by, handled_by);
  database->is_full = true;
  EXPECT_EQ(status_of(testing::post(app, "/", "", "")), 507);
  EXPECT_THAT(database->seen.lines(), ElementsAre("success 201", "success 201"));
}

TEST_F(FinishOver, ASocketIsToldOfTheDeadlineOfABlockingRouteWhoseHandlerReturned) {
  std::promise<void> go;
  app.get("/", {.blocking = true, .deadline = 5ms})([&](Depends<plain_transaction, until_answer>) {
    go.get_future().wait();
    return 1;
  });
  Asked asked(app);
  EXPECT_EQ(status_of(asked.client.read_answer()), 503);
  go.set_value();
  EXPECT_TRUE(ended());
  EXPECT_THAT(database->seen.lines(), ElementsAre("deadline 503"));
}

TEST_F(FinishOver, ASocketOnThePoolDoesNotBlockTheLoop) {
  std::promise<void> go;
  database->held = &go;
  app.get("/", {.blocking = true})([](Depends<plain_transaction>) { return 1; });
  app.get("/ping")([] { return "pong"; });
  Asked asked(app);
  EXPECT_EQ(status_of(asked.client.read_answer()), 200);
  asked.client.send(get("/ping"));
  EXPECT_EQ(status_of(asked.client.read_answer()), 200) << "also on the same connection";
  EXPECT_TRUE(database->seen.lines().empty());
  go.set_value();
  EXPECT_TRUE(ended());
  EXPECT_THAT(database->seen.lines(), ElementsAre("success 200"));
}

/// Reads the request in `finish`, while later requests are read from the connection.
struct Audit {
  Database& database;
  const Request& request;
  Task<void> finish() {
    while (!database.seen.has("let go")) co_await wait(1ms);
    database.seen.add(std::string(request.target()) + " " + std::string(request.header("x-name").value_or("")));
  }
};
Audit audit(State<Database> database, Request& request) { return {*database, request}; }

TEST_F(FinishOver, ASocketSeesItsRequestWhileLaterOnesAreRead) {
  app.get("/{name}", {.dependencies = {depends<audit>}})([](Path<std::string, "name"> name) { return *name; });
  Server server(app, test_options());
  server.start();
  RawClient client(server.port());
  for (const std::string name : {"first", "second", "third"}) {
    client.send(get("/" + name, "x-name: " + name + "\r\n"));
    EXPECT_EQ(status_of(client.read_answer()), 200);
  }
  client.send(get("/fourth", "x-name: 4\r\n") + get("/fifth"));
  EXPECT_EQ(status_of(client.read_answer()), 200);
  EXPECT_EQ(status_of(client.read_answer()), 200);
  database->seen.add("let go");
  EXPECT_TRUE(eventually([&] { return database->seen.lines().size() == 6; }));
  EXPECT_THAT(database->seen.lines(), ::testing::UnorderedElementsAre("let go", "/first first", "/second second",
                                                                      "/third third", "/fourth 4", "/fifth "));
}

TEST_F(FinishOver, ASocketCountsAsARequestInFlight) {
  app.get("/", {.dependencies = {depends<audit>}})([] { return 1; });
  ServerOptions options = test_options();
  options.max_requests_in_flight = 1;
  Asked asked(app, options);
  EXPECT_EQ(status_of(asked.client.read_answer()), 200);
  asked.client.send(get("/"));
  EXPECT_EQ(status_of(asked.client.read_answer()), 503);
  database->seen.add("let go");
  EXPECT_TRUE(eventually([&] { return database->seen.has("/ "); }));
}

TEST(BlockingOver, ASocketRunsWorkOnThePoolOfEachApplicationOnOneLoop) {
  App one({.blocking_threads = 1}), two({.blocking_threads = 1});
  for (App* app : {&one, &two}) {
    app->get("/")([](Blocking blocking) -> Task<bool> {
      const auto first = co_await blocking([] { return std::this_thread::get_id(); });
      co_return first == co_await blocking([] { return std::this_thread::get_id(); });
    });
  }
  EXPECT_TRUE(exchange(one, "GET /").ends_with("\r\n\r\ntrue"));
  EXPECT_TRUE(exchange(two, "GET /").ends_with("\r\n\r\ntrue"));
}

}  // namespace serval::dependency_finish_test
