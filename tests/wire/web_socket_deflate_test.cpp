// SPDX-License-Identifier: MIT
// Compressed messages over a socket (RFC 7692): the negotiation, messages in both directions, decompression bombs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include <serval/compression.hpp>

#include "compression/web_socket_deflate.hpp"
#include "tests/wire/support/web_socket_service.hpp"

namespace serval::testing::web_socket_deflate_test {

using detail::WebSocketDeflater;
using detail::WebSocketInflater;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr unsigned rsv1 = 4;
constexpr unsigned deflated_text = 0xC1;

WebSocketServer::SetUp compressing(std::size_t max_message_bytes = 1024 * 1024) {
  return [=](WebSocketService&, ServerOptions& options) {
    options.web_sockets.compression = permessage_deflate();
    options.web_sockets.max_message_bytes = max_message_bytes;
  };
}

std::string offer(std::string_view extensions) {
  return "Sec-WebSocket-Extensions: " + std::string(extensions) + "\r\n";
}

std::string inflated(WebSocketInflater& inflater, std::string_view payload) {
  std::string out;
  EXPECT_EQ(inflater.inflate(payload, out, 0), WebSocketInflater::Result::ok);
  EXPECT_EQ(inflater.finish(out, 0), WebSocketInflater::Result::ok);
  return out;
}

TEST(WebSocketCompression, IsAgreedOnOnlyWhereTheOptionsAllowIt) {
  WebSocketServer without;
  EXPECT_THAT(without.connect("/", offer("permessage-deflate")).answer(), Not(HasSubstr("sec-websocket-extensions")));
  WebSocketServer with(compressing());
  EXPECT_TRUE(has_line(with.connect("/", offer("permessage-deflate")).answer(),
                       "sec-websocket-extensions: permessage-deflate"));
  EXPECT_THAT(with.connect().answer(), Not(HasSubstr("sec-websocket-extensions")));
}

TEST(WebSocketCompression, TakesTheFirstOfferThatItCanKeepTo) {
  WebSocketServer server(compressing());
  EXPECT_TRUE(
      has_line(server
                   .connect("/", offer("x-other, permessage-deflate; unknown") +
                                     offer("permessage-deflate; server_max_window_bits=10; client_max_window_bits"))
                   .answer(),
               "sec-websocket-extensions: permessage-deflate; server_max_window_bits=10"));
  EXPECT_THAT(server.connect("/", offer("permessage-deflate; server_max_window_bits=16")).answer(),
              Not(HasSubstr("sec-websocket-extensions")));
}

TEST(WebSocketCompression, GoesThereAndBackWithItsWindowKept) {
  WebSocketServer server(compressing());
  WebSocketClient client = server.connect("/", offer("permessage-deflate"));
  WebSocketDeflater deflater({});
  WebSocketInflater inflater({});
  const std::string text(1000, 'a');
  std::size_t first_size = 0;
  for (int i = 0; i < 3; ++i) {
    client.send(Frame{.payload = deflater.deflate(text + "middle" + text), .rsv = rsv1});
    const auto frame = client.read();
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->first, deflated_text);
    EXPECT_EQ(inflated(inflater, frame->payload), text + "middle" + text);
    if (i == 0) first_size = frame->payload.size();
    if (i == 1) {
      EXPECT_LT(frame->payload.size(), first_size);
    }
  }
}

TEST(WebSocketCompression, ForgetsItsWindowWhereThatWasAgreedOn) {
  WebSocketServer server(compressing());
  const std::string wish = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";
  WebSocketClient client = server.connect("/", offer(wish));
  EXPECT_TRUE(has_line(client.answer(), "sec-websocket-extensions: " + wish));
  const std::string text(1000, 'a');
  std::string first;
  for (int i = 0; i < 2; ++i) {
    WebSocketDeflater deflater({});
    WebSocketInflater inflater({});
    client.send(Frame{.payload = deflater.deflate(text), .rsv = rsv1});
    const auto frame = client.read();
    ASSERT_TRUE(frame);
    EXPECT_EQ(inflated(inflater, frame->payload), text);
    if (i == 0) first = frame->payload;
    EXPECT_EQ(frame->payload, first);
  }
}

TEST(WebSocketCompression, IsNotForShortMessages) {
  WebSocketServer server(compressing());
  WebSocketClient client = server.connect("/", offer("permessage-deflate"));
  client.send(Frame{.payload = "short"});
  EXPECT_EQ(client.read(), whole(op_text, "short"));
}

TEST(WebSocketCompression, OfAMessageInFragmentsIsMarkedOnTheFirst) {
  WebSocketServer server(compressing());
  WebSocketClient client = server.connect("/", offer("permessage-deflate"));
  // "Hello", as in RFC 7692 section 7.2.3.1.
  client.send(Frame{.payload = "\xf2\x48\xcd", .fin = false, .rsv = rsv1}.bytes() +
              Frame{.opcode = op_ping, .payload = "p"}.bytes() +
              Frame{.opcode = op_continuation, .payload = std::string("\xc9\xc9\x07\x00", 4)}.bytes());
  EXPECT_EQ(client.read(), whole(op_pong, "p"));
  EXPECT_EQ(client.read(), whole(op_text, "Hello"));
  client.send(Frame{.payload = "\xf2", .fin = false, .rsv = rsv1}.bytes() +
              Frame{.opcode = op_continuation, .payload = "\x48", .rsv = rsv1}.bytes());
  EXPECT_EQ(client.read_close(), 1002);
}

TEST(WebSocketCompression, OnAControlFrameIs1002) {
  WebSocketServer server(compressing());
  WebSocketClient client = server.connect("/", offer("permessage-deflate"));
  client.send(Frame{.opcode = op_ping, .rsv = rsv1});
  EXPECT_EQ(client.read_close(), 1002);
}

TEST(WebSocketCompression, ThatWasNotAgreedOnIs1002) {
  WebSocketServer server;
  WebSocketClient client = server.connect("/", offer("permessage-deflate"));
  client.send(Frame{.payload = std::string("\xf2\x48\xcd\xc9\xc9\x07\x00", 7), .rsv = rsv1});
  EXPECT_EQ(client.read_close(), 1002);
}

TEST(WebSocketCompression, OfWhatIsNotUtf8OrNoStreamIs1007) {
  WebSocketServer server(compressing());
  for (const std::string& payload : {WebSocketDeflater({}).deflate("\xff"), std::string("\xff\xff\xff", 3)}) {
    WebSocketClient client = server.connect("/", offer("permessage-deflate"));
    client.send(Frame{.payload = payload, .rsv = rsv1});
    EXPECT_EQ(client.read_close(), 1007);
  }
}

TEST(WebSocketCompression, OfABombIs1009) {
  WebSocketServer server(compressing(10'000));
  WebSocketClient client = server.connect("/", offer("permessage-deflate"));
  WebSocketDeflater deflater({});
  client.send(Frame{.opcode = op_binary, .payload = deflater.deflate(std::string(10'000, 'a')), .rsv = rsv1});
  EXPECT_EQ(client.read().value_or(ServerFrame{}).first, 0xC2U);
  const std::string bomb = deflater.deflate(std::string(8 * 1024 * 1024, '\0'));
  EXPECT_LT(bomb.size(), 20'000U);
  client.send(Frame{.opcode = op_binary, .payload = bomb, .rsv = rsv1});
  EXPECT_EQ(client.read_close(), 1009);
}

TEST(WebSocketCompression, OfLargeMessagesIsWhole) {
  WebSocketServer server(compressing());
  WebSocketClient client = server.connect("/", offer("permessage-deflate"));
  WebSocketDeflater deflater({});
  WebSocketInflater inflater({});
  std::string payload;
  for (int i = 0; payload.size() < 700'000; ++i) payload += std::to_string(i * 7919) + ",";
  for (int i = 0; i < 2; ++i) {
    client.send(Frame{.payload = deflater.deflate(payload), .rsv = rsv1});
    EXPECT_EQ(inflated(inflater, client.read().value_or(ServerFrame{}).payload), payload);
  }
}

}  // namespace serval::testing::web_socket_deflate_test
