// SPDX-License-Identifier: MIT
// The stop of a server ends its WebSockets.
#include <poll.h>

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <memory>

#include "tests/wire/support/web_socket_service.hpp"

namespace serval::testing::web_socket_stop_test {

using namespace std::chrono_literals;

TEST(WebSocketStop, Closes1001AndTellsTheHandler) {
  WebSocketServer server(accept_and_wait);
  WebSocketClient client = server.connect();
  server.server().stop(60'000ms);
  EXPECT_EQ(client.read(), closed_with(1001));
  EXPECT_EQ(server.service().ending(), 1001);
  client.send(close_frame(1001));
  EXPECT_TRUE(client.is_ended());
  client.raw().half_close();
  server.server().join();
}

TEST(WebSocketStop, CutsAtItsDeadline) {
  WebSocketServer server([](http::WebSocketChannel& channel) -> Task<void> {
    co_await accept(channel);
    co_await wait(1h);
  });
  WebSocketClient client = server.connect();
  server.server().stop(20ms);
  EXPECT_EQ(client.read_close(), 1001);
  EXPECT_TRUE(client.is_ended());
  EXPECT_EQ(server.service().ending(), -1);
  server.server().join();
}

TEST(WebSocketStop, ClosesOneThatIsAcceptedMeanwhile) {
  std::promise<void> begun;
  WebSocketServer server([&begun](http::WebSocketChannel& channel) -> Task<void> {
    begun.set_value();
    co_await wait(50ms);
    co_await accept(channel);
    (void)co_await channel.receive();
  });
  RawClient raw(server.port());
  raw.send(web_socket_request("/"));
  begun.get_future().wait();
  server.server().stop(60'000ms);
  EXPECT_EQ(status_of(raw.read_answer()), 101);
  EXPECT_EQ(server.service().ending(), 1001);
}

TEST(WebSocketStop, OfAnAbandonedContextLeavesNothingBehind) {
  WebSocketService service;
  service.handlers["/"] = accept_and_wait;
  auto context = std::make_unique<boost::asio::io_context>();
  {
    Server server(service, *context, test_options());
    server.start();
    RawClient client(server.port());
    client.send(web_socket_request("/"));
    while (client.received().empty()) {
      context->poll();
      pollfd ready{client.native_handle(), POLLIN, 0};
      if (::poll(&ready, 1, 0) > 0) client.receive();
    }
    context->stop();
  }
  context.reset();
  EXPECT_EQ(service.finished, 0);
}

}  // namespace serval::testing::web_socket_stop_test
