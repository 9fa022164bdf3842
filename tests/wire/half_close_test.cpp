// SPDX-License-Identifier: MIT
// A client that closes its sending side while its handler waits. A server option decides what this means.
// net_lifecycle_test.cpp tests the default, under which such a client still gets its response.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>

#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/stream.hpp>
#include <serval/task.hpp>
#include <serval/websocket.hpp>

#include "tests/wire/support/process.hpp"
#include "tests/wire/support/server_fixture.hpp"
#include "tests/wire/support/waiting.hpp"
#include "tests/wire/support/web_socket_service.hpp"

namespace serval::testing::half_close_test {

using namespace std::chrono_literals;

const std::string get = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n";
const std::string hold = "GET /hold HTTP/1.1\r\nHost: x\r\n\r\n";

/// A server that treats such clients as gone.
struct Strict {
  std::atomic<int> held{0};
  EchoServer server;
  Strict()
      : server([this](EchoService& service, ServerOptions& options) {
          service.on_held = [this] { ++held; };
          options.cancel_on_half_close = true;
        }) {}
  RawClient hold_one(const std::string& request = hold) {
    RawClient client = server.connect();
    const int before = held;
    client.send(request);
    EXPECT_TRUE(eventually([&] { return held > before; }));
    return client;
  }
  [[nodiscard]] bool is_cancelled() {
    return eventually([&] { return server.service().cancelled == 1 && server.service().finished == 1; });
  }
};

TEST(CancelOnHalfClose, CancelsAWaitingHandler) {
  Strict strict;
  RawClient client = strict.hold_one();
  client.half_close();
  EXPECT_TRUE(strict.is_cancelled());
  EXPECT_EQ(client.read_all(), "");
}

TEST(CancelOnHalfClose, CancelsAHandlerWhoseClientHadClosedBeforeItBegan) {
  Strict strict;
  RawClient client = strict.server.connect();
  client.send(hold);
  client.half_close();
  EXPECT_TRUE(strict.is_cancelled());
}

TEST(CancelOnHalfClose, AnswersWhatNeedsNoWait) {
  Strict strict;
  RawClient client = strict.server.connect();
  client.send(get);
  client.half_close();
  EXPECT_EQ(body_of(client.read_all()), "GET /echo ");
}

TEST(CancelOnHalfClose, LeavesAHandlerAloneWhoseClientStays) {
  Strict strict;
  RawClient client = strict.hold_one();
  strict.server.service().let_go();
  EXPECT_EQ(body_of(client.read_answer()), "held /hold");
  client.send(get);
  EXPECT_EQ(body_of(client.read_answer()), "GET /echo ");
}

TEST(CancelOnHalfClose, AnswersRequestsThatWereSentAheadMeanwhile) {
  Strict strict;
  RawClient client = strict.hold_one();
  client.send(get);
  // one loop serves both connections, so the response shows that it has seen `get`
  RawClient other = strict.server.connect();
  other.send(get);
  EXPECT_EQ(body_of(other.read_answer()), "GET /echo ");
  client.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhe");
  strict.server.service().let_go();
  EXPECT_EQ(body_of(client.read_answer()), "held /hold");
  EXPECT_EQ(body_of(client.read_answer()), "GET /echo ");
  client.send("llo");
  EXPECT_EQ(body_of(client.read_answer()), "POST /a hello");
}

TEST(CancelOnHalfClose, SeesTheEndBehindRequestsThatWereSentAhead) {
  Strict strict;
  RawClient client = strict.hold_one();
  client.send(get + get);
  client.half_close();
  EXPECT_TRUE(strict.is_cancelled());
}

TEST(CancelOnHalfClose, DoesNotSpinWhereMoreIsSentAheadThanItTakes) {
  Strict strict;
  RawClient client = strict.hold_one();
  std::string ahead;
  while (ahead.size() < 100'000) ahead += get;
  client.send(ahead);
  RawClient other = strict.server.connect();
  other.send(get);
  EXPECT_EQ(body_of(other.read_answer()), "GET /echo ");
  const auto before = processor_time();
  pollfd ready{client.native_handle(), POLLIN, 0};
  EXPECT_EQ(::poll(&ready, 1, 100), 0);
  EXPECT_LT(processor_time() - before, 50ms);
  strict.server.service().let_go();
  EXPECT_EQ(body_of(client.read_answer()), "held /hold");
  for (std::size_t i = 0; i < ahead.size() / get.size(); ++i) {
    ASSERT_EQ(body_of(client.read_answer()), "GET /echo ");
  }
}

/// Serves an application with the option.
struct StrictApp {
  App app;
  std::atomic<int> cancelled{0};
  std::unique_ptr<Server> server;
  RawClient send(const std::string& request) {
    ServerOptions options = test_options();
    options.cancel_on_half_close = true;
    server = std::make_unique<Server>(app, options);
    server->start();
    RawClient client(server->port());
    client.send(request);
    return client;
  }
  [[nodiscard]] bool is_cancelled() const {
    return eventually([&] { return cancelled == 1; });
  }
  ~StrictApp() { server.reset(); }
};

TEST(CancelOnHalfClose, EndsAnEventStream) {
  StrictApp strict;
  strict.app.get("/")([&](EventSender<int>& events, Stopping stopping) -> Task<void> {
    co_await events.send(1);
    try {
      co_await stopping.wait();
    } catch (...) {
      ++strict.cancelled;
      throw;
    }
  });
  RawClient client = strict.send("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
  EXPECT_TRUE(client.receive_until("data: 1"));
  client.half_close();
  EXPECT_TRUE(strict.is_cancelled());
}

TEST(CancelOnHalfClose, ReachesAHandlerThatHasReadItsBody) {
  StrictApp strict;
  std::atomic<bool> has_read{false};
  strict.app.post("/")([&](BodyStream& body, Stopping stopping) -> Task<int> {
    while (co_await body.next()) {
    }
    has_read = true;
    try {
      co_await stopping.wait();
    } catch (...) {
      ++strict.cancelled;
      throw;
    }
    co_return 1;
  });
  RawClient client = strict.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\n\r\nhe");
  client.send("llo");
  EXPECT_TRUE(eventually([&] { return has_read.load(); }));
  client.half_close();
  EXPECT_TRUE(strict.is_cancelled());
}

TEST(CancelOnHalfClose, LosesNoFrameThatAWebSocketSendsBeforeItsHandlerAccepts) {
  StrictApp strict;
  std::atomic<bool> has_begun{false}, may_accept{false};
  strict.app.get("/other")([] { return 1; });
  strict.app.websocket("/")([&](WebSocket& socket) -> Task<void> {
    has_begun = true;
    while (!may_accept) co_await at_once();
    co_await socket.accept();
    co_await socket.send_text(co_await socket.receive_text());
  });
  RawClient client = strict.send(web_socket_request("/"));
  EXPECT_TRUE(eventually([&] { return has_begun.load(); }));
  client.send(Frame{.payload = "hello"}.bytes());
  RawClient other(strict.server->port());
  // one loop serves both connections, so the response shows that it has seen the frame
  other.send("GET /other HTTP/1.1\r\nhost: a\r\n\r\n");
  EXPECT_EQ(status_of(other.read_answer()), 200);
  may_accept = true;
  EXPECT_TRUE(client.receive_until("hello"));
}

}  // namespace serval::testing::half_close_test
