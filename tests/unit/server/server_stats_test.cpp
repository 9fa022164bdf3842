// SPDX-License-Identifier: MIT
#include <serval/server/server_stats.hpp>

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <atomic>
#include <string>
#include <thread>

#include "tests/wire/support/server_fixture.hpp"
#include "tests/wire/support/waiting.hpp"

namespace serval::server_stats_test {

using namespace std::chrono_literals;
using testing::EchoServer;
using testing::EchoService;
using testing::eventually;
using testing::RawClient;
using testing::status_of;
using testing::test_options;

const std::string get = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n";

TEST(ServerStats, AreEmptyBeforeTheStart) {
  const EchoService service;
  const Server server(service, test_options());
  const ServerStats stats = server.stats();
  EXPECT_EQ(stats.connections, 0U);
  EXPECT_EQ(stats.accepted, 0U);
  EXPECT_EQ(stats.loop_lag, 0ns);
}

TEST(ServerStats, StayAsTheyWereAfterTheStop) {
  EchoServer server;
  RawClient client = server.connect();
  client.send(get);
  const std::string answer = client.read_answer();
  server.server().stop(0ms);
  server.server().join();
  const ServerStats stats = server.server().stats();
  EXPECT_EQ(stats.connections, 0U);
  EXPECT_EQ(stats.requests_in_flight, 0U);
  EXPECT_EQ(stats.accepted, 1U);
  EXPECT_EQ(stats.requests, 1U);
  EXPECT_EQ(stats.bytes_in, get.size());
  EXPECT_EQ(stats.bytes_out, answer.size());
  EXPECT_EQ(stats.loop_lag, 0ns);
}

TEST(ServerStats, TellTheLagOfALoopThatStands) {
  boost::asio::io_context context;
  const EchoService service;
  Server server(service, context, test_options());
  server.start();
  // Nobody runs the context, so the task that the first call posts keeps waiting.
  EXPECT_EQ(server.stats().loop_lag, 0ns);
  ServerStats later;
  EXPECT_TRUE(eventually([&] {
    later = server.stats();
    return later.loop_lag > 1ms;
  }));
  context.poll();
  const auto lag = server.stats().loop_lag;
  EXPECT_GE(lag, later.loop_lag);
  server.stop(0ms);
  context.run();
}

TEST(ServerStats, MayBeAskedForFromAnyThreadAtAnyTime) {
  const EchoService service;
  Server server(service, test_options());
  std::atomic<bool> is_over{false};
  std::thread reader([&] {
    while (!is_over) (void)server.stats();
  });
  server.start();
  RawClient client(server.port());
  client.send(get);
  EXPECT_EQ(status_of(client.read_answer()), 200);
  server.stop();
  server.join();
  is_over = true;
  reader.join();
  EXPECT_EQ(server.stats().requests, 1U);
}

TEST(ServerStats, LeaveACallersContextNothingToDoAfterTheStop) {
  boost::asio::io_context context;
  const EchoService service;
  Server server(service, context, test_options());
  server.start();
  server.stop(0ms);
  context.run();
  (void)server.stats();
  context.restart();
  EXPECT_EQ(context.poll(), 0U);
}

}  // namespace serval::server_stats_test
