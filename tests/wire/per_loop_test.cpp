// SPDX-License-Identifier: MIT
// Objects for each event loop as handlers use them: on a server's own loops, on a caller's io_context, in a test
// client.
#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <serval/per_loop.hpp>
#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/testing.hpp>

#include "tests/wire/support/embedding_program.hpp"
#include "tests/wire/support/waiting.hpp"

namespace serval::testing::per_loop_test {

using ::testing::ElementsAre;

/// What happened, on which thread.
struct Log {
  std::mutex mutex;
  std::vector<std::string> steps;
  std::set<std::thread::id> made_on;
  int strangers = 0;  // objects that ended on another thread than they were made on

  void add(std::string step) {
    const std::scoped_lock lock(mutex);
    steps.push_back(std::move(step));
  }
};

struct Resource {
  explicit Resource(Log& its_log) : log(&its_log) {
    const std::scoped_lock lock(log->mutex);
    log->made_on.insert(owner);
  }
  Resource(const Resource&) = delete;
  Resource& operator=(const Resource&) = delete;
  ~Resource() {
    log->add("resource ended");
    const std::scoped_lock lock(log->mutex);
    if (owner != std::this_thread::get_id()) ++log->strangers;
  }
  Log* log;
  std::thread::id owner = std::this_thread::get_id();
  std::atomic<int> uses{0};
};

/// An application whose handlers use a resource of their loop's.
struct Program {
  Log log;
  App app;
  Program() { set_up(app, log); }
  static void set_up(App& app, Log& log) {
    app.provide(PerLoop<Resource>([&log](const boost::asio::any_io_executor&) { return Resource(log); }));
    app.get("/")([](State<PerLoop<Resource>> resources) -> Task<int> {
      Resource& here = resources->get(co_await boost::asio::this_coro::executor);
      co_return ++here.uses;
    });
    app.on_stop([&log] { log.add("on_stop"); });
  }
};

const std::string get = "GET / HTTP/1.1\r\nhost: a\r\n\r\n";

TEST(PerLoopOver, HasAnObjectForEachLoopOfAServerAndEndsItThere) {
  Program program;
  ServerOptions options = test_options();
  options.threads = 2;
  Server server(program.app, options);
  server.start();
  RawClient first(server.port()), second(server.port());  // each goes to a loop of its own
  for (RawClient* client : {&first, &second}) {
    for (const char* uses : {"1", "2"}) {
      client->send(get);
      EXPECT_EQ(body_of(client->read_answer()), uses);
    }
  }
  server.stop();
  server.join();
  EXPECT_EQ(program.log.made_on.size(), 2U);
  EXPECT_EQ(program.log.strangers, 0);
  EXPECT_THAT(program.log.steps, ElementsAre("resource ended", "resource ended", "on_stop"));
}

TEST(PerLoopOver, IsThereForServicesUntilTheyHaveEnded) {
  Program program;
  program.app.service("user", [](State<PerLoop<Resource>> resources, Stopping stopping) -> Task<void> {
    Resource& here = resources->get(co_await boost::asio::this_coro::executor);
    co_await stopping.wait();
    co_await at_once();
    here.log->add("service ended");
  });
  Server server(program.app, test_options());
  server.start();
  RawClient client(server.port());
  client.send(get);
  EXPECT_EQ(body_of(client.read_answer()), "1");
  server.stop();
  server.join();
  EXPECT_THAT(program.log.steps, ElementsAre("service ended", "resource ended", "on_stop"));
}

TEST(PerLoopOver, HasOneObjectOnACallersContextThatSeveralThreadsRun) {
  Log log;
  EmbeddingProgram program;
  Program::set_up(program.app(), log);
  ServerOptions options = test_options();
  options.threads = 3;
  program.start(3, options);
  std::vector<RawClient> clients;
  for (int i = 0; i < 3; ++i) clients.push_back(program.connect());
  for (int i = 0; i < 3; ++i) {
    clients[static_cast<std::size_t>(i)].send(get);
    EXPECT_EQ(body_of(clients[static_cast<std::size_t>(i)].read_answer()), std::to_string(i + 1));
  }
  program.server().stop();
  program.server().join();
  EXPECT_THAT(log.steps, ElementsAre("resource ended", "on_stop"));
}

TEST(PerLoopOver, EndsAsACallersContextRunsOut) {
  Program program;
  boost::asio::io_context context;
  Server server(program.app, context, test_options());
  server.start();
  std::thread client([&] {
    RawClient raw(server.port());
    raw.send(get);
    EXPECT_EQ(body_of(raw.read_answer()), "1");
    server.stop();
  });
  context.run();
  client.join();
  EXPECT_THAT(program.log.steps, ElementsAre("resource ended"));
  EXPECT_EQ(program.log.strangers, 0);
  server.join();
}

TEST(PerLoopOver, LastsAsLongAsAnyOfTwoServersOnOneContext) {
  Log log;
  App app, other;
  Program::set_up(app, log);
  boost::asio::io_context context;
  Server first(app, context, test_options()), second(other, context, test_options());
  first.start();
  second.start();
  std::thread client([&] {
    RawClient raw(first.port());
    raw.send(get);
    EXPECT_EQ(body_of(raw.read_answer()), "1");
    first.stop();
    first.join();
    log.add("first ended");
    second.stop();
  });
  context.run();
  client.join();
  EXPECT_THAT(log.steps, ElementsAre("on_stop", "first ended", "resource ended"));
}

TEST(PerLoopOver, EndsWithAContextThatStopped) {
  Log log;
  {
    EmbeddingProgram program;
    Program::set_up(program.app(), log);
    program.start();
    RawClient client = program.connect();
    client.send(get);
    EXPECT_EQ(body_of(client.read_answer()), "1");
    program.end(Order::context_first);
  }
  EXPECT_EQ(log.steps.size(), 2U);
}

TEST(PerLoopOver, HasOneObjectInATestClient) {
  Program program;
  {
    TestClient client(program.app);
    EXPECT_EQ(client.get("/").body, "1");
    EXPECT_EQ(client.get("/").body, "2");
  }
  EXPECT_THAT(program.log.steps, ElementsAre("resource ended", "on_stop"));
}

TEST(PerLoopOver, HasAnObjectOfTheirOwnForStartFunctions) {
  Program program;
  program.app.on_start([](State<PerLoop<Resource>> resources) -> Task<void> {
    ++resources->get(co_await boost::asio::this_coro::executor).uses;
  });
  {
    TestClient client(program.app);
    EXPECT_EQ(client.get("/").body, "1");
  }
  EXPECT_THAT(program.log.steps, ElementsAre("resource ended", "on_stop", "resource ended"));
}

/// Of a lifespan, and what refers to it.
struct Parent {
  explicit Parent(Log* its_log) : log(its_log) {}
  Parent(const Parent&) = delete;
  Parent& operator=(const Parent&) = delete;
  ~Parent() { log->add("lifespan ended"); }
  Log* log;
};

TEST(PerLoopOver, EndsObjectsOfStartFunctionsBeforeLifespans) {
  Program program;
  program.app.lifespan<Parent>(&program.log);
  program.app.on_start([](State<PerLoop<Resource>> resources) -> Task<void> {
    ++resources->get(co_await boost::asio::this_coro::executor).uses;
  });
  { const TestClient client(program.app); }
  EXPECT_THAT(program.log.steps, ElementsAre("on_stop", "resource ended", "lifespan ended"));
}

}  // namespace serval::testing::per_loop_test
