// SPDX-License-Identifier: MIT
// A server on the io_context of its program: whose threads run it, and which of the two may be destroyed first.
#include <serval/server/server.hpp>

#include <gtest/gtest.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "tests/unit/support/status_from.hpp"
#include "tests/wire/support/server_fixture.hpp"

namespace serval::server_on_context_test {

using std::chrono::milliseconds;
using testing::EchoService;
using testing::get_echo;
using testing::RawClient;
using testing::status_from;
using testing::status_of;
using testing::test_options;

/// An io_context that `count` threads run until it is destroyed.
struct Context {
  boost::asio::io_context context;
  std::optional<boost::asio::executor_work_guard<boost::asio::io_context::executor_type>> work{context.get_executor()};
  std::vector<std::thread> threads;
  explicit Context(int count) {
    for (int i = 0; i < count; ++i) threads.emplace_back([this] { context.run(); });
  }
  ~Context() {
    work.reset();
    for (auto& thread : threads) thread.join();
  }
};

TEST(ServerOnContext, ServesOnTheCallersThreads) {
  Context context(3);
  const EchoService service;
  ServerOptions options = test_options();
  options.threads = 4;
  Server server(service, context.context, options);
  server.start();
  std::vector<std::thread> clients;
  for (int i = 0; i < 4; ++i) {
    clients.emplace_back([&] {
      RawClient client(server.port());
      for (int n = 0; n < 100; ++n) {
        client.send(n % 2 == 0 ? get_echo : "GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
        EXPECT_EQ(status_of(client.read_answer()), 200);
      }
    });
  }
  for (auto& client : clients) client.join();
  server.stop();
  server.join();
}

TEST(ServerOnContext, LeavesTheContextWithoutWorkOnceStopped) {
  boost::asio::io_context context;
  const EchoService service;
  Server server(service, context, test_options());
  server.start();
  std::thread runner([&] { context.run(); });
  EXPECT_EQ(status_from(server.port()), 200);
  server.stop();
  runner.join();  // run() returns because the server leaves no work behind
  EXPECT_TRUE(server.join_for(milliseconds{0}));
}

TEST(ServerOnContext, LeavesNoTimerBehindWhereNoConnectionIsLeftToDrain) {
  boost::asio::io_context context;
  const EchoService service;
  Server server(service, context, test_options());
  server.start();
  std::atomic<bool> is_answered{false};
  std::thread client([&] {
    EXPECT_EQ(status_from(server.port(), "GET /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), 200);
    is_answered = true;
  });
  while (!is_answered) context.poll();
  client.join();
  context.poll();
  server.stop();
  context.run_for(milliseconds{5'000});  // less than the deadlines that were set for the connection
  EXPECT_TRUE(context.stopped());
}

TEST(ServerOnContext, CancelsWhatIsInFlightWhenDestroyedWhileTheContextRuns) {
  Context context(2);
  EchoService service;
  std::atomic<bool> held{false};
  service.on_held = [&] { held = true; };
  auto server = std::make_unique<Server>(service, context.context, test_options());
  server->start();
  RawClient client(server->port());
  client.send("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
  while (!held) std::this_thread::yield();
  server.reset();
  EXPECT_EQ(service.cancelled, 1);
  EXPECT_EQ(service.finished, 1);
  EXPECT_EQ(client.read_all(), "");
}

TEST(ServerOnContext, MayGoWithAContextThatNeverRan) {
  boost::asio::io_context context;
  context.stop();
  const EchoService service;
  Server server(service, context, test_options());
  server.start();
}

TEST(ServerOnContext, MayGoWithAContextThatHasStoppedAmidARequest) {
  EchoService service;
  boost::asio::io_context context;
  service.on_held = [&] { context.stop(); };
  {
    Server server(service, context, test_options());
    server.start();
    RawClient client(server.port());
    client.send("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
    context.run();
  }
  // The operations that are left run without the server.
  context.restart();
  service.let_go();
  context.run();
  EXPECT_EQ(service.finished, 0);
}

TEST(ServerOnContext, MayGoBeforeAContextThatIsDestroyedWithARequestInFlight) {
  EchoService service;
  {
    boost::asio::io_context context;
    service.on_held = [&] { context.stop(); };
    Server server(service, context, test_options());
    server.start();
    RawClient client(server.port());
    client.send("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
    context.run();
  }
  EXPECT_EQ(service.finished, 0);
}

}  // namespace serval::server_on_context_test
