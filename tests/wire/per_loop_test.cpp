// SPDX-License-Identifier: MIT
// How handlers use objects of which each event loop has one: on a server's own loops, on a caller's io_context, in a
// test client.
#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <serval/per_loop.hpp>
#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/stream.hpp>
#include <serval/testing.hpp>

#include "tests/wire/support/embedding_program.hpp"
#include "tests/wire/support/waiting.hpp"

namespace serval::testing::per_loop_test {

using ::testing::ElementsAre;

/// What happened, and on which threads.
struct Log {
  std::mutex mutex;
  std::vector<std::string> steps;
  std::set<std::thread::id> made_on;
  int strangers = 0;  // the number of objects that were destroyed on another thread than they were created on

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

/// An application whose handlers use a resource of their loop.
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
  RawClient first(server.port()), second(server.port());  // each connection goes to its own loop
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

/// An object of the application that other objects use when they are destroyed.
struct Account {
  explicit Account(Log* its_log) : log(its_log) {}
  ~Account() { log->add("account ended"); }
  Account(const Account&) = delete;
  Account& operator=(const Account&) = delete;
  Log* log;
};

TEST(PerLoopOver, EndsWhatStartFunctionsHaveMadeBeforeTheLifespans) {
  Program program;
  program.app.lifespan<Account>(&program.log);
  program.app.on_start([](State<PerLoop<Resource>> resources) -> Task<void> {
    ++resources->get(co_await boost::asio::this_coro::executor).uses;
  });
  { TestClient client(program.app); }
  EXPECT_THAT(program.log.steps, ElementsAre("on_stop", "resource ended", "account ended"));
}

/// Runs until its loop ends. The log stays empty until the resource is destroyed, because `on_stop` is not called for a
/// service that was given up.
Task<void> use_for_ever(const PerLoop<Resource>& resources, Log& log, bool& was_used_after_its_end) {
  co_await boost::asio::this_coro::reset_cancellation_state(boost::asio::disable_cancellation());
  const auto executor = co_await boost::asio::this_coro::executor;
  Resource& here = resources.get(executor);
  for (;;) {
    {
      const std::scoped_lock lock(log.mutex);
      was_used_after_its_end = was_used_after_its_end || !log.steps.empty();
    }
    if (!was_used_after_its_end) ++here.uses;
    co_await at_once();
  }
}

TEST(PerLoopOver, LastsInATestClientAsLongAsAServiceThatIgnoresItsCancellation) {
  Program program;
  bool was_used_after_its_end = false;
  program.app.service("stubborn", [&](State<PerLoop<Resource>> resources) -> Task<void> {
    co_await use_for_ever(*resources, program.log, was_used_after_its_end);
  });
  {
    TestClient client(program.app, {.wait_timeout = std::chrono::milliseconds(1)});
    EXPECT_EQ(client.get("/").status, 200);
  }
  EXPECT_FALSE(was_used_after_its_end);
}

TEST(PerLoopOver, LastsInATestClientAsLongAsAStreamThatOutlivesIt) {
  Program program;
  bool may_go_on = false;
  program.app.get("/stream")([&](State<PerLoop<Resource>> resources, StreamWriter& out) -> Task<void> {
    Resource& here = resources->get(co_await boost::asio::this_coro::executor);
    co_await out.write("a");
    while (!may_go_on) co_await at_once();
    program.log.add("still there");
    ++here.uses;
  });
  {
    std::optional<TestClient> client(std::in_place, program.app);
    TestStream stream = client->stream("/stream");
    EXPECT_EQ(stream.next(), "a");
    client.reset();
    may_go_on = true;
    EXPECT_EQ(stream.next(), std::nullopt);
  }
  EXPECT_THAT(program.log.steps, ElementsAre("on_stop", "still there", "resource ended"));
}

/// An application that is interrupted right after its launch: another server on the same context stops then.
class Interrupted final : public http::Service {
 public:
  explicit Interrupted(const http::Service& inner) : inner_(inner) {}
  mutable std::function<void()> on_launched;

  void prepare() const override { inner_.prepare(); }
  void start(const std::shared_ptr<http::Host>& host) const override { inner_.start(host); }
  void launch(const std::shared_ptr<http::Host>& host) const override {
    inner_.launch(host);
    on_launched();
  }
  void stop(const http::Host& host, std::chrono::steady_clock::time_point deadline) const noexcept override {
    inner_.stop(host, deadline);
  }
  void drain(const http::Host& host) const noexcept override { inner_.drain(host); }
  void end(const http::Host& host) const noexcept override { inner_.end(host); }
  void abandon(const http::Host& host) const noexcept override { inner_.abandon(host); }
  http::Admission admit(http::Exchange& exchange) const noexcept override { return inner_.admit(exchange); }
  http::Pending serve(http::Exchange& exchange) const noexcept override { return inner_.serve(exchange); }
  void refuse(http::Exchange& exchange, int status, std::string_view detail) const noexcept override {
    inner_.refuse(exchange, status, detail);
  }
  http::Pending finish(http::Exchange& exchange, const Finished& how) const noexcept override {
    return inner_.finish(exchange, how);
  }

 private:
  const http::Service& inner_;
};

TEST(PerLoopOver, LastsWhereAnotherServerStopsWhileItsOwnStarts) {
  Program program;
  bool is_made = false;
  program.app.service("user", [&](State<PerLoop<Resource>> resources, Stopping stopping) -> Task<void> {
    ++resources->get(co_await boost::asio::this_coro::executor).uses;
    is_made = true;
    co_await stopping.wait();
    program.log.add("service ended");
  });
  const App other;
  boost::asio::io_context context;
  Server first(other, context, test_options());
  first.start();
  Interrupted service(program.app);
  service.on_launched = [&] {
    while (!is_made) context.run_one();
    first.stop();
    while (!first.join_for(std::chrono::milliseconds(0))) context.run_one();
    context.poll();
  };
  Server second(service, context, test_options());
  second.start();
  EXPECT_THAT(program.log.steps, ElementsAre());
  second.stop();
  context.restart();
  context.run();
  second.join();
  EXPECT_THAT(program.log.steps, ElementsAre("service ended", "resource ended", "on_stop"));
}

TEST(PerLoopOver, LastsWhereAnotherServerCannotStart) {
  Program program;
  const App other;
  boost::asio::io_context context;
  Server first(program.app, context, test_options());
  first.start();
  std::thread client([&] {
    RawClient raw(first.port());
    raw.send(get);
    EXPECT_EQ(body_of(raw.read_answer()), "1");
    ServerOptions options = test_options();
    options.port = first.port();
    Server second(other, context, options);
    EXPECT_THROW(second.start(), std::exception);
    raw.send(get);
    EXPECT_EQ(body_of(raw.read_answer()), "2");
    first.stop();
  });
  context.run();
  client.join();
  EXPECT_THAT(program.log.steps, ElementsAre("resource ended"));
  first.join();
}

}  // namespace serval::testing::per_loop_test
