// SPDX-License-Identifier: MIT
#include "wire/web_socket_reader.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/wire/support/web_socket_client.hpp"

namespace serval::detail::web_socket_reader_test {

using serval::testing::Frame;
using Event = WebSocketReader::Event;

/// Reads `bytes` in pieces of `piece` bytes, and returns the events with their payload or code.
std::vector<std::pair<Event, std::string>> events_of(std::string_view bytes, std::size_t piece,
                                                     std::size_t max_message_bytes = 0) {
  WebSocketReader reader(max_message_bytes, nullptr);
  std::vector<std::pair<Event, std::string>> events;
  while (!bytes.empty()) {
    std::string_view input = bytes.substr(0, piece);
    bytes.remove_prefix(input.size());
    for (;;) {
      const Event event = reader.read(input);
      if (event == Event::need_more) break;
      std::string told(reader.control());
      if (event == Event::message) told = reader.take_message().data;
      if (event == Event::close) told = std::to_string(reader.close_code()).append(reader.close_reason());
      if (event == Event::failed) told = std::to_string(reader.fault().code);
      events.emplace_back(event, std::move(told));
      if (event == Event::close || event == Event::failed) return events;
    }
    EXPECT_TRUE(input.empty());
  }
  return events;
}

TEST(WebSocketReader, TellsTheSameHoweverBytesAreCut) {
  const std::string bytes = Frame{.payload = "one", .fin = false}.bytes() +
                            Frame{.opcode = testing::op_ping, .payload = "two"}.bytes() +
                            Frame{.opcode = testing::op_continuation, .payload = std::string(70'000, '3')}.bytes() +
                            Frame{.opcode = testing::op_pong}.bytes() + testing::close_frame(1000, "four");
  const std::vector<std::pair<Event, std::string>> expected{{Event::ping, "two"},
                                                            {Event::message, "one" + std::string(70'000, '3')},
                                                            {Event::pong, ""},
                                                            {Event::close, "1000four"}};
  for (const std::size_t piece :
       {std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{7}, std::size_t{4096}, bytes.size()}) {
    EXPECT_EQ(events_of(bytes, piece), expected) << piece;
  }
}

TEST(WebSocketReader, StopsBehindEachEvent) {
  WebSocketReader reader(0, nullptr);
  const std::string bytes = Frame{.payload = "one"}.bytes() + Frame{.payload = "two"}.bytes();
  std::string_view input = bytes;
  EXPECT_EQ(reader.read(input), Event::message);
  EXPECT_EQ(reader.take_message().data, "one");
  EXPECT_EQ(input, Frame{.payload = "two"}.bytes());
}

TEST(WebSocketReader, TellsTextFromBinary) {
  for (const auto& [opcode, kind] : {std::pair{testing::op_text, WebSocketMessage::Kind::text},
                                     std::pair{testing::op_binary, WebSocketMessage::Kind::binary}}) {
    WebSocketReader reader(0, nullptr);
    const std::string bytes = Frame{.opcode = opcode, .payload = "x"}.bytes();
    std::string_view input = bytes;
    EXPECT_EQ(reader.read(input), Event::message);
    EXPECT_EQ(reader.take_message().kind, kind);
  }
}

TEST(WebSocketReader, UnmasksAtEveryOffset) {
  std::string payload;
  for (int i = 0; i < 256; ++i) payload += static_cast<char>(static_cast<unsigned char>(i));
  const std::string bytes = Frame{.opcode = testing::op_binary, .payload = payload}.bytes();
  for (std::size_t piece = 1; piece < 40; ++piece) EXPECT_EQ(events_of(bytes, piece).at(0).second, payload);
}

TEST(WebSocketReader, RefusesALengthBeyondTheLimitBeforeAnyOfIt) {
  const std::string head = Frame{.announced = 101}.bytes();
  EXPECT_EQ(events_of(head, head.size(), 100).at(0), std::pair(Event::failed, std::string("1009")));
}

TEST(WebSocketReader, WithoutACodeAClosesIs1005) {
  EXPECT_EQ(events_of(Frame{.opcode = testing::op_close}.bytes(), 99).at(0),
            std::pair(Event::close, std::string("1005")));
}

}  // namespace serval::detail::web_socket_reader_test
