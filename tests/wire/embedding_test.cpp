// SPDX-License-Identifier: MIT
// The orders in which a program that embeds a server may destroy what it owns, whatever is in flight then.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <latch>
#include <string>
#include <utility>

#include <serval/compression.hpp>
#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/stream.hpp>
#include <serval/task.hpp>
#include <serval/websocket.hpp>

#include "tests/wire/support/embedding_program.hpp"
#include "tests/wire/support/process.hpp"
#include "tests/wire/support/waiting.hpp"
#include "tests/wire/support/web_socket_client.hpp"

namespace serval::testing::embedding_test {

using namespace std::chrono_literals;

const std::string get_root = "GET / HTTP/1.1\r\nhost: a\r\naccept-encoding: gzip\r\n\r\n";

class EmbeddedServer : public ::testing::TestWithParam<Order> {};

INSTANTIATE_TEST_SUITE_P(InBothOrders, EmbeddedServer, ::testing::Values(Order::context_first, Order::app_first),
                         [](const ::testing::TestParamInfo<Order>& order) {
                           return order.param == Order::context_first ? "ContextFirst" : "AppFirst";
                         });

/// A blocking handler that runs while its server ends. The destructor of the server must wait for it.
struct Worker {
  std::shared_future<void> is_gone;
  std::latch begun{1};
  std::atomic<int> calls{0};
  std::atomic<int> ended{0};

  std::string operator()(std::chrono::milliseconds at_most) {
    if (++calls == 1) begun.count_down();
    EXPECT_EQ(is_gone.wait_for(at_most), std::future_status::timeout);
    ++ended;
    return std::string(300'000, 'x');
  }
};

TEST_P(EmbeddedServer, WaitsForABlockingHandlerAtWorkAndDropsTheNext) {
  EmbeddingProgram program({.blocking_threads = 1});
  program.app().use(Compression());
  Worker worker{program.is_gone()};
  program.app().get("/", {.blocking = true})([&] { return worker(100ms); });
  program.start();
  RawClient first = program.connect(), second = program.connect();
  first.send(get_root);
  worker.begun.wait();
  second.send(get_root);
  program.end(GetParam());
  EXPECT_EQ(worker.calls, 1);
  EXPECT_EQ(worker.ended, 1);
  EXPECT_EQ(first.read_all(), "");
}

Task<int> later() {
  co_await wait(1ms);
  co_return 1;
}

TEST_P(EmbeddedServer, WaitsForABlockingHandlerWithACoroutineDependency) {
  EmbeddingProgram program;
  Worker worker{program.is_gone()};
  program.app().get("/", {.blocking = true})([&](Depends<later>) { return worker(100ms); });
  program.start();
  RawClient client = program.connect();
  client.send(get_root);
  worker.begun.wait();
  program.end(GetParam());
  EXPECT_EQ(worker.ended, 1);
}

/// Records that the objects of a waiting handler have been destroyed.
struct Ending {
  std::atomic<int>& ended;
  ~Ending() { ++ended; }
};

TEST_P(EmbeddedServer, LeavesWaitingHandlersToTheirContext) {
  std::atomic<int> ended{0};
  std::latch begun(3);
  EmbeddingProgram program;
  program.app().use(Compression());
  program.app().get("/")([&](Depends<later>) -> Task<int> {
    const Ending ending{ended};
    begun.count_down();
    co_await wait(1h);
    co_return 1;
  });
  program.app().get("/stream")([&](StreamWriter& stream) -> Task<void> {
    const Ending ending{ended};
    co_await stream.write("part");
    begun.count_down();
    co_await wait(1h);
  });
  program.app().websocket("/socket")([&](WebSocket& socket) -> Task<void> {
    const Ending ending{ended};
    co_await socket.accept();
    begun.count_down();
    (void)co_await socket.receive_text();
  });
  program.start();
  RawClient client = program.connect(), stream = program.connect();
  client.send(get_root);
  stream.send("GET /stream HTTP/1.1\r\nhost: a\r\naccept-encoding: gzip\r\n\r\n");
  const WebSocketClient socket(program.server().port(), "/socket");
  begun.wait();
  program.end(GetParam());
  EXPECT_EQ(ended, 3);
}

TEST_P(EmbeddedServer, MayEndWithIdleConnections) {
  EmbeddingProgram program;
  program.app().get("/")([] { return 1; });
  program.start();
  RawClient client = program.connect();
  client.send(get_root);
  EXPECT_EQ(status_of(client.read_answer()), 200);
  program.end(GetParam());
  EXPECT_EQ(client.read_all(), "");
}

TEST(EmbeddedServerOnARunningContext, WaitsForABlockingHandlerHoweverLongItTakes) {
  EmbeddingProgram program;
  std::promise<void> gone;
  Worker worker{gone.get_future().share()};
  program.app().get("/", {.blocking = true})([&] { return worker(1200ms); });
  program.start();
  RawClient client = program.connect();
  client.send(get_root);
  worker.begun.wait();
  program.end_server();
  gone.set_value();
  EXPECT_EQ(worker.ended, 1);
}

TEST(EmbeddedServerOnAStoppedContext, JoinWaitsForBlockingHandlers) {
  EmbeddingProgram program;
  std::promise<void> joined;
  Worker worker{joined.get_future().share()};
  program.app().get("/", {.blocking = true})([&] { return worker(100ms); });
  program.start();
  RawClient client = program.connect();
  client.send(get_root);
  worker.begun.wait();
  program.stop_context();
  program.server().join();
  joined.set_value();
  EXPECT_EQ(worker.ended, 1);
}

TEST(EmbeddedServerOnSeveralThreads, IsIdleOnceASendHasFoundTheResetThatAnotherThreadHasSeen) {
  EmbeddingProgram program;
  std::latch received(1), was_reset(1), lost(1);
  program.app().get("/")([] { return 1; });
  program.app().websocket("/socket")([&](WebSocket& socket) -> Task<void> {
    co_await socket.accept();
    const std::string text = co_await socket.receive_text();
    received.count_down();
    was_reset.wait();  // keeps the connection's strand busy
    EXPECT_THROW(co_await socket.send_text(text), WebSocketDisconnect);
    lost.count_down();
    co_await wait(1h);
  });
  ServerOptions options = test_options();
  options.threads = 3;
  program.start(3, std::move(options));
  RawClient other = program.connect();
  WebSocketClient client(program.server().port(), "/socket");
  client.send(Frame{.payload = "a"});
  received.wait();
  client.raw().reset();
  other.send(get_root);  // sent after the reset, so its response shows that the server has seen both
  EXPECT_EQ(status_of(other.read_answer()), 200);
  was_reset.count_down();
  lost.wait();
  const auto before = processor_time();
  pollfd ready{other.native_handle(), POLLIN, 0};
  EXPECT_EQ(::poll(&ready, 1, 200), 0);
  EXPECT_LT(processor_time() - before, 20ms);
}

}  // namespace serval::testing::embedding_test
