// SPDX-License-Identifier: MIT
// The opening handshake of WebSockets, and messages in both directions.
#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/wire/support/web_socket_service.hpp"

namespace serval::testing::web_socket_test {

using ::testing::HasSubstr;
using ::testing::Not;

std::string answer_to(const WebSocketServer& server, std::string_view bytes) {
  RawClient client(server.port());
  client.send(bytes);
  return client.read_all();
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(WebSocketHandshake, IsAnswered101) {
  WebSocketServer server;
  WebSocketClient client = server.connect();
  EXPECT_TRUE(client.answer().starts_with("HTTP/1.1 101 Switching Protocols\r\n"));
  EXPECT_TRUE(has_line(client.answer(), "upgrade: websocket"));
  EXPECT_TRUE(has_line(client.answer(), "connection: Upgrade"));
  // the example of RFC 6455 section 1.3
  EXPECT_TRUE(has_line(client.answer(), "sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
  EXPECT_TRUE(has_line(client.answer(), "server: serval"));
  EXPECT_THAT(client.answer(), HasSubstr("\r\ndate: "));
  EXPECT_THAT(client.answer(), Not(HasSubstr("sec-websocket-extensions")));
  EXPECT_THAT(client.answer(), Not(HasSubstr("content-length")));
}

TEST(WebSocketHandshake, SaysNoMoreThanTheOptionsWant) {
  WebSocketServer server([](WebSocketService&, ServerOptions& options) {
    options.server_header = false;
    options.date_header = false;
  });
  const std::string answer = server.connect().answer();
  EXPECT_THAT(answer, Not(HasSubstr("server:")));
  EXPECT_THAT(answer, Not(HasSubstr("date:")));
}

TEST(WebSocketHandshake, TakesListsAndAnyCase) {
  WebSocketServer server;
  std::string request = replaced(web_socket_request("/"), "Upgrade: websocket", "UPGRADE: h2c, WebSocket");
  request = replaced(request, "Connection: Upgrade", "connection: keep-alive , uPGRADE");
  RawClient client(server.port());
  client.send(request);
  EXPECT_EQ(status_of(client.read_answer()), 101);
}

TEST(WebSocketHandshake, AnyOtherUpgradeIsAnOrdinaryRequest) {
  WebSocketServer server;
  const std::string good = web_socket_request("/");
  for (const auto& [from, to] :
       {std::pair{"Upgrade: websocket", "Upgrade: h2c"}, std::pair{"Connection: Upgrade", "Connection: close"},
        std::pair{"Upgrade: websocket", "X-Other: websocket"}, std::pair{"GET / HTTP/1.1", "POST / HTTP/1.1"},
        std::pair{"GET / HTTP/1.1", "GET / HTTP/1.0"}}) {
    RawClient client(server.port());
    client.send(replaced(good, from, to));
    EXPECT_EQ(body_of(client.read_answer()), "plain") << to;
  }
}

TEST(WebSocketHandshake, OneThatBreaksTheRulesIs400AndTheEnd) {
  WebSocketServer server;
  const std::string good = web_socket_request("/");
  const std::string key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  for (const std::string& bad :
       {replaced(good, key, ""), replaced(good, key, key + key), replaced(good, "dGhlIHNhbXBsZSBub25jZQ==", "c2hvcnQ="),
        replaced(good, "dGhlIHNhbXBsZSBub25jZQ==", ""),
        replaced(good, "dGhlIHNhbXBsZSBub25jZQ==", "dGhl-HNhbXBsZSBub25jZQ=="),
        replaced(good, "Host: x\r\n", "Host: x\r\nContent-Length: 1\r\n") + "x",
        replaced(good, "Host: x\r\n", "Host: x\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n",
        good + Frame{.payload = "early"}.bytes(), good + good}) {
    const std::string answer = answer_to(server, bad);
    EXPECT_EQ(status_of(answer), 400) << bad;
    EXPECT_TRUE(has_line(answer, "connection: close"));
    EXPECT_FALSE(body_of(answer).empty());
    EXPECT_EQ(answer.find("HTTP/1.1", 1), std::string::npos) << "a second answer to " << bad;
  }
}

TEST(WebSocketHandshake, AnotherVersionIsToldTheOneThereIs) {
  WebSocketServer server;
  const std::string good = web_socket_request("/");
  for (const char* field : {"Sec-WebSocket-Version: 8\r\n", "Sec-WebSocket-Version: 13, 8\r\n",
                            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Version: 13\r\n", ""}) {
    const std::string answer = answer_to(server, replaced(good, "Sec-WebSocket-Version: 13\r\n", field));
    EXPECT_EQ(status_of(answer), 400);
    EXPECT_TRUE(has_line(answer, "sec-websocket-version: 13"));
    EXPECT_EQ(body_of(answer), "Sec-WebSocket-Version is not 13");
  }
}

TEST(WebSocketHandshake, ThatIsRefusedLeavesTheConnectionAsItIs) {
  WebSocketServer server;
  RawClient client(server.port());
  client.send(web_socket_request("/forbidden"));
  EXPECT_EQ(status_of(client.read_answer()), 403);
  client.send("GET /x HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(body_of(client.read_answer()), "plain");
  client.send(web_socket_request("/"));
  EXPECT_EQ(status_of(client.read_answer()), 101);
}

TEST(WebSocketHandshake, MayBeRefusedByATaskToo) {
  WebSocketServer server([](http::WebSocketChannel& channel) -> Task<void> {
    EXPECT_EQ(channel.phase(), http::WebSocketChannel::Phase::handshake);
    co_return;
  });
  RawClient client(server.port());
  client.send(web_socket_request("/"));
  EXPECT_EQ(status_of(client.read_answer()), 200);
  client.send("GET /x HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(body_of(client.read_answer()), "plain");
}

TEST(WebSocketHandshake, ComesAfterTheAnswersToEarlierRequests) {
  WebSocketServer server;
  RawClient client(server.port());
  client.send("GET /x HTTP/1.1\r\nHost: x\r\n\r\n" + web_socket_request("/"));
  EXPECT_EQ(body_of(client.read_answer()), "plain");
  EXPECT_EQ(status_of(client.read_answer()), 101);
}

TEST(WebSocketHandshake, HasASubprotocolAndHeadersOfTheHandler) {
  WebSocketServer server([](http::WebSocketChannel& channel) -> Task<void> {
    http::WebSocketAccept accept;
    accept.subprotocol = "chat.v2";
    accept.headers.emplace_back("x-one", "1");
    accept.headers.emplace_back("set-cookie", "a=b");
    co_await channel.accept(accept);
  });
  const std::string answer = server.connect("/", "Sec-WebSocket-Protocol: chat.v1, chat.v2\r\n").answer();
  EXPECT_TRUE(has_line(answer, "sec-websocket-protocol: chat.v2"));
  EXPECT_TRUE(has_line(answer, "x-one: 1"));
  EXPECT_TRUE(has_line(answer, "set-cookie: a=b"));
}

TEST(WebSocketHandshake, CannotBeAnsweredWithWhatIsNotTheHandlers) {
  std::atomic<int> refused{0};
  WebSocketServer server([&refused](http::WebSocketChannel& channel) -> Task<void> {
    for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{{"Upgrade", "h2c"},
                                                                                      {"connection", "close"},
                                                                                      {"sec-websocket-accept", "x"},
                                                                                      {"Sec-WebSocket-Extensions", "x"},
                                                                                      {"content-length", "3"},
                                                                                      {"transfer-encoding", "chunked"},
                                                                                      {"x", "a\r\nb: c"},
                                                                                      {"x y", "z"}}) {
      http::WebSocketAccept accept;
      accept.headers.emplace_back(name, value);
      try {
        co_await channel.accept(accept);
      } catch (const std::invalid_argument&) {
        ++refused;
      }
    }
    http::WebSocketAccept unoffered;
    unoffered.subprotocol = "CHAT";
    try {
      co_await channel.accept(unoffered);
    } catch (const std::invalid_argument&) {
      ++refused;
    }
    co_await accept(channel);
  });
  EXPECT_EQ(status_of(server.connect("/", "Sec-WebSocket-Protocol: chat\r\n").answer()), 101);
  EXPECT_EQ(refused, 9);
}

TEST(WebSocketHandshake, RequestLivesAsLongAsTheWebSocket) {
  struct Asking : WebSocketService {
    http::Pending serve(http::Exchange& exchange) const noexcept override { return http::Pending(tell(exchange)); }
    static Task<void> tell(http::Exchange& exchange) {
      co_await accept(*exchange.web_socket);
      for (int i = 0; i < 2; ++i) {
        const WebSocketMessage message = co_await exchange.web_socket->receive();
        const std::string told = message.data + std::string(exchange.request.target()) +
                                 std::string(exchange.request.header("x-name").value_or("-"));
        co_await exchange.web_socket->send(WebSocketMessage::Kind::text, told);
      }
    }
  } asking;
  Server server(asking, test_options());
  server.start();
  WebSocketClient client(server.port(), "/a?b=c", "X-Name: n\r\n");
  for (int i = 0; i < 2; ++i) {
    client.send(Frame{.payload = std::string(100, 'x')});
    EXPECT_EQ(client.read(), whole(op_text, std::string(100, 'x') + "/a?b=cn"));
  }
}

TEST(WebSocketHandshake, DeadlineOfAHandlerCountsUpToAccept) {
  WebSocketServer server([](WebSocketService& service, ServerOptions&) {
    service.handler_deadline = std::chrono::milliseconds{20};
    service.handlers["/late"] = [](http::WebSocketChannel& channel) -> Task<void> {
      co_await wait(std::chrono::hours{1});
      co_await accept(channel);
    };
    service.handlers["/long"] = [](http::WebSocketChannel& channel) -> Task<void> {
      co_await accept(channel);
      co_await wait(std::chrono::milliseconds{60});
      co_await channel.send(WebSocketMessage::Kind::text, "done");
    };
  });
  EXPECT_EQ(status_of(server.connect("/late").answer()), 503);
  EXPECT_EQ(server.connect("/long").read(), whole(op_text, "done"));
}

TEST(WebSocketMessages, OfAllSizesComeBackAsTheyWere) {
  WebSocketServer server;
  WebSocketClient client = server.connect();
  for (const unsigned opcode : {op_text, op_binary}) {
    for (const std::size_t size : {0U, 1U, 125U, 126U, 127U, 128U, 4096U, 65535U, 65536U, 300'000U, 1024U * 1024U}) {
      const std::string payload(size, opcode == op_text ? 't' : '\xfe');
      client.send(Frame{.opcode = opcode, .payload = payload});
      EXPECT_EQ(client.read(), whole(opcode, payload)) << size;
    }
  }
}

TEST(WebSocketMessages, ArriveInAnyCut) {
  WebSocketServer server;
  WebSocketClient client = server.connect();
  for (const char byte : Frame{.payload = "slowly, \xc3\xa4"}.bytes()) client.send(std::string(1, byte));
  EXPECT_EQ(client.read(), whole(op_text, "slowly, \xc3\xa4"));
  std::string many;
  for (int i = 0; i < 1000; ++i) many += Frame{.payload = std::to_string(i)}.bytes();
  client.send(many);
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(client.read(), whole(op_text, std::to_string(i)));
}

TEST(WebSocketMessages, ThatAreNoUtf8CannotBeSentAsText) {
  std::atomic<int> refused{0};
  WebSocketServer server([&refused](http::WebSocketChannel& channel) -> Task<void> {
    co_await accept(channel);
    try {
      co_await channel.send(WebSocketMessage::Kind::text, "\xff");
    } catch (const std::invalid_argument&) {
      ++refused;
    }
    co_await channel.send(WebSocketMessage::Kind::binary, "\xff");
  });
  EXPECT_EQ(server.connect().read(), whole(op_binary, "\xff"));
  EXPECT_EQ(refused, 1);
}

TEST(WebSocketMessages, GoOnOnAStrandOfSeveralThreads) {
  boost::asio::io_context context;
  WebSocketService service;
  Server server(service, context, test_options());
  server.start();
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) threads.emplace_back([&] { context.run(); });
  {
    std::vector<WebSocketClient> clients;
    for (int i = 0; i < 8; ++i) clients.emplace_back(server.port());
    for (int round = 0; round < 50; ++round) {
      for (auto& client : clients) {
        client.send(Frame{.payload = "a"}.bytes() + Frame{.opcode = op_ping}.bytes() + Frame{.payload = "b"}.bytes());
      }
      for (auto& client : clients) {
        std::string got;
        for (int i = 0; i < 3; ++i) got += client.read().value_or(ServerFrame{}).payload;
        EXPECT_EQ(got, "ab");
      }
    }
  }
  server.stop(std::chrono::milliseconds{0});
  server.join();
  for (auto& thread : threads) thread.join();
}

}  // namespace serval::testing::web_socket_test
