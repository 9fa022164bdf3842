// SPDX-License-Identifier: MIT
#include "wire/body_decoder.hpp"

#include <gtest/gtest.h>

#include <string>

namespace serval::detail::body_decoder_test {

using Event = BodyDecoder::Event;

struct Decoded {
  std::string body;
  std::string rest;  ///< the bytes after the message
  Event end = Event::need_more;
  int status = 0;
};

/// Decodes `bytes` in pieces of `piece` bytes.
Decoded decode(RequestFraming framing, std::string_view bytes, std::size_t piece, const http::Limits& limits = {}) {
  BodyDecoder decoder;
  decoder.start(framing);
  Decoded decoded;
  while (true) {
    std::string_view given = bytes.substr(0, piece);
    const auto step = decoder.decode(given, limits);
    bytes.remove_prefix(step.consumed);
    decoded.body += step.data;
    decoded.end = step.event;
    decoded.status = decoder.refusal().status;
    const bool more = step.event == Event::data || (step.event == Event::need_more && !bytes.empty());
    if (!more) break;
  }
  decoded.rest = bytes;
  return decoded;
}

RequestFraming chunked() { return {.body = RequestFraming::Body::chunked}; }
RequestFraming length(std::uint64_t bytes) { return {.body = RequestFraming::Body::length, .content_length = bytes}; }

TEST(BodyDecoder, HasNothingToDoWithoutABody) {
  EXPECT_EQ(decode({}, "next", 4).end, Event::done);
  EXPECT_EQ(decode(length(0), "next", 4).rest, "next");
}

TEST(BodyDecoder, TakesAsManyBytesAsTheLengthSays) {
  for (std::size_t piece = 1; piece < 12; ++piece) {
    const Decoded decoded = decode(length(5), "hellonext", piece);
    EXPECT_EQ(decoded.body, "hello");
    EXPECT_EQ(decoded.rest, "next");
    EXPECT_EQ(decoded.end, Event::done);
  }
}

TEST(BodyDecoder, JoinsChunksWhereverTheBytesAreCut) {
  const std::string bytes = "5\r\nhello\r\n00A;x=\"a;\\\"b\" ; y\r\n, chunked!\r\n0\r\nA: b\r\nC:\r\n\r\nnext";
  for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
    const Decoded decoded = decode(chunked(), bytes, piece);
    EXPECT_EQ(decoded.end, Event::done) << piece;
    EXPECT_EQ(decoded.body, "hello, chunked!");
    EXPECT_EQ(decoded.rest, "next");
  }
}

TEST(BodyDecoder, WaitsForTheLastByteOfTheFraming) {
  const std::string bytes = "1\r\na\r\n0\r\n\r\n";
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
    EXPECT_EQ(decode(chunked(), bytes.substr(0, cut), 1).end, Event::need_more) << cut;
  }
}

TEST(BodyDecoder, GivesDataWithoutCopying) {
  const std::string bytes = "5\r\nhello\r\n0\r\n\r\n";
  BodyDecoder decoder;
  decoder.start(chunked());
  EXPECT_EQ(decoder.decode(bytes, {}).data.data(), bytes.data() + 3);
}

TEST(BodyDecoder, TakesTheGreatestSizeAndNoGreater) {
  EXPECT_EQ(decode(chunked(), "FFFFFFFFFFFFFFFF\r\nx", 1).end, Event::need_more);
  EXPECT_EQ(decode(chunked(), "10000000000000000\r\nx", 1).status, 400);
  EXPECT_EQ(decode(chunked(), "00000000000000001\r\nx", 1).status, 400);
}

TEST(BodyDecoder, RefusesChunksTogetherBeyondTheLimitAsSoonAsTheyAreAnnounced) {
  const auto step_of = [](std::string_view bytes, std::uint64_t max_bytes) {
    BodyDecoder decoder;
    decoder.start(chunked(), max_bytes);
    for (;;) {
      const auto step = decoder.decode(bytes, {});
      bytes.remove_prefix(step.consumed);
      if (step.event != Event::data) return step.event == Event::refused ? decoder.refusal().status : 0;
    }
  };
  EXPECT_EQ(step_of("5\r", 4), 413);
  EXPECT_EQ(step_of("5;x", 4), 413);
  EXPECT_EQ(step_of("5\r\nhello\r\n0\r\n\r\n", 5), 0);
  EXPECT_EQ(step_of("3\r\nabc\r\n2\r\n", 5), 0);
  EXPECT_EQ(step_of("3\r\nabc\r\n3\r\n", 5), 413);
  EXPECT_EQ(step_of("1\r\na\r\nffffffffffffffff\r\n", 5), 413);
  EXPECT_EQ(step_of("ffffffffffffffff\r\n", 0), 0);
}

TEST(BodyDecoder, RefusesWhatIsNoChunk) {
  for (const char* bytes : {"x", "\r\n", "-1\r\n", "+1\r\n", "0x1\r\n", "1 \r\n", "1\t2\r\n", "1\n", "1\r\r", "1\r\nab",
                            "1\r\na\n", "1;\x01\r\n", "1;\"\r\n", "0\r\n\n", "0\r\n:\r\n", "0\r\n a\r\n", "0\r\na\r\n",
                            "0\r\na: \x01\r\n", "0\r\na: b\n"}) {
    EXPECT_EQ(decode(chunked(), bytes, 100).status, 400) << bytes;
    EXPECT_EQ(decode(chunked(), bytes, 1).status, 400) << bytes;
  }
}

TEST(BodyDecoder, CountsTheExtensionsOfAllChunks) {
  http::Limits limits;
  limits.max_chunk_extension_bytes = 6;
  EXPECT_EQ(decode(chunked(), "1;ab\r\nx\r\n0;cd\r\n\r\n", 9, limits).end, Event::done);
  EXPECT_EQ(decode(chunked(), "1;ab\r\nx\r\n0;cde\r\n\r\n", 9, limits).status, 400);
  EXPECT_EQ(decode(chunked(), "1       ;a\r\n", 9, limits).status, 400);
}

TEST(BodyDecoder, CountsTheTrailers) {
  http::Limits limits;
  limits.max_trailer_bytes = 10;
  EXPECT_EQ(decode(chunked(), "0\r\na: 45678\r\n\r\n", 9, limits).end, Event::done);
  EXPECT_EQ(decode(chunked(), "0\r\na: 456789\r\nb:c\r\n\r\n", 9, limits).status, 431);
}

}  // namespace serval::detail::body_decoder_test
