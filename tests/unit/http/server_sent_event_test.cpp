// SPDX-License-Identifier: MIT
#include <serval/http/server_sent_event.hpp>

#include <gtest/gtest.h>

#include <stdexcept>

namespace serval::server_sent_event_test {

std::string text_of(const ServerSentEvent& event) {
  std::string out;
  http::append_event(out, event);
  return out;
}

TEST(ServerSentEvent, HasItsFieldsInOrder) {
  EXPECT_EQ(text_of({.data = "d", .event = "e", .id = "7", .retry = std::chrono::milliseconds(5), .comment = "c"}),
            ": c\nevent: e\ndata: d\nid: 7\nretry: 5\n\n");
}

TEST(ServerSentEvent, SendsNothingOfWhatIsEmpty) { EXPECT_EQ(text_of({.data = "d"}), "data: d\n\n"); }

TEST(ServerSentEvent, HasDataThatAreEmptyWhereTheyAreGiven) {
  EXPECT_EQ(text_of({.data = "", .event = "tick"}), "event: tick\ndata: \n\n");
  EXPECT_EQ(text_of({.event = "tick"}), "event: tick\n\n");
}

TEST(ServerSentEvent, HasAFieldForEveryLine) {
  EXPECT_EQ(text_of({.data = "a\nb\r\nc\rd\n"}), "data: a\ndata: b\ndata: c\ndata: d\ndata: \n\n");
  EXPECT_EQ(text_of({.comment = "a\nevent: x"}), ": a\n: event: x\n\n");
}

TEST(ServerSentEvent, IsUtf8WhateverItIsMadeOf) {
  EXPECT_EQ(text_of({.data = "ü\xFFy\n\xC3", .event = "e\xFF", .id = "\xFFi", .comment = "c\xFF"}),
            ": c\uFFFD\nevent: e\uFFFD\ndata: ü\uFFFDy\ndata: \uFFFD\nid: \uFFFDi\n\n");
}

TEST(ServerSentEvent, RefusesWhatWouldBeAnotherField) {
  EXPECT_THROW(text_of({.event = "a\ndata: x"}), std::invalid_argument);
  EXPECT_THROW(text_of({.id = "a\rb"}), std::invalid_argument);
  EXPECT_THROW(text_of({.id = std::string("a\0b", 3)}), std::invalid_argument);
  EXPECT_THROW(text_of({.retry = std::chrono::milliseconds(-1)}), std::invalid_argument);
}

}  // namespace serval::server_sent_event_test
