// SPDX-License-Identifier: MIT
#include <serval/server/server.hpp>

#include <gtest/gtest.h>
#include <pthread.h>

#include <boost/asio/post.hpp>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>

#include <serval/base/error.hpp>
#include <serval/base/log.hpp>

#include "tests/unit/support/status_from.hpp"
#include "tests/wire/support/server_fixture.hpp"

namespace serval::server_test {

using std::chrono::milliseconds;
using testing::EchoServer;
using testing::EchoService;
using testing::get_echo;
using testing::RawClient;
using testing::status_from;
using testing::status_of;
using testing::test_options;

TEST(Server, TellsThePortThatTheSystemChose) {
  const EchoService service;
  Server server(service, test_options());
  EXPECT_EQ(server.port(), 0);
  server.start();
  EXPECT_NE(server.port(), 0);
  EXPECT_EQ(status_from(server.port()), 200);
}

TEST(Server, NamesTheAddressThatCannotBeBound) {
  EchoServer first;
  ServerOptions options = test_options();
  options.port = first.server().port();
  const EchoService service;
  Server second(service, options);
  try {
    second.start();
    FAIL() << "bound twice";
  } catch (const std::system_error& fault) {
    EXPECT_EQ(fault.code(), std::errc::address_in_use);
    EXPECT_NE(std::string(fault.what()).find("127.0.0.1:" + std::to_string(options.port)), std::string::npos);
  }
}

TEST(Server, CanStartAgainAfterABindThatFailed) {
  const EchoService service;
  ServerOptions options = test_options();
  auto first = std::make_unique<EchoServer>();
  options.port = first->server().port();
  Server server(service, options);
  EXPECT_THROW(server.start(), std::system_error);
  first.reset();
  server.start();
  EXPECT_EQ(status_from(server.port()), 200);
}

TEST(Server, RefusesAStopDelayThatLeavesNoTimeForRequests) {
  const EchoService service;
  ServerOptions options = test_options();
  options.stop_delay = options.stop_deadline;
  EXPECT_THROW(Server(service, options), SetupError);
  options.stop_deadline = milliseconds{0};
  EXPECT_THROW(Server(service, options), SetupError);
  options.stop_delay = milliseconds{0};
  EXPECT_NO_THROW(Server(service, options));
}

/// Runs `at_start` in its first start. The test's `at_start` stops the server, then fails.
struct StoppedAndFailed : EchoService {
  mutable std::function<void()> at_start;
  mutable std::shared_ptr<http::Host> host;
  void start(const std::shared_ptr<http::Host>& by) const override {
    host = by;
    if (at_start) std::exchange(at_start, nullptr)();
  }
};

TEST(Server, ForgetsTheStopOfAStartThatFailed) {
  StoppedAndFailed service;
  Server server(service, test_options());
  service.at_start = [&] {
    server.stop();
    throw std::runtime_error("no");
  };
  EXPECT_THROW(server.start(), std::runtime_error);
  server.start();
  EXPECT_FALSE(service.host->is_leaving());
  EXPECT_FALSE(service.host->stopping().is_requested());
  EXPECT_EQ(status_from(server.port()), 200);
}

#ifdef __GLIBC__
/// While it exists, new threads request stacks larger than any address space, so creating them fails.
class NoThreads {
 public:
  NoThreads() {
    ::pthread_getattr_default_np(&before_);
    pthread_attr_t huge;
    ::pthread_attr_init(&huge);
    ::pthread_attr_setstacksize(&huge, std::size_t{1} << 52U);
    ::pthread_setattr_default_np(&huge);
    ::pthread_attr_destroy(&huge);
  }
  ~NoThreads() {
    ::pthread_setattr_default_np(&before_);
    ::pthread_attr_destroy(&before_);
  }
  NoThreads(const NoThreads&) = delete;
  NoThreads& operator=(const NoThreads&) = delete;

 private:
  pthread_attr_t before_;
};

TEST(Server, CanStartAgainWhereItGotNoThreads) {
  const EchoService service;
  ServerOptions options = test_options();
  options.threads = 2;
  Server server(service, options);
  {
    const NoThreads none;
    EXPECT_THROW(server.start(), std::system_error);
  }
  EXPECT_TRUE(server.join_for(milliseconds{0}));
  server.start();
  EXPECT_EQ(status_from(server.port()), 200);
}
#endif

TEST(Server, StartsOnce) {
  EchoServer server;
  EXPECT_THROW(server.server().start(), std::logic_error);
}

TEST(Server, MayBeDestroyedWithoutHavingStarted) {
  const EchoService service;
  const Server server(service, test_options());
}

TEST(Server, MayBeStoppedBeforeItStartsAndManyTimes) {
  const EchoService service;
  Server server(service, test_options());
  server.stop();
  server.start();
  server.stop(milliseconds{0});
  server.stop();
  server.join();
  server.join();
}

TEST(Server, SharesAProcessWithOthers) {
  const EchoServer first;
  EchoServer second;
  EXPECT_NE(EchoServer().server().port(), 0);
  RawClient client = first.connect();
  client.send(get_echo);
  EXPECT_EQ(status_of(client.read_answer()), 200);
  EXPECT_EQ(status_from(second.server().port()), 200);
}

TEST(Server, ListensOnIpv6) {
  const EchoService service;
  ServerOptions options = test_options();
  options.host = "::";  // accepts both address families
  Server server(service, options);
  server.start();
  EXPECT_EQ(status_from(server.port()), 200);
}

TEST(Server, ResolvesAName) {
  const EchoService service;
  ServerOptions options = test_options();
  options.host = "localhost";
  Server server(service, options);
  server.start();
  EXPECT_NE(server.port(), 0);
}

struct StoppingService : EchoService {
  Server* server = nullptr;
  mutable std::atomic<bool> join_refused{false};
  http::Pending serve(http::Exchange& exchange) const noexcept override {
    server->stop(milliseconds{1'000});
    try {
      server->join();
    } catch (const std::system_error&) {
      join_refused = true;
    }
    return EchoService::serve(exchange);
  }
};

TEST(Server, CanBeStoppedByAHandlerWhichCannotJoinIt) {
  StoppingService service;
  Server server(service, test_options());
  service.server = &server;
  server.start();
  EXPECT_EQ(status_from(server.port()), 200);
  server.join();
  EXPECT_TRUE(service.join_refused);
}

TEST(Server, JoinForTellsWhetherItHasStopped) {
  EchoServer server;
  EXPECT_FALSE(server.server().join_for(milliseconds{1}));
  server.server().stop();
  EXPECT_TRUE(server.server().join_for(milliseconds{10'000}));
}

struct ThrowingService : EchoService {
  http::Pending serve(http::Exchange& exchange) const noexcept override {
    return http::Pending(post_a_throw(exchange));
  }
  static Task<void> post_a_throw(http::Exchange&) {
    boost::asio::post(co_await boost::asio::this_coro::executor, [] { throw std::runtime_error("of the program"); });
    boost::asio::post(co_await boost::asio::this_coro::executor, [] { throw 42; });
  }
};

TEST(Server, OutlivesWhatThrowsOnItsLoops) {
  const ThrowingService service;
  ServerOptions options = test_options();
  options.logger = make_logger("off");
  Server server(service, options);
  server.start();
  EXPECT_EQ(status_from(server.port()), 200);
  EXPECT_EQ(status_from(server.port()), 200);
}

}  // namespace serval::server_test
