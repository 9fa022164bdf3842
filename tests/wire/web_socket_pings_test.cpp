// SPDX-License-Identifier: MIT
// Pings detect WebSockets whose peer is gone.
#include <gtest/gtest.h>

#include <chrono>

#include "tests/wire/support/web_socket_service.hpp"

namespace serval::testing::web_socket_pings_test {

using namespace std::chrono_literals;

TEST(WebSocketPings, KeepAPeerThatAnswers) {
  WebSocketServer server(accept_and_wait, with_options({.ping_interval = 10ms}));
  WebSocketClient client = server.connect();
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(client.read(), whole(op_ping, ""));
    client.send(Frame{.opcode = op_pong});
  }
  client.send(close_frame(1000));
  EXPECT_EQ(server.service().ending(), 1000);
}

TEST(WebSocketPings, WithoutAnAnswerCutTheConnection) {
  WebSocketServer server(accept_and_wait, with_options({.ping_interval = 20ms}));
  const auto before = std::chrono::steady_clock::now();
  WebSocketClient client = server.connect();
  EXPECT_EQ(client.read(), whole(op_ping, ""));
  EXPECT_TRUE(client.is_ended());
  EXPECT_GE(std::chrono::steady_clock::now() - before, 40ms);
  EXPECT_EQ(server.service().ending(), 1006);
}

TEST(WebSocketPings, AreNotSentToAPeerThatSpeaks) {
  WebSocketServer server(with_options({.ping_interval = 200ms}));
  WebSocketClient client = server.connect();
  const auto until = std::chrono::steady_clock::now() + 300ms;
  while (std::chrono::steady_clock::now() < until) {
    client.send(Frame{.payload = "x"});
    EXPECT_EQ(client.read(), whole(op_text, "x"));
  }
}

TEST(WebSocketPings, DoNotCutAPeerWhoseMessagesWait) {
  WebSocketServer server(
      [](http::WebSocketChannel& channel) -> Task<void> {
        co_await accept(channel);
        co_await wait(250ms);
        for (int i = 0; i < 40; ++i) (void)co_await channel.receive();
      },
      with_options({.ping_interval = 200ms}));
  WebSocketClient client = server.connect();
  for (int i = 0; i < 40; ++i) client.send(Frame{.payload = "x"});
  EXPECT_EQ(server.service().ending(), 0);
}

TEST(WebSocketPings, DoNotKeepAPeerWhoseMessagesAreNeverReceived) {
  WebSocketServer server(
      [](http::WebSocketChannel& channel) -> Task<void> {
        co_await accept(channel);
        co_await wait(1h);
      },
      with_options({.ping_interval = 20ms, .close_timeout = 20ms}));
  WebSocketClient client = server.connect();
  for (int i = 0; i < 40; ++i) client.send(Frame{.payload = "x"});
  EXPECT_EQ(client.read_close(), 1013);
  EXPECT_EQ(server.service().ending(), -1);
}

}  // namespace serval::testing::web_socket_pings_test
