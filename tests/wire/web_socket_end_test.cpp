// SPDX-License-Identifier: MIT
// How WebSockets end: closing handshakes of both sides, broken connections, handlers that end.
#include <boost/asio/cancellation_state.hpp>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <string>
#include <utility>

#include "tests/wire/support/web_socket_service.hpp"

namespace serval::testing::web_socket_end_test {

using namespace std::chrono_literals;
using Phase = http::WebSocketChannel::Phase;

TEST(WebSocketEnd, ByThePeerIsADisconnectWithItsCodeAndReason) {
  std::promise<std::string> reason;
  WebSocketServer server([&reason](http::WebSocketChannel& channel) -> Task<void> {
    co_await accept(channel);
    EXPECT_EQ(channel.phase(), Phase::open);
    try {
      (void)co_await channel.receive();
    } catch (const WebSocketDisconnect& disconnect) {
      EXPECT_EQ(channel.phase(), Phase::closed);
      reason.set_value(std::to_string(disconnect.code()) + disconnect.reason());
      throw;
    }
  });
  WebSocketClient client = server.connect();
  client.send(close_frame(3001, "bye"));
  EXPECT_EQ(client.read(), closed_with(3001));
  EXPECT_TRUE(client.is_ended());
  EXPECT_EQ(reason.get_future().get(), "3001bye");
  EXPECT_EQ(server.service().ending(), 3001);
}

TEST(WebSocketEnd, ByThePeerComesAfterItsMessages) {
  WebSocketServer server([](http::WebSocketChannel& channel) -> Task<void> {
    co_await accept(channel);
    for (int i = 0; i < 3; ++i) {
      const WebSocketMessage message = co_await channel.receive();
      EXPECT_EQ(message.data, std::to_string(i));
      if (i == 0) co_await wait(20ms);  // meanwhile all frames arrive
    }
    (void)co_await channel.receive();
  });
  WebSocketClient client = server.connect();
  client.send(Frame{.payload = "0"}.bytes() + Frame{.payload = "1"}.bytes() + Frame{.payload = "2"}.bytes() +
              close_frame(1000));
  EXPECT_EQ(server.service().ending(), 1000);
}

TEST(WebSocketEnd, ByThePeerWaitsForAnswersToItsMessages) {
  WebSocketServer server;
  WebSocketClient client = server.connect();
  client.send(Frame{.payload = "0"}.bytes() + Frame{.payload = "1"}.bytes() + Frame{.payload = "2"}.bytes() +
              close_frame(3001, "bye"));
  for (const char* message : {"0", "1", "2"}) EXPECT_EQ(client.read(), whole(op_text, message));
  EXPECT_EQ(client.read(), closed_with(3001));
  EXPECT_TRUE(client.is_ended());
  EXPECT_EQ(server.service().ending(), 3001);
}

TEST(WebSocketEnd, ByThePeerDoesNotWaitForeverForAHandlerThatReceivesNothing) {
  std::promise<void> may_end;
  WebSocketServer server(
      [done = may_end.get_future().share()](http::WebSocketChannel& channel) -> Task<void> {
        co_await accept(channel);
        while (done.wait_for(0ms) != std::future_status::ready) co_await wait(1ms);
        // Messages that have arrived can still be received.
        EXPECT_EQ((co_await channel.receive()).data, "0");
        (void)co_await channel.receive();
      },
      with_options({.close_timeout = 20ms}));
  WebSocketClient client = server.connect();
  client.send(Frame{.payload = "0"}.bytes() + close_frame(3001));
  EXPECT_EQ(client.read(), closed_with(3001));
  may_end.set_value();
}

TEST(WebSocketEnd, ByThePeerMayBeOvertakenByTheHandlersClose) {
  WebSocketServer server([](http::WebSocketChannel& channel) -> Task<void> {
    co_await accept(channel);
    (void)co_await channel.receive();
    co_await channel.close(3002, {});
  });
  WebSocketClient client = server.connect();
  client.send(Frame{.payload = "0"}.bytes() + Frame{.payload = "1"}.bytes() + close_frame(3001));
  EXPECT_EQ(client.read(), closed_with(3002));
  EXPECT_TRUE(client.is_ended());
  EXPECT_EQ(server.service().ending(), 0);
}

TEST(WebSocketEnd, ByThePeerComesBehindThePongsOfItsPings) {
  WebSocketServer server;
  WebSocketClient client = server.connect();
  client.send(Frame{.opcode = op_ping, .payload = "x"}.bytes() + close_frame(1000));
  EXPECT_EQ(client.read(), whole(op_pong, "x"));
  EXPECT_EQ(client.read(), closed_with(1000));
}

TEST(WebSocketEnd, MakesFurtherCallsDisconnectsOrNothing) {
  WebSocketServer server([](http::WebSocketChannel& channel) -> Task<void> {
    co_await accept(channel);
    try {
      (void)co_await channel.receive();
    } catch (const WebSocketDisconnect&) {
    }
    co_await channel.close(1000, "");
    EXPECT_FALSE(channel.sender()->send(WebSocketMessage::Kind::text, std::make_shared<const std::string>("x")));
    EXPECT_FALSE(channel.sender()->close(1000, ""));
    co_await channel.send(WebSocketMessage::Kind::text, "x");
  });
  WebSocketClient client = server.connect();
  client.send(close_frame(1008));
  EXPECT_EQ(server.service().ending(), 1008);
}

TEST(WebSocketEnd, ByTheHandlerSendsWhatIsQueuedAndAwaitsThePeer) {
  WebSocketServer server([](http::WebSocketChannel& channel) -> Task<void> {
    co_await accept(channel);
    channel.sender()->send(WebSocketMessage::Kind::binary, std::make_shared<const std::string>("1"));
    co_await channel.send(WebSocketMessage::Kind::text, "2");
    channel.sender()->send(WebSocketMessage::Kind::text, std::make_shared<const std::string>("3"));
    co_await channel.close(4000, "enough");
    (void)co_await channel.receive();
  });
  WebSocketClient client = server.connect();
  EXPECT_EQ(client.read(), whole(op_binary, "1"));
  EXPECT_EQ(client.read(), whole(op_text, "2"));
  EXPECT_EQ(client.read(), whole(op_text, "3"));
  EXPECT_EQ(client.read(), closed_with(4000, "enough"));
  client.send(Frame{.opcode = op_ping}.bytes() + close_frame(4001));
  EXPECT_TRUE(client.is_ended()) << "no pong any more";
  EXPECT_EQ(server.service().ending(), 4001);
}

TEST(WebSocketEnd, ByTheHandlerStillTakesMessagesUpToThePeersClose) {
  std::atomic<int> taken{0};
  WebSocketServer server([&taken](http::WebSocketChannel& channel) -> Task<void> {
    co_await accept(channel);
    co_await channel.close(1000, "");
    for (;;) {
      const WebSocketMessage late = co_await channel.receive();
      EXPECT_EQ(late.data, "late");
      ++taken;
    }
  });
  WebSocketClient client = server.connect();
  EXPECT_EQ(client.read_close(), 1000);
  std::string flood;
  for (int i = 0; i < 100; ++i) flood += Frame{.payload = "late"}.bytes();
  client.send(flood + close_frame(1000));
  EXPECT_TRUE(client.is_ended()) << "messages that nobody takes do not keep it from the peer's close frame";
  EXPECT_EQ(server.service().ending(), 1000);
  EXPECT_GE(taken, 1);
  EXPECT_LT(taken, 100);
}

TEST(WebSocketEnd, BySenderLetsNothingMoreOut) {
  WebSocketServer server([](http::WebSocketChannel& channel) -> Task<void> {
    co_await accept(channel);
    channel.sender()->close(4000, "bye");
    co_await channel.send(WebSocketMessage::Kind::text, "late");
  });
  WebSocketClient client = server.connect();
  EXPECT_EQ(client.read_close(), 4000);
  client.send(close_frame(4000));
  EXPECT_TRUE(client.is_ended());
  EXPECT_EQ(server.service().ending(), 1000);
}

TEST(WebSocketEnd, WithACodeOrReasonThatMustNotBeSentIsRefused) {
  std::atomic<int> refused{0};
  WebSocketServer server([&refused](http::WebSocketChannel& channel) -> Task<void> {
    co_await accept(channel);
    for (const auto& [code, reason] : std::vector<std::pair<int, std::string>>{{1005, ""},
                                                                               {1006, ""},
                                                                               {1015, ""},
                                                                               {999, ""},
                                                                               {5000, ""},
                                                                               {1000, std::string(124, 'x')},
                                                                               {1000, "\xff"}}) {
      try {
        co_await channel.close(code, reason);
      } catch (const std::invalid_argument&) {
        ++refused;
      }
    }
  });
  EXPECT_EQ(server.connect().read_close(), 1000);
  EXPECT_EQ(refused, 7);
}

TEST(WebSocketEnd, ByAHandlerThatReturnsIs1000) {
  WebSocketServer server([](http::WebSocketChannel& channel) -> Task<void> { co_await accept(channel); });
  WebSocketClient client = server.connect();
  EXPECT_EQ(client.read(), closed_with(1000));
  client.send(close_frame(1000));
  EXPECT_TRUE(client.is_ended());
  EXPECT_EQ(server.service().finished, 1);
}

TEST(WebSocketEnd, ByAHandlerThatThrowsIs1011) {
  WebSocketServer server([](http::WebSocketChannel& channel) -> Task<void> {
    co_await accept(channel);
    throw std::runtime_error("broken");
  });
  WebSocketClient client = server.connect();
  EXPECT_EQ(client.read(), closed_with(1011));
}

TEST(WebSocketEnd, NeverGoesBackToHttp) {
  WebSocketServer server([](http::WebSocketChannel& channel) -> Task<void> { co_await accept(channel); });
  WebSocketClient client = server.connect();
  EXPECT_EQ(client.read_close(), 1000);
  client.send(close_frame(1000) + "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_TRUE(client.is_ended());
}

TEST(WebSocketEnd, IsCutWhereThePeerDoesNotCloseInTime) {
  WebSocketServer server(
      [](http::WebSocketChannel& channel) -> Task<void> {
        co_await accept(channel);
        co_await channel.close(1000, "");
        EXPECT_EQ(channel.phase(), Phase::closed);
        (void)co_await channel.receive();
      },
      with_options({.close_timeout = 30ms}));
  WebSocketClient client = server.connect();
  EXPECT_EQ(client.read_close(), 1000);
  EXPECT_TRUE(client.is_ended());
  EXPECT_EQ(server.service().ending(), 1006);
}

TEST(WebSocketEnd, OfAPeerThatEndsItsSideIs1006) {
  WebSocketServer server(accept_and_wait);
  WebSocketClient client = server.connect();
  client.raw().half_close();
  EXPECT_TRUE(client.is_ended());
  EXPECT_EQ(server.service().ending(), 1006);
}

TEST(WebSocketEnd, ByAResetIs1006) {
  WebSocketServer server(accept_and_wait);
  WebSocketClient client = server.connect();
  client.raw().reset();
  EXPECT_EQ(server.service().ending(), 1006);
}

TEST(WebSocketEnd, ByAResetIsSeenWhereNothingIsRead) {
  WebSocketServer server([](http::WebSocketChannel& channel) -> Task<void> {
    co_await accept(channel);
    for (const auto phase = Phase::closed; channel.phase() != phase;) co_await wait(1ms);
    for (int i = 0; i < 16; ++i) (void)co_await channel.receive();
    (void)co_await channel.receive();
  });
  WebSocketClient client = server.connect();
  for (int i = 0; i < 20; ++i) client.send(Frame{.payload = "unread"});
  client.raw().reset();
  EXPECT_EQ(server.service().ending(), 1006);
}

TEST(WebSocketEnd, CancelsAHandlerThatGoesOnTooLong) {
  WebSocketServer server(
      [](http::WebSocketChannel& channel) -> Task<void> {
        co_await accept(channel);
        co_await wait(1h);
      },
      with_options({.close_timeout = 30ms}));
  WebSocketClient client = server.connect();
  const auto before = std::chrono::steady_clock::now();
  client.send(close_frame(1000));
  EXPECT_EQ(client.read_close(), 1000);
  EXPECT_TRUE(client.is_ended());
  EXPECT_EQ(server.service().ending(), -1);
  EXPECT_GE(std::chrono::steady_clock::now() - before, 30ms);
}

TEST(WebSocketEnd, LeavesAHandlerTimeToTidyUp) {
  std::atomic<bool> tidied{false};
  WebSocketServer server([&tidied](http::WebSocketChannel& channel) -> Task<void> {
    co_await accept(channel);
    bool has_ended = false;
    try {
      (void)co_await channel.receive();
    } catch (const WebSocketDisconnect&) {
      has_ended = true;
    }
    co_await wait(20ms);
    tidied = has_ended;
  });
  server.connect().raw().reset();
  EXPECT_EQ(server.service().ending(), 0);
  EXPECT_TRUE(tidied);
}

TEST(WebSocketEnd, IsNotUrgentData) {
  WebSocketServer server;
  WebSocketClient client = server.connect();
  ASSERT_EQ(::send(client.raw().native_handle(), "!", 1, MSG_OOB), 1);
  // one loop serves both connections, so the response shows that it has seen the urgent data
  WebSocketClient other = server.connect();
  client.send(Frame{.payload = "a"});
  EXPECT_EQ(client.read(), whole(op_text, "a"));
}

}  // namespace serval::testing::web_socket_end_test
