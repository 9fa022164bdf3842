// SPDX-License-Identifier: MIT
// Which frames a client may send, and what happens to others (RFC 6455 section 5).
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/wire/support/web_socket_service.hpp"

namespace serval::testing::web_socket_frames_test {

/// The server's response to these bytes of a client that has just connected: messages, then the code that it closes
/// with. The client closes after `messages` messages.
struct Outcome {
  std::vector<std::string> messages;
  int code = 0;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};
void PrintTo(const Outcome& outcome, std::ostream* out) {
  for (const auto& message : outcome.messages) *out << '"' << message << "\" ";
  *out << outcome.code;
}

Outcome outcome_of(const std::string& bytes, std::size_t messages = 0) {
  WebSocketServer server(
      [](WebSocketService&, ServerOptions& options) { options.web_sockets.max_message_bytes = 1000; });
  WebSocketClient client = server.connect();
  client.send(bytes);
  Outcome outcome;
  while (const auto frame = client.read()) {
    if (frame->first == (0x80U | op_close)) {
      outcome.code = frame->payload.size() < 2 ? 1005
                                               : static_cast<unsigned char>(frame->payload[0]) << 8 |
                                                     static_cast<unsigned char>(frame->payload[1]);
      EXPECT_TRUE(client.is_ended()) << "nothing comes after a close frame";
      break;
    }
    outcome.messages.push_back(frame->payload);
    if (outcome.messages.size() == messages) client.send(close_frame(1000));
  }
  if (outcome.code != 1005) {
    EXPECT_EQ(server.service().ending(), outcome.code);
  }
  return outcome;
}

Outcome refused(int code) { return {.messages = {}, .code = code}; }

TEST(WebSocketFragments, AreOneMessage) {
  EXPECT_EQ(outcome_of(Frame{.payload = "one ", .fin = false}.bytes() +
                           Frame{.opcode = op_continuation, .payload = "two ", .fin = false}.bytes() +
                           Frame{.opcode = op_continuation, .payload = "three"}.bytes(),
                       1),
            (Outcome{{"one two three"}, 1000}));
}

TEST(WebSocketFragments, MayBeEmpty) {
  EXPECT_EQ(outcome_of(Frame{.fin = false}.bytes() + Frame{.opcode = op_continuation, .fin = false}.bytes() +
                           Frame{.opcode = op_continuation, .payload = "x", .fin = false}.bytes() +
                           Frame{.opcode = op_continuation}.bytes(),
                       1),
            (Outcome{{"x"}, 1000}));
}

TEST(WebSocketFragments, LetControlFramesThrough) {
  EXPECT_EQ(
      outcome_of(Frame{.payload = "one ", .fin = false}.bytes() + Frame{.opcode = op_ping, .payload = "ping"}.bytes() +
                     Frame{.opcode = op_continuation, .payload = "two"}.bytes(),
                 1)
          .messages.size(),
      2U);
  WebSocketServer server;
  WebSocketClient client = server.connect();
  client.send(Frame{.payload = "one ", .fin = false}.bytes() + Frame{.opcode = op_ping, .payload = "ping"}.bytes());
  EXPECT_EQ(client.read(), whole(op_pong, "ping"));
  client.send(Frame{.opcode = op_continuation, .payload = "two"});
  EXPECT_EQ(client.read(), whole(op_text, "one two"));
}

TEST(WebSocketFragments, WithoutAMessageAre1002) {
  EXPECT_EQ(outcome_of(Frame{.opcode = op_continuation, .payload = "x"}.bytes()), refused(1002));
  EXPECT_EQ(outcome_of(Frame{.payload = "x"}.bytes() + Frame{.opcode = op_continuation}.bytes()).code, 1002);
}

TEST(WebSocketFragments, CannotBeCutByAnotherMessage) {
  EXPECT_EQ(outcome_of(Frame{.payload = "x", .fin = false}.bytes() + Frame{.payload = "y"}.bytes()), refused(1002));
}

TEST(WebSocketControlFrames, ThatAreFragmentedAre1002) {
  for (const unsigned opcode : {op_ping, op_pong, op_close}) {
    EXPECT_EQ(outcome_of(Frame{.opcode = opcode, .fin = false}.bytes()), refused(1002));
  }
}

TEST(WebSocketControlFrames, HaveAtMost125Bytes) {
  const std::string most(125, 'p');
  EXPECT_EQ(outcome_of(Frame{.opcode = op_ping, .payload = most}.bytes(), 1).code, 1000);
  for (const unsigned opcode : {op_ping, op_pong, op_close}) {
    EXPECT_EQ(outcome_of(Frame{.opcode = opcode, .payload = most + "p"}.bytes()), refused(1002));
  }
}

TEST(WebSocketPing, IsAnsweredWithItsPayload) {
  WebSocketServer server;
  WebSocketClient client = server.connect();
  for (const std::string& payload : {std::string(), std::string("hello"), std::string(125, '\xff')}) {
    client.send(Frame{.opcode = op_ping, .payload = payload});
    EXPECT_EQ(client.read(), whole(op_pong, payload));
  }
}

TEST(WebSocketPing, OfSeveralAtOnceEachIsAnswered) {
  WebSocketServer server;
  WebSocketClient client = server.connect();
  std::string pings;
  for (int i = 0; i < 10; ++i) pings += Frame{.opcode = op_ping, .payload = std::to_string(i)}.bytes();
  client.send(pings);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(client.read(), whole(op_pong, std::to_string(i)));
}

TEST(WebSocketPong, ThatNobodyAskedForIsIgnored) {
  EXPECT_EQ(outcome_of(Frame{.opcode = op_pong, .payload = "x"}.bytes() + Frame{.payload = "y"}.bytes() +
                           Frame{.opcode = op_pong}.bytes(),
                       1),
            (Outcome{{"y"}, 1000}));
}

TEST(WebSocketFrames, WithoutAMaskAre1002) {
  EXPECT_EQ(outcome_of(Frame{.payload = "x", .masked = false}.bytes()), refused(1002));
  EXPECT_EQ(outcome_of(Frame{.opcode = op_ping, .masked = false}.bytes()), refused(1002));
}

TEST(WebSocketFrames, WithReservedBitsAre1002) {
  for (const unsigned opcode : {op_text, op_binary, op_ping, op_close}) {
    for (const unsigned rsv : {1U, 2U, 4U, 7U}) {
      EXPECT_EQ(outcome_of(Frame{.opcode = opcode, .rsv = rsv}.bytes()), refused(1002)) << opcode << " " << rsv;
    }
  }
  EXPECT_EQ(outcome_of(Frame{.fin = false}.bytes() + Frame{.opcode = op_continuation, .rsv = 4}.bytes()),
            refused(1002));
}

TEST(WebSocketFrames, WithReservedOpcodesAre1002) {
  for (const unsigned opcode : {3U, 4U, 5U, 6U, 7U, 11U, 12U, 13U, 14U, 15U}) {
    EXPECT_EQ(outcome_of(Frame{.opcode = opcode}.bytes()), refused(1002)) << opcode;
  }
}

TEST(WebSocketFrames, HaveTheirLengthInItsShortestForm) {
  EXPECT_EQ(outcome_of(Frame{.payload = "x", .length_bytes = 2}.bytes()), refused(1002));
  EXPECT_EQ(outcome_of(Frame{.payload = std::string(200, 'x'), .length_bytes = 8}.bytes()), refused(1002));
  EXPECT_EQ(outcome_of(Frame{.length_bytes = 8, .announced = std::uint64_t{1} << 63}.bytes()), refused(1002));
}

TEST(WebSocketFrames, AreRefusedAtTheFirstByteThatIsWrong) {
  EXPECT_EQ(outcome_of("\xB1"), refused(1002)) << "reserved bits";
  EXPECT_EQ(outcome_of(std::string("\x81\x05", 2)), refused(1002)) << "no mask";
}

/// The frames that a client sends: two messages around a ping, then a frame with a fault.
const std::string messages_and_fault = Frame{.payload = "a"}.bytes() +
                                       Frame{.opcode = op_ping, .payload = "p"}.bytes() +
                                       Frame{.payload = "b"}.bytes() + Frame{.payload = "c", .rsv = 1}.bytes();

TEST(WebSocketFrames, BehindWholeMessagesAreRefusedOnceThoseAreAnswered) {
  WebSocketServer server;
  WebSocketClient client = server.connect();
  client.send(messages_and_fault);
  EXPECT_EQ(client.read(), whole(op_pong, "p"));
  EXPECT_EQ(client.read(), whole(op_text, "a"));
  EXPECT_EQ(client.read(), whole(op_text, "b"));
  EXPECT_EQ(client.read_close(), 1002);
  EXPECT_TRUE(client.is_ended());
  EXPECT_EQ(server.service().ending(), 1002);
}

TEST(WebSocketFrames, AreRefusedOnceAHandlerAtWorkHasAnswered) {
  std::promise<void> sent;
  WebSocketServer server([&sent](http::WebSocketChannel& channel) -> Task<void> {
    co_await accept(channel);
    const WebSocketMessage first = co_await channel.receive();
    EXPECT_EQ(channel.phase(), http::WebSocketChannel::Phase::open);
    sent.get_future().wait();
    // Gives the frames that the client has sent time to arrive.
    for (int i = 0; i < 100; ++i) co_await at_once();
    co_await channel.send(first.kind, "answer");
    (void)co_await channel.receive();
  });
  WebSocketClient client = server.connect();
  client.send(Frame{.payload = "a"});
  client.send(Frame{.payload = "c", .rsv = 1});
  sent.set_value();
  EXPECT_EQ(client.read(), whole(op_text, "answer"));
  EXPECT_EQ(client.read_close(), 1002);
  EXPECT_EQ(server.service().ending(), 1002);
}

TEST(WebSocketFrames, AreRefusedAlsoWhereTheHandlerTakesNoMessage) {
  WebSocketServer server(
      [](http::WebSocketChannel& channel) -> Task<void> {
        co_await accept(channel);
        while (channel.phase() == http::WebSocketChannel::Phase::open) co_await wait(std::chrono::milliseconds{1});
      },
      [](WebSocketService&, ServerOptions& options) {
        options.web_sockets.close_timeout = std::chrono::milliseconds{20};
      });
  WebSocketClient client = server.connect();
  client.send(messages_and_fault);
  EXPECT_EQ(client.read(), whole(op_pong, "p"));
  EXPECT_EQ(client.read_close(), 1002);
}

TEST(WebSocketFrames, ThatAreWrongCloseAlsoWhereTheHandlerEndsFirst) {
  WebSocketServer server([](http::WebSocketChannel& channel) -> Task<void> {
    co_await accept(channel);
    (void)co_await channel.receive();
  });
  WebSocketClient client = server.connect();
  client.send(messages_and_fault);
  EXPECT_EQ(client.read(), whole(op_pong, "p"));
  EXPECT_EQ(client.read_close(), 1002);
}

TEST(WebSocketMessageLimit, IsOnWholeMessages) {
  const std::string most(1000, 'x');
  EXPECT_EQ(outcome_of(Frame{.payload = most}.bytes(), 1), (Outcome{{most}, 1000}));
  EXPECT_EQ(outcome_of(Frame{.payload = most + "x"}.bytes()), refused(1009));
  EXPECT_EQ(outcome_of(Frame{.payload = most, .fin = false}.bytes() +
                       Frame{.opcode = op_continuation, .payload = "x"}.bytes()),
            refused(1009));
  EXPECT_EQ(outcome_of(Frame{.announced = std::uint64_t{1} << 62}.bytes()), refused(1009)) << "from its head on";
}

TEST(WebSocketMessageLimit, Of0IsNone) {
  WebSocketServer server([](WebSocketService&, ServerOptions& options) { options.web_sockets.max_message_bytes = 0; });
  WebSocketClient client = server.connect();
  const std::string large(3 * 1024 * 1024, 'x');
  client.send(Frame{.opcode = op_binary, .payload = large});
  EXPECT_EQ(client.read(), whole(op_binary, large));
}

TEST(WebSocketText, IsUtf8) {
  const std::string valid =
      "\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5 \xf0\x9f\x98\x80 \xed\x9f\xbf \xf4\x8f\xbf\xbf";
  EXPECT_EQ(outcome_of(Frame{.payload = valid}.bytes(), 1), (Outcome{{valid}, 1000}));
  for (const char* invalid : {"\xff", "\x80", "a\xc3", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                              "\xf8\x88\x80\x80\x80", "\xce\xba\xed\xbf\xbf", "0123456789abcde\xfe"}) {
    EXPECT_EQ(outcome_of(Frame{.payload = invalid}.bytes()), refused(1007)) << invalid;
    EXPECT_EQ(outcome_of(Frame{.opcode = op_binary, .payload = invalid}.bytes(), 1), (Outcome{{invalid}, 1000}));
  }
}

TEST(WebSocketText, MayBeCutAnywhere) {
  const std::string text = "\xce\xba\xe1\xbd\xb9\xf0\x9f\x98\x80";
  std::string frames;
  for (const char byte : text) {
    frames += Frame{.opcode = frames.empty() ? op_text : op_continuation, .payload = {byte}, .fin = false}.bytes();
  }
  EXPECT_EQ(outcome_of(frames + Frame{.opcode = op_continuation}.bytes(), 1), (Outcome{{text}, 1000}));
}

TEST(WebSocketText, ThatCannotBecomeUtf8IsRefusedBeforeItIsWhole) {
  EXPECT_EQ(outcome_of(Frame{.payload = "\xce\xba\xed\xa0", .announced = 900}.bytes()), refused(1007));
  EXPECT_EQ(outcome_of(Frame{.payload = "\xf4\x90", .fin = false}.bytes()), refused(1007));
}

TEST(WebSocketClose, IsAnsweredWithItsCode) {
  for (const int code :
       {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999}) {
    EXPECT_EQ(outcome_of(close_frame(code)), refused(code));
  }
  EXPECT_EQ(outcome_of(Frame{.opcode = op_close}.bytes()), refused(1005));
}

TEST(WebSocketClose, WithACodeThatMustNotBeSentIs1002) {
  for (const int code : {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535}) {
    EXPECT_EQ(outcome_of(close_frame(code)), refused(1002)) << code;
  }
  EXPECT_EQ(outcome_of(Frame{.opcode = op_close, .payload = "x"}.bytes()), refused(1002));
}

TEST(WebSocketClose, HasAReasonInUtf8) {
  EXPECT_EQ(outcome_of(close_frame(1000, std::string(123, 'r'))), refused(1000));
  EXPECT_EQ(outcome_of(close_frame(1000, "\xce\xba\xed\xa0\x80")), refused(1007));
}

TEST(WebSocketClose, IsTheLastThatCounts) {
  EXPECT_EQ(outcome_of(close_frame(1000) + Frame{.payload = "after"}.bytes() + Frame{.opcode = op_ping}.bytes() +
                       close_frame(1001)),
            refused(1000));
}

}  // namespace serval::testing::web_socket_frames_test
