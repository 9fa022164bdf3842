// SPDX-License-Identifier: MIT
// How connections and servers end, and what they survive: a stop under load, clients that vanish, running out of
// descriptors.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include <serval/base/log.hpp>

#include "tests/wire/support/process.hpp"
#include "tests/wire/support/server_fixture.hpp"
#include "tests/wire/support/waiting.hpp"

namespace serval::testing::net_lifecycle_test {

using std::chrono::milliseconds;

const std::string get = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n";
const std::string hold = "GET /hold HTTP/1.1\r\nHost: x\r\n\r\n";

/// A server with a request for /hold in flight.
struct Holding {
  std::atomic<int> held{0};
  EchoServer server;
  explicit Holding(const EchoServer::SetUp& set_up = {})
      : server([this, set_up](EchoService& service, ServerOptions& options) {
          service.on_held = [this] { ++held; };
          if (set_up) set_up(service, options);
        }) {}
  RawClient hold_one() {
    RawClient client = server.connect();
    const int before = held;
    client.send(hold);
    EXPECT_TRUE(eventually([&] { return held > before; }));
    return client;
  }
};

TEST(Stop, ClosesIdleConnectionsAtOnce) {
  EchoServer server([](EchoService&, ServerOptions& options) { options.stop_grace = milliseconds{0}; });
  RawClient client = server.connect();
  client.send(get);
  (void)client.read_answer();
  server.server().stop(milliseconds{60'000});
  EXPECT_EQ(client.read_all(), "");
  EXPECT_TRUE(client.closed());
  server.server().join();
}

TEST(Stop, AnswersWhatIsInFlightAndCloses) {
  Holding holding([](EchoService&, ServerOptions& options) { options.stop_grace = milliseconds{0}; });
  RawClient idle = holding.server.connect();
  idle.send(get);
  (void)idle.read_answer();
  RawClient client = holding.hold_one();
  holding.server.server().stop(milliseconds{60'000});
  EXPECT_EQ(idle.read_all(), "");  // the server has begun to stop
  holding.server.service().let_go();
  const std::string answer = client.read_all();
  EXPECT_EQ(body_of(answer), "held /hold");
  EXPECT_TRUE(has_line(answer, "connection: close"));
  holding.server.server().join();
}

TEST(Stop, CutsTheRestAtTheDeadline) {
  Holding holding;
  RawClient client = holding.hold_one();
  holding.server.server().stop(milliseconds{20});
  EXPECT_EQ(client.read_all(), "");
  holding.server.server().join();
  EXPECT_EQ(holding.server.service().cancelled, 1);
  EXPECT_EQ(holding.server.service().finished, 1);
}

TEST(Stop, CanBringItsDeadlineForward) {
  Holding holding;
  RawClient client = holding.hold_one();
  holding.server.server().stop(milliseconds{60'000});
  holding.server.server().stop(milliseconds{0});
  EXPECT_EQ(client.read_all(), "");
  holding.server.server().join();
}

TEST(Stop, AcceptsNoMoreConnections) {
  EchoServer server;
  const std::uint16_t port = server.server().port();
  server.server().stop();
  server.server().join();
  EXPECT_THROW(RawClient{port}, std::system_error);
}

TEST(Stop, LosesNoRequestUnderLoad) {
  for (int round = 0; round < 5; ++round) {
    EchoServer server([](EchoService&, ServerOptions& options) { options.threads = 2; });
    std::atomic<int> sent{0};
    std::atomic<int> answered{0};
    std::vector<std::thread> clients;
    for (int i = 0; i < 8; ++i) {
      // Connects before the thread starts: a thread that starts late would find the server gone.
      clients.emplace_back([&, client = server.connect()]() mutable {
        for (bool open = true; open;) {
          if (!client.send(get)) {
            ++sent;  // lost: the server closed without announcing it
            break;
          }
          ++sent;
          const std::string answer = client.read_answer();
          if (status_of(answer) == 200) ++answered;
          open = status_of(answer) == 200 && !has_line(answer, "connection: close");
        }
      });
    }
    EXPECT_TRUE(eventually([&] { return answered > 200; }));
    server.server().stop();
    server.server().join();
    for (auto& client : clients) client.join();
    EXPECT_EQ(sent, answered);
  }
}

TEST(Restart, OnTheSamePortAtOnce) {
  std::uint16_t port = 0;
  for (int i = 0; i < 3; ++i) {
    EchoServer server([&](EchoService&, ServerOptions& options) { options.port = port; });
    port = server.server().port();
    RawClient client = server.connect();
    client.send(get);
    EXPECT_EQ(status_of(client.read_answer()), 200);
  }
}

TEST(HalfClose, StillGetsTheAnswer) {
  EchoServer server;
  RawClient client = server.connect();
  client.send(get);
  client.half_close();
  EXPECT_EQ(body_of(client.read_all()), "GET /echo ");
}

TEST(HalfClose, WhileAHandlerWaitsStillGetsTheAnswer) {
  Holding holding;
  RawClient client = holding.hold_one();
  client.half_close();
  holding.server.service().let_go();
  EXPECT_EQ(body_of(client.read_all()), "held /hold");
}

TEST(HalfClose, InTheMiddleOfARequestEndsTheConnection) {
  EchoServer server;
  RawClient client = server.connect();
  client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhel");
  client.half_close();
  EXPECT_EQ(client.read_all(), "");
  EXPECT_TRUE(client.closed());
  EXPECT_EQ(server.service().served, 0);
}

TEST(Reset, CancelsAWaitingHandler) {
  Holding holding;
  holding.hold_one().reset();
  EXPECT_TRUE(eventually([&] { return holding.server.service().cancelled == 1; }));
  EXPECT_TRUE(eventually([&] { return holding.server.service().finished == 1; }));
}

TEST(Reset, InARequestOrAnAnswerHarmsNobodyElse) {
  EchoServer server;
  for (const std::string& request :
       {std::string("GET / HT"), std::string("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhel"),
        std::string("GET /large HTTP/1.1\r\nHost: x\r\n\r\n"), get + get}) {
    RawClient client = server.connect();
    client.send(request);
    client.reset();
  }
  RawClient other = server.connect();
  other.send(get);
  EXPECT_EQ(status_of(other.read_answer()), 200);
}

TEST(ManyConnections, AreSpreadAndServed) {
  EchoServer server([](EchoService&, ServerOptions& options) { options.threads = 3; });
  std::vector<RawClient> clients;
  for (int i = 0; i < 100; ++i) clients.push_back(server.connect());
  for (auto& client : clients) client.send(get);
  for (auto& client : clients) EXPECT_EQ(status_of(client.read_answer()), 200);
}

TEST(UrgentData, NeitherCancelsAWaitingHandlerNorKeepsItsLoopBusy) {
  Holding holding;
  RawClient client = holding.hold_one();
  ASSERT_EQ(::send(client.native_handle(), "!", 1, MSG_OOB), 1);
  RawClient other = holding.server.connect();
  other.send(get);  // one loop serves both connections, so the response shows that it has seen the urgent data
  EXPECT_EQ(status_of(other.read_answer()), 200);
  const auto before = processor_time();
  pollfd ready{client.native_handle(), POLLIN, 0};
  EXPECT_EQ(::poll(&ready, 1, 100), 0);
  EXPECT_LT(processor_time() - before, milliseconds{50});
  holding.server.service().let_go();
  EXPECT_EQ(body_of(client.read_answer()), "held /hold");
  EXPECT_EQ(holding.server.service().cancelled, 0);
}

TEST(UrgentData, LeavesTheConnectionWatched) {
  Holding holding;
  RawClient client = holding.hold_one();
  ASSERT_EQ(::send(client.native_handle(), "!", 1, MSG_OOB), 1);
  RawClient other = holding.server.connect();
  other.send(get);
  EXPECT_EQ(status_of(other.read_answer()), 200);
  client.reset();
  EXPECT_TRUE(eventually([&] { return holding.server.service().cancelled == 1; }));
}

/// Returns this process's end of a connection that was accepted at `port`; -1 if there is none.
int accepted_at(std::uint16_t port) {
  for (int socket = 0; socket < 1024; ++socket) {
    sockaddr_in own{}, peer{};
    socklen_t own_size = sizeof own, peer_size = sizeof peer;
    if (::getsockname(socket, reinterpret_cast<sockaddr*>(&own), &own_size) == 0 && own.sin_family == AF_INET &&
        own.sin_port == htons(port) && ::getpeername(socket, reinterpret_cast<sockaddr*>(&peer), &peer_size) == 0) {
      return socket;
    }
  }
  return -1;
}

TEST(Connection, IsProbedByTheKernelSoThatAPeerThatIsGoneIsFoundOut) {
  const EchoServer server;
  RawClient client = server.connect();
  client.send(get);
  ASSERT_EQ(status_of(client.read_answer()), 200);
  const int socket = accepted_at(server.port());
  ASSERT_GE(socket, 0);
  const auto option = [socket](int level, int name) {
    int value = 0;
    socklen_t size = sizeof value;
    EXPECT_EQ(::getsockopt(socket, level, name, &value, &size), 0);
    return value;
  };
  EXPECT_EQ(option(SOL_SOCKET, SO_KEEPALIVE), 1);
  EXPECT_EQ(option(IPPROTO_TCP, TCP_KEEPIDLE), 30);
  EXPECT_EQ(option(IPPROTO_TCP, TCP_KEEPINTVL), 15);
}

TEST(ConnectionLimit, PausesAcceptUntilOneEnds) {
  EchoServer server([](EchoService&, ServerOptions& options) { options.max_connections = 2; });
  std::vector<RawClient> clients;
  for (int i = 0; i < 2; ++i) {
    clients.push_back(server.connect());
    clients.back().send(get);
    EXPECT_EQ(status_of(clients.back().read_answer()), 200);
  }
  RawClient third = server.connect();
  third.send(get);
  pollfd ready{third.native_handle(), POLLIN, 0};
  EXPECT_EQ(::poll(&ready, 1, 50), 0);
  clients.pop_back();
  EXPECT_EQ(status_of(third.read_answer()), 200);
}

// When UBSan first sees an object's type, it inspects it through a pipe, and reports a type that it cannot inspect as a
// fault. It must therefore have seen all types before descriptors run out, including those that the end of a server
// uses.
bool rehearse() {
  EchoServer server([](EchoService&, ServerOptions& options) { options.logger = make_logger("off"); });
  RawClient client = server.connect();
  client.send(get);
  const bool answered = status_of(client.read_answer()) == 200;
  server.server().stop();
  server.server().join();
  return answered;
}

// Runs in its own process because it takes every descriptor.
int survive_descriptor_exhaustion() {
  if (!rehearse()) return 6;
  EchoServer server([](EchoService&, ServerOptions& options) { options.logger = make_logger("off"); });
  std::vector<RawClient> waiting;
  for (int i = 0; i < 4; ++i) waiting.push_back(server.connect());
  waiting.front().send(get);
  if (status_of(waiting.front().read_answer()) != 200) return 1;
  // Takes all descriptors but one. The socket of a later client takes this one, and none is left for the server.
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = 64;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  std::vector<int> taken;
  for (int fd = ::dup(0); fd >= 0; fd = ::dup(0)) taken.push_back(fd);
  ::close(taken.back());
  taken.pop_back();
  RawClient late = server.connect();  // takes the last descriptor, so the server can accept it only later
  late.send(get);
  pollfd ready{late.native_handle(), POLLIN, 0};
  if (::poll(&ready, 1, 100) != 0) return 2;
  const auto before = processor_time();
  (void)::poll(nullptr, 0, 200);
  if (processor_time() - before > milliseconds{100}) return 3;  // the server spins
  waiting.front().send(get);
  if (status_of(waiting.front().read_answer()) != 200) return 4;
  for (const int fd : taken) ::close(fd);
  return status_of(late.read_answer()) == 200 ? 0 : 5;
}

TEST(FileDescriptors, RunningOutPausesAcceptAndKillsNothing) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(survive_descriptor_exhaustion());
  int status = -1;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace serval::testing::net_lifecycle_test
