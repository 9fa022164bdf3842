// SPDX-License-Identifier: MIT
#include "net/web_socket_outbox.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

namespace serval::detail::web_socket_outbox_test {

using Item = WebSocketOutbox::Item;

Item item(Item::Kind kind, std::string payload, std::size_t counted_bytes = 0) {
  const auto opcode = kind == Item::Kind::pong    ? WebSocketOpcode::pong
                      : kind == Item::Kind::close ? WebSocketOpcode::close
                                                  : WebSocketOpcode::text;
  const WebSocketFrameHead head(opcode, payload.size());
  return {.kind = kind,
          .head = head,
          .payload = std::make_shared<const std::string>(std::move(payload)),
          .counted_bytes = counted_bytes};
}

/// Returns all bytes that are left, taken in steps of at most `step` bytes.
std::string drained(WebSocketOutbox& outbox, std::size_t step = 1000) {
  std::string out;
  while (!outbox.empty()) {
    WebSocketOutbox::Buffers buffers;
    std::string next;
    for (const auto& buffer : outbox.next(buffers)) next.append(static_cast<const char*>(buffer.data()), buffer.size());
    next = next.substr(0, step);
    outbox.advance(next.size());
    out += next;
  }
  EXPECT_EQ(outbox.bytes(), 0U);
  return out;
}

TEST(WebSocketFrameHead, HasTheShortestLength) {
  const auto text = [](std::size_t size) {
    return std::string(WebSocketFrameHead(WebSocketOpcode::text, size).text());
  };
  EXPECT_EQ(text(0), std::string("\x81\x00", 2));
  EXPECT_EQ(text(125), "\x81\x7d");
  EXPECT_EQ(text(126), std::string("\x81\x7e\x00\x7e", 4));
  EXPECT_EQ(text(65535), "\x81\x7e\xff\xff");
  EXPECT_EQ(text(65536), std::string("\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00", 10));
}

TEST(WebSocketOutbox, SendsInOrderInAnyStep) {
  for (const std::size_t step : {1U, 2U, 3U, 1000U}) {
    WebSocketOutbox outbox;
    for (int i = 0; i < 50; ++i) outbox.push(item(Item::Kind::message, std::to_string(i)));
    std::string expected;
    for (int i = 0; i < 50; ++i) {
      expected += std::string("\x81") + static_cast<char>(std::to_string(i).size()) + std::to_string(i);
    }
    EXPECT_EQ(drained(outbox, step), expected);
  }
}

TEST(WebSocketOutbox, CountsWhatIsSentAsAWhole) {
  WebSocketOutbox outbox;
  outbox.push(item(Item::Kind::message, "one", 10));
  outbox.push(item(Item::Kind::message, "two", 20));
  outbox.push(item(Item::Kind::close, "xx"));
  EXPECT_EQ(outbox.bytes(), 14U);
  EXPECT_EQ(outbox.advance(4).counted_bytes, 0U);
  EXPECT_EQ(outbox.advance(5).counted_bytes, 10U);
  EXPECT_EQ(outbox.bytes(), 5U);
  const auto rest = outbox.advance(5);
  EXPECT_EQ(rest.counted_bytes, 20U);
  EXPECT_TRUE(rest.close);
}

TEST(WebSocketOutbox, PutsPongsInTheirOrderBehindWhatHasBegun) {
  WebSocketOutbox outbox;
  outbox.push(item(Item::Kind::message, "a"));
  outbox.push(item(Item::Kind::message, "b"));
  outbox.advance(1);
  outbox.push_soon(item(Item::Kind::pong, "1"));
  outbox.push_soon(item(Item::Kind::pong, "2"));
  EXPECT_EQ(drained(outbox),
            "\x01"
            "a\x8a\x01"
            "1\x8a\x01"
            "2\x81\x01"
            "b");
}

TEST(WebSocketOutbox, HoldsSoManyPongsAndThenTheLatest) {
  WebSocketOutbox outbox;
  for (int i = 0; i < 100; ++i) outbox.push_soon(item(Item::Kind::pong, std::string(1, static_cast<char>(i))));
  EXPECT_EQ(outbox.bytes(), 3 * WebSocketOutbox::max_waiting_pongs);
  const std::string sent = drained(outbox);
  EXPECT_EQ(sent.substr(0, 6), std::string("\x8a\x01\0\x8a\x01\x01", 6));
  EXPECT_EQ(sent.substr(sent.size() - 3), "\x8a\x01\x63");
}

TEST(WebSocketOutbox, DropsAllButWhatHasBegun) {
  WebSocketOutbox outbox;
  outbox.push(item(Item::Kind::message, "a"));
  outbox.push(item(Item::Kind::close, "xx"));
  outbox.advance(1);
  EXPECT_FALSE(outbox.drop_waiting());
  EXPECT_EQ(drained(outbox),
            "\x01"
            "a");
  outbox.push(item(Item::Kind::close, "xx"));
  outbox.advance(1);
  EXPECT_TRUE(outbox.drop_waiting());
  EXPECT_EQ(outbox.bytes(), 3U);
}

}  // namespace serval::detail::web_socket_outbox_test
