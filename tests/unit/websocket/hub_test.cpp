// SPDX-License-Identifier: MIT
// The members of a hub and the messages that they receive, in the test client.
#include <serval/websocket.hpp>

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include <serval/serval.hpp>
#include <serval/testing.hpp>

namespace serval::hub_test {

/// Joins the topic in the query, and sends each message that it receives to all other members.
Task<void> chat(WebSocket& socket, State<Hub> hub, Query<std::string, "topic", default_to("")> topic) {
  co_await socket.accept();
  const Hub::Member member = hub->join(socket, topic);
  try {
    for (;;) hub->broadcast_text(co_await socket.receive_text(), topic, &member);
  } catch (const WebSocketDisconnect&) {
    hub->broadcast_text("bye", topic, &member);
  }
}

struct HubTest : testing::Test {
  HubTest() {
    app.provide(hub);
    app.websocket<chat>("/ws");
  }
  Hub hub;
  App app;
  TestClient client{app};
};

TEST_F(HubTest, SendsToAllOfATopicButTheSender) {
  auto a = client.websocket("/ws"), b = client.websocket("/ws"), c = client.websocket("/ws?topic=other");
  EXPECT_EQ(hub.size(), 2U);
  EXPECT_EQ(hub.size("other"), 1U);
  a.send_text("hello");
  EXPECT_EQ(b.receive_text(), "hello");
  EXPECT_EQ(hub.broadcast_text("all"), 2U);
  EXPECT_EQ(a.receive_text(), "all");
  EXPECT_EQ(hub.broadcast_json({{"a", 1}}, "other"), 1U);
  EXPECT_EQ(c.receive_text(), R"({"a":1})");
}

TEST_F(HubTest, ForgetsWhoLeaves) {
  auto a = client.websocket("/ws");
  {
    auto b = client.websocket("/ws");
    EXPECT_EQ(hub.size(), 2U);
  }
  EXPECT_EQ(a.receive_text(), "bye");
  EXPECT_EQ(hub.size(), 1U);
}

TEST_F(HubTest, TakesMessagesFromManyThreads) {
  auto a = client.websocket("/ws"), b = client.websocket("/ws");
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([this] {
      for (int n = 0; n < 100; ++n) hub.broadcast_text(std::to_string(n));
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (int i = 0; i < 400; ++i) EXPECT_EQ(a.receive_text(), b.receive_text());
}

TEST_F(HubTest, ClosesAll) {
  auto a = client.websocket("/ws"), b = client.websocket("/ws?topic=other");
  hub.close_all(1012, "restart");
  EXPECT_EQ(a.wait_for_close(), 1012);
  EXPECT_EQ(b.wait_for_close(), 1012);
}

TEST_F(HubTest, CountsAMemberThatJoinedTwiceTwice) {
  app.websocket("/twice")([this](WebSocket& socket) -> Task<void> {
    co_await socket.accept();
    Hub::Member first = hub.join(socket);
    const Hub::Member second = hub.join(socket);
    EXPECT_EQ(hub.broadcast_text("two"), 2U);
    first.leave();
    EXPECT_EQ(hub.broadcast_text("one"), 1U);
  });
  auto socket = client.websocket("/twice");
  EXPECT_EQ(socket.receive_text(), "two");
  EXPECT_EQ(socket.receive_text(), "two");
  EXPECT_EQ(socket.receive_text(), "one");
}

TEST(Hub, SendsOnlyTextsOfUtf8) {
  Hub hub;
  EXPECT_THROW(hub.broadcast_text("\xFF"), std::invalid_argument);
  EXPECT_EQ(hub.broadcast_bytes("\xFF"), 0U);
}

}  // namespace serval::hub_test
