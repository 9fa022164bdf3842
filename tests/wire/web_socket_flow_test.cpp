// SPDX-License-Identifier: MIT
// WebSockets under load: peers that do not read, handlers that do not receive, senders on other threads.
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/wire/support/web_socket_service.hpp"

namespace serval::testing::web_socket_flow_test {

using namespace std::chrono_literals;
using Kind = WebSocketMessage::Kind;

const std::string large(1024 * 1024, 'x');

std::shared_ptr<const std::string> shared(std::string text) {
  return std::make_shared<const std::string>(std::move(text));
}

/// A server whose handler gives its sender to the test and waits for the end.
struct Sending {
  std::mutex mutex;
  std::vector<std::shared_ptr<http::WebSocketSender>> senders;
  WebSocketServer server;

  explicit Sending(WebSocketOptions web_sockets = {})
      : server([this](http::WebSocketChannel& channel) -> Task<void> { return hold(channel); },
               [web_sockets](WebSocketService&, ServerOptions& options) {
                 options.web_sockets = web_sockets;
                 options.timeouts.write = 100ms;
                 options.threads = 2;
               }) {}
  Task<void> hold(http::WebSocketChannel& channel) {
    co_await accept(channel);
    {
      const std::scoped_lock lock(mutex);
      senders.push_back(channel.sender());
    }
    co_await channel.send(Kind::text, "ready");
    for (;;) (void)co_await channel.receive();
  }
  WebSocketClient connect() {
    WebSocketClient client = server.connect();
    EXPECT_EQ(client.read(), whole(op_text, "ready"));
    return client;
  }
};

TEST(WebSocketBackpressure, HoldsUpAHandlerAndCutsAPeerThatDoesNotRead) {
  std::atomic<std::size_t> sent{0};
  WebSocketServer server(
      [&sent](http::WebSocketChannel& channel) -> Task<void> {
        co_await accept(channel);
        for (;;) {
          co_await channel.send(Kind::binary, std::string_view(large).substr(0, 65536));
          sent += 65536;
        }
      },
      [](WebSocketService&, ServerOptions& options) { options.timeouts.write = 100ms; });
  RawClient client(server.port());
  client.set_receive_buffer(4096);
  client.send(web_socket_request("/"));
  EXPECT_EQ(server.service().ending(), 1006);
  EXPECT_LT(sent.load(), std::size_t{64} * 1024 * 1024) << "what the kernel holds, and no more";
}

TEST(WebSocketBackpressure, LetsAHandlerGoOnWhereThePeerReadsAgain) {
  WebSocketServer server([](http::WebSocketChannel& channel) -> Task<void> {
    co_await accept(channel);
    for (int i = 0; i < 32; ++i) co_await channel.send(Kind::binary, large);
  });
  WebSocketClient client = server.connect();
  for (int i = 0; i < 32; ++i) EXPECT_EQ(client.read(), whole(op_binary, large));
  EXPECT_EQ(client.read_close(), 1000);
}

TEST(WebSocketReceive, ThatIsGivenUpTakesNoMessage) {
  WebSocketServer server([](http::WebSocketChannel& channel) -> Task<void> {
    using namespace boost::asio::experimental::awaitable_operators;
    co_await accept(channel);
    co_await channel.send(Kind::text, "ready");
    std::string received = (co_await channel.receive()).data;
    // The next messages have arrived, too, but `at_once` is ready first, and the `receive` that is given up must take
    // none.
    for (int i = 0; i < 2; ++i) EXPECT_EQ((co_await (at_once() || channel.receive())).index(), 0U);
    while (received.size() < 3) received += (co_await channel.receive()).data;
    co_await channel.send(Kind::text, received);
  });
  WebSocketClient client = server.connect();
  EXPECT_EQ(client.read(), whole(op_text, "ready"));
  client.send(Frame{.payload = "a"}.bytes() + Frame{.payload = "b"}.bytes() + Frame{.payload = "c"}.bytes());
  EXPECT_EQ(client.read(), whole(op_text, "abc"));
}

TEST(WebSocketBackpressure, HoldsUpAPeerWhoseMessagesNobodyTakes) {
  std::atomic<bool> goes_on{false};
  WebSocketServer server([&goes_on](http::WebSocketChannel& channel) -> Task<void> {
    co_await accept(channel);
    while (!goes_on) co_await wait(1ms);
    for (;;) (void)co_await channel.receive();
  });
  WebSocketClient client = server.connect();
  const std::string frame = Frame{.opcode = op_binary, .payload = large}.bytes();
  // Sends as much as the kernel and the server take. They take nothing more until the handler receives.
  std::size_t taken = 0;
  pollfd writable{client.raw().native_handle(), POLLOUT, 0};
  while (taken < std::size_t{256} * 1024 * 1024 && ::poll(&writable, 1, 100) > 0) {
    const std::size_t at = taken % frame.size();
    const auto bytes = ::send(client.raw().native_handle(), frame.data() + at, frame.size() - at, MSG_DONTWAIT);
    if (bytes > 0) taken += static_cast<std::size_t>(bytes);
  }
  EXPECT_LT(taken, std::size_t{64} * 1024 * 1024);
  goes_on = true;
  const std::size_t at = taken % frame.size();
  client.send(std::string_view(frame).substr(at));
  client.send(close_frame(1000));
  EXPECT_EQ(client.read_close(), 1000);
}

TEST(WebSocketBackpressure, OfPingsKeepsOnlyTheLatestAnswers) {
  WebSocketServer server([](http::WebSocketChannel& channel) -> Task<void> {
    co_await accept(channel);
    co_await channel.send(Kind::binary, std::string(16 * 1024 * 1024, 'x'));
    (void)co_await channel.receive();
  });
  RawClient raw(server.port());
  raw.send(web_socket_request("/"));
  EXPECT_EQ(status_of(raw.read_answer()), 101);
  std::string pings;
  for (int i = 0; i < 1000; ++i) pings += Frame{.opcode = op_ping, .payload = std::to_string(i)}.bytes();
  raw.send(pings + Frame{.payload = "end"}.bytes());
  std::string last;
  while (!last.ends_with(std::string("\x88\x02\x03\xe8", 4)) && raw.receive()) {
    last = raw.received().substr(raw.received().size() < 64 ? 0 : raw.received().size() - 64);
  }
  const std::string& all = raw.received();
  const std::string tail = all.substr(all.find("xxxx") + 16 * 1024 * 1024);
  EXPECT_NE(tail.find("\x8a\x03"
                      "999"),
            std::string::npos);
  EXPECT_LT(tail.size(), 100U);
}

TEST(WebSocketSenders, SendFromOtherThreadsInTheirOrder) {
  Sending sending;
  std::vector<WebSocketClient> clients;
  for (int i = 0; i < 4; ++i) clients.push_back(sending.connect());
  constexpr int messages = 500;
  std::vector<std::jthread> threads;
  for (int t = 0; t < 3; ++t) {
    threads.emplace_back([&sending, t] {
      for (int i = 0; i < messages; ++i) {
        const auto message = shared(std::to_string(t) + ":" + std::to_string(i));
        for (const auto& sender : sending.senders) EXPECT_TRUE(sender->send(Kind::text, message));
      }
    });
  }
  for (auto& client : clients) {
    std::vector<int> next(threads.size());
    for (std::size_t i = 0; i < messages * threads.size(); ++i) {
      const auto frame = client.read();
      ASSERT_TRUE(frame);
      const auto thread = static_cast<std::size_t>(frame->payload[0] - '0');
      ASSERT_EQ(frame->payload, std::to_string(thread) + ":" + std::to_string(next[thread]++));
    }
  }
}

TEST(WebSocketSenders, ShareOnePayload) {
  Sending sending;
  std::vector<WebSocketClient> clients;
  for (int i = 0; i < 3; ++i) clients.push_back(sending.connect());
  const auto message = shared(large);
  for (const auto& sender : sending.senders) EXPECT_TRUE(sender->send(Kind::binary, message));
  for (auto& client : clients) EXPECT_EQ(client.read(), whole(op_binary, large));
}

TEST(WebSocketSenders, CloseBehindWhatIsQueued) {
  Sending sending;
  WebSocketClient client = sending.connect();
  const auto& sender = sending.senders.front();
  EXPECT_TRUE(sender->send(Kind::text, shared("last")));
  EXPECT_TRUE(sender->close(4000, "done"));
  EXPECT_FALSE(sender->send(Kind::text, shared("later")));
  EXPECT_FALSE(sender->close(4001, ""));
  EXPECT_EQ(client.read(), whole(op_text, "last"));
  EXPECT_EQ(client.read(), closed_with(4000, "done"));
  client.send(close_frame(4000));
  EXPECT_TRUE(client.is_ended());
}

TEST(WebSocketSenders, OutliveTheWebSocketAndTheServer) {
  std::shared_ptr<http::WebSocketSender> sender;
  {
    Sending sending;
    WebSocketClient client = sending.connect();
    sender = sending.senders.front();
    client.send(close_frame(1000));
    EXPECT_EQ(sending.server.service().ending(), 1000);
    EXPECT_FALSE(sender->send(Kind::text, shared("x")));
  }
  EXPECT_FALSE(sender->send(Kind::text, shared("x")));
  EXPECT_FALSE(sender->close(1000, ""));
}

TEST(WebSocketSenders, ClosePeersThatAreTooFarBehindWith1013) {
  Sending sending({.max_queued_bytes = 4 * 1024 * 1024, .close_timeout = 50ms});
  RawClient slow(sending.server.port());
  slow.set_receive_buffer(4096);
  slow.send(web_socket_request("/"));
  EXPECT_TRUE(slow.receive_until("ready"));
  const auto message = shared(large);
  int taken = 0;
  while (taken < 1000 && sending.senders.front()->send(Kind::binary, message)) ++taken;
  EXPECT_GE(taken, 3);
  EXPECT_LT(taken, 1000);
  EXPECT_EQ(sending.server.service().ending(), 1013);
  EXPECT_FALSE(sending.senders.front()->send(Kind::binary, message));
}

TEST(WebSocketSenders, MaySendOneMessageBeyondTheBoundToWhoIsNotBehind) {
  Sending sending({.max_queued_bytes = 1000});
  WebSocketClient client = sending.connect();
  EXPECT_TRUE(sending.senders.front()->send(Kind::binary, shared(large)));
  EXPECT_EQ(client.read(), whole(op_binary, large));
}

TEST(WebSockets, AreNoRequestsInFlight) {
  Sending sending;
  WebSocketServer server([](WebSocketService& service, ServerOptions& options) {
    options.max_requests_in_flight = 1;
    service.handlers["/"] = echo_messages;
  });
  WebSocketClient first = server.connect();
  WebSocketClient second = server.connect();
  EXPECT_EQ(status_of(second.answer()), 101);
  first.send(close_frame(1000));
  EXPECT_EQ(first.read_close(), 1000);
  EXPECT_EQ(status_of(server.connect().answer()), 101);
}

}  // namespace serval::testing::web_socket_flow_test
