// SPDX-License-Identifier: MIT
#include <serval/server/server.hpp>

#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>
#include <pthread.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <serval/base/error.hpp>
#include <serval/base/log.hpp>

#include "tests/wire/support/server_fixture.hpp"

namespace serval::server_test {

using std::chrono::milliseconds;
using testing::EchoServer;
using testing::EchoService;
using testing::RawClient;
using testing::status_of;
using testing::test_options;

const std::string get = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n";

int status_from(std::uint16_t port, const std::string& request = get) {
  RawClient client(port);
  client.send(request);
  return status_of(client.read_answer());
}

/// An io_context run by some threads until it goes.
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

/// Its start fails, by its own doing, after something has stopped the server meanwhile.
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
/// Threads get stacks larger than any address space while it lives.
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
  client.send(get);
  EXPECT_EQ(status_of(client.read_answer()), 200);
  EXPECT_EQ(status_from(second.server().port()), 200);
}

TEST(Server, ListensOnIpv6) {
  const EchoService service;
  ServerOptions options = test_options();
  options.host = "::";  // both families
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
        client.send(n % 2 == 0 ? get : "GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
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
  runner.join();  // run() returns, as nothing of the server is left
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
  context.run_for(milliseconds{5'000});  // less than the deadlines that were armed for the connection
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
  // What was left runs on, without the server.
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

struct Log {
  std::ostringstream text;
  std::shared_ptr<spdlog::logger> logger =
      std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(text));
};

TEST(ServerLog, HasALinePerRequestWhereSwitchedOn) {
  Log log;
  {
    EchoServer server([&](EchoService&, ServerOptions& options) {
      options.logger = log.logger;
      options.access_log = true;
    });
    (void)server.exchange("GET /a?b HTTP/1.0\r\n\r\n");
  }
  EXPECT_NE(log.text.str().find("127.0.0.1:"), std::string::npos) << log.text.str();
  EXPECT_NE(log.text.str().find(" - \"GET /a?b HTTP/1.0\" 200 "), std::string::npos) << log.text.str();
}

TEST(ServerLog, IsSilentByDefault) {
  Log log;
  {
    EchoServer server([&](EchoService&, ServerOptions& options) { options.logger = log.logger; });
    EXPECT_EQ(status_from(server.server().port()), 200);
  }
  EXPECT_EQ(log.text.str(), "");
}

struct SlowService : EchoService {
  http::Pending serve(http::Exchange& exchange) const noexcept override {
    const auto until = std::chrono::steady_clock::now() + milliseconds{5};
    while (std::chrono::steady_clock::now() < until) {
    }
    exchange.request.set_route("/slow/{id}");
    return {};
  }
};

TEST(ServerLog, NamesTheRouteThatHeldALoop) {
  Log log;
  const SlowService service;
  {
    ServerOptions options = test_options();
    options.logger = log.logger;
    options.stall_threshold = milliseconds{1};
    Server server(service, options);
    server.start();
    EXPECT_EQ(status_from(server.port()), 200);
  }
  EXPECT_NE(log.text.str().find("GET /slow/{id} held its event loop for "), std::string::npos) << log.text.str();
}

}  // namespace serval::server_test
