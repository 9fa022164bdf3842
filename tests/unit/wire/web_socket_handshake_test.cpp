// SPDX-License-Identifier: MIT
#include "wire/web_socket_handshake.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <string_view>

#include "wire/request_parser.hpp"

namespace serval::detail::web_socket_handshake_test {

struct Head {
  std::string text;
  Request request;
  RequestFraming framing;

  explicit Head(std::string_view fields, std::string_view start = "GET /chat HTTP/1.1")
      : text(std::string(start) + "\r\nhost: a\r\n" + std::string(fields) + "\r\n") {
    EXPECT_FALSE(parse_request_head(text, request, framing));
  }
};

const std::string good =
    "upgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\n"
    "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

TEST(WebSocketHandshakeHead, IsAGetOver11ThatNamesBothTokens) {
  EXPECT_TRUE(asks_for_web_socket(Head(good).request));
  EXPECT_TRUE(Head(good).framing.has_upgrade);
  EXPECT_TRUE(
      asks_for_web_socket(Head("upgrade: a, b\r\nUPGRADE: x,WebSocket\r\nconnection: close,Upgrade\r\n").request));
  EXPECT_FALSE(asks_for_web_socket(Head(good, "POST /chat HTTP/1.1").request));
  EXPECT_FALSE(asks_for_web_socket(Head(good, "GET /chat HTTP/1.0").request));
  EXPECT_FALSE(asks_for_web_socket(Head("upgrade: websocket\r\n").request));
  EXPECT_FALSE(asks_for_web_socket(Head("upgrade: websockets\r\nconnection: upgrade\r\n").request));
  EXPECT_FALSE(Head("connection: upgrade\r\n").framing.has_upgrade);
}

TEST(WebSocketHandshakeHead, IsCheckedInFull) {
  const auto status = [](const Head& head, std::string_view early = {}) {
    return check_handshake(head.request, head.framing, early).status;
  };
  EXPECT_EQ(status(Head(good)), 0);
  EXPECT_EQ(status(Head(good), "x"), 400);
  EXPECT_EQ(status(Head(good + "content-length: 0\r\n")), 0);
  EXPECT_EQ(status(Head(good + "content-length: 1\r\n")), 400);
  EXPECT_EQ(status(Head(good + "sec-websocket-version: 13\r\n")), 400);
  EXPECT_EQ(status(Head(good + "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n")), 400);
}

TEST(WebSocketHandshakeAnswer, ProvesThatTheKeyWasRead) {
  const Head head(good);
  const Response answer = switching_protocols(head.request, {}, nullptr);
  EXPECT_EQ(answer.status(), 101);
  EXPECT_EQ(answer.headers().get("sec-websocket-accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

TEST(WebSocketHandshakeAnswer, ComparesSubprotocolsByCase) {
  const Head head(good + "sec-websocket-protocol: Chat, b\r\nsec-websocket-protocol: c\r\n");
  const auto answer = [&](std::string subprotocol) {
    http::WebSocketAccept accept;
    accept.subprotocol = std::move(subprotocol);
    return switching_protocols(head.request, accept, nullptr);
  };
  EXPECT_EQ(answer("Chat").headers().get("sec-websocket-protocol"), "Chat");
  EXPECT_EQ(answer("c").headers().get("sec-websocket-protocol"), "c");
  EXPECT_THROW((void)answer("chat"), std::invalid_argument);
}

}  // namespace serval::detail::web_socket_handshake_test
