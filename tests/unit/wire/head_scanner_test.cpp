// SPDX-License-Identifier: MIT
#include "wire/head_scanner.hpp"

#include <gtest/gtest.h>

#include <string>

namespace serval::detail::head_scanner_test {

using Result = HeadScanner::Result;
const http::Limits defaults;

Result scan(std::string_view bytes, const http::Limits& limits = defaults) { return HeadScanner{}.scan(bytes, limits); }
int status_of(std::string_view bytes, const http::Limits& limits = defaults) {
  HeadScanner scanner;
  (void)scanner.scan(bytes, limits);
  return scanner.refusal().status;
}

TEST(HeadScanner, FindsTheEndOfAHead) {
  HeadScanner scanner;
  EXPECT_EQ(scanner.scan("GET / HTTP/1.1\r\nHost: x\r\n\r\nbody\r\n\r\n", defaults), Result::complete);
  EXPECT_EQ(scanner.head_begin(), 0U);
  EXPECT_EQ(scanner.head_end(), 27U);
}

TEST(HeadScanner, FindsItWhereverTheBytesAreCut) {
  const std::string head = "\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n";
  for (std::size_t cut = 0; cut < head.size(); ++cut) {
    HeadScanner scanner;
    EXPECT_EQ(scanner.scan(std::string_view(head).substr(0, cut), defaults), Result::need_more) << cut;
    EXPECT_EQ(scanner.scan(head, defaults), Result::complete) << cut;
    EXPECT_EQ(scanner.head_begin(), 2U);
    EXPECT_EQ(scanner.head_end(), head.size());
  }
}

TEST(HeadScanner, HasStartedWithTheFirstByteOfARequestLine) {
  HeadScanner scanner;
  (void)scanner.scan("\r\n", defaults);
  EXPECT_FALSE(scanner.started("\r\n"));
  (void)scanner.scan("\r\nG", defaults);
  EXPECT_TRUE(scanner.started("\r\nG"));
}

TEST(HeadScanner, RefusesALineFeedWithoutCarriageReturn) {
  EXPECT_EQ(status_of("GET / HTTP/1.1\n"), 400);
  EXPECT_EQ(status_of("\n"), 400);
}

TEST(HeadScanner, RefusesARequestLineWithoutVersionAtItsEnd) {
  EXPECT_EQ(status_of("GET /\r\n"), 400);
  EXPECT_EQ(status_of("GET / HTTP/1.1 \r\n"), 400);
}

TEST(HeadScanner, RefusesOtherVersions) {
  EXPECT_EQ(status_of("PRI * HTTP/2.0\r\n"), 505);
  EXPECT_EQ(status_of("GET / HTTP/1.2\r\n"), 505);
  EXPECT_EQ(status_of("GET / HTTP/1.x\r\n"), 400);
}

TEST(HeadScanner, RefusesAForeignProtocolBeforeItsFirstLineEnds) {
  EXPECT_EQ(status_of("\x16\x03\x01"), 400);
  EXPECT_EQ(status_of(std::string(100, 'A')), 400);
}

TEST(HeadScanner, WaitsForTheRestOfAnEmptyLine) { EXPECT_EQ(scan("\r"), Result::need_more); }

TEST(HeadScanner, BoundsTheEmptyLinesInFront) {
  EXPECT_EQ(status_of("\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n"), 0);
  EXPECT_EQ(status_of("\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n"), 400);
}

TEST(HeadScanner, AppliesTheLimitOfHeadBytesWholeOrNot) {
  http::Limits limits;
  limits.max_head_bytes = 40;
  EXPECT_EQ(scan("GET / HTTP/1.1\r\nHost: x\r\nX: 90123456\r\n\r\n", limits), Result::complete);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: x\r\nX: 901234567\r\n\r\n", limits), 431);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: x\r\nX: 901234567890123", limits), 431);
}

TEST(HeadScanner, AppliesTheLimitOfFields) {
  http::Limits limits;
  limits.max_header_fields = 2;
  EXPECT_EQ(scan("GET / HTTP/1.1\r\na: b\r\nc: d\r\n\r\n", limits), Result::complete);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\na: b\r\nc: d\r\ne: f\r\n\r\n", limits), 431);
}

TEST(HeadScanner, AppliesTheLimitOfTheTargetWholeOrNot) {
  http::Limits limits;
  limits.max_target_bytes = 4;
  EXPECT_EQ(scan("GET /abc HTTP/1.1\r\n\r\n", limits), Result::complete);
  EXPECT_EQ(status_of("GET /abcd HTTP/1.1\r\n", limits), 414);
  EXPECT_EQ(status_of("GET /abcd", limits), 414);
}

TEST(HeadScanner, TakesZeroForNoLimit) {
  http::Limits limits;
  limits.max_head_bytes = limits.max_header_fields = limits.max_target_bytes = 0;
  std::string head = "GET /" + std::string(100'000, 'a') + " HTTP/1.1\r\n";
  for (int i = 0; i < 1000; ++i) head += "a: b\r\n";
  EXPECT_EQ(scan(head + "\r\n", limits), Result::complete);
}

}  // namespace serval::detail::head_scanner_test
