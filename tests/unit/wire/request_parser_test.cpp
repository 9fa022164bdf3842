// SPDX-License-Identifier: MIT
#include "wire/request_parser.hpp"

#include <gtest/gtest.h>

#include <string>

namespace serval::detail::request_parser_test {

// tests/wire/net_framing_test.cpp has the cases of refused framing; there they go through the whole server.
struct Parsed {
  Request request;
  RequestFraming framing;
  Refusal refusal;
  explicit Parsed(std::string_view head) : refusal(parse_request_head(head, request, framing)) {}
};

TEST(ParseRequestHead, SplitsRequestLineAndFields) {
  const std::string head = "GET /items/a%20b?x=1 HTTP/1.1\r\nHost: a.example:80\r\nX-A: \t b c \r\nx-a:\r\n\r\n";
  const Parsed parsed(head);
  ASSERT_FALSE(parsed.refusal) << parsed.refusal.why;
  EXPECT_EQ(parsed.request.method(), http::Method::get);
  EXPECT_EQ(parsed.request.target(), "/items/a%20b?x=1");
  EXPECT_EQ(parsed.request.raw_path(), "/items/a%20b");
  EXPECT_EQ(parsed.request.query_string(), "x=1");
  EXPECT_EQ(parsed.request.host(), "a.example:80");
  EXPECT_EQ(parsed.request.headers().get_all("X-A"), (std::vector<std::string_view>{"b c", ""}));
}

TEST(ParseRequestHead, GivesViewsOfTheHead) {
  const std::string head = "GET /path HTTP/1.1\r\nHost: x\r\n\r\n";
  const Parsed parsed(head);
  EXPECT_EQ(parsed.request.target().data(), head.data() + 4);
  EXPECT_EQ(parsed.request.header("host")->data(), head.data() + head.find("x\r"));
}

TEST(ParseRequestHead, KeepsAnUnknownMethodAsSent) {
  const Parsed parsed("BREW /pot HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(parsed.request.method(), http::Method::unknown);
  EXPECT_EQ(parsed.request.method_text(), "BREW");
}

TEST(ParseRequestHead, TakesTheAuthorityOfAnAbsoluteTargetOverHost) {
  const Parsed parsed("GET http://a.example/p HTTP/1.1\r\nHost: b.example\r\n\r\n");
  ASSERT_FALSE(parsed.refusal);
  EXPECT_EQ(parsed.request.host(), "a.example");
  EXPECT_EQ(parsed.request.raw_path(), "/p");
}

TEST(ParseRequestHead, RefusesUserInfoInAnAbsoluteTarget) {
  EXPECT_EQ(Parsed("GET http://u@a.example/ HTTP/1.1\r\nHost: x\r\n\r\n").refusal.status, 400);
}

TEST(ParseRequestHead, TellsTheFraming) {
  EXPECT_FALSE(Parsed("GET / HTTP/1.1\r\nHost: x\r\n\r\n").framing.has_body());
  const Parsed length("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 42\r\nExpect: 100-Continue\r\n\r\n");
  EXPECT_EQ(length.framing.body, RequestFraming::Body::length);
  EXPECT_EQ(length.framing.content_length, 42U);
  EXPECT_TRUE(length.framing.expects_continue);
  const Parsed chunked("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  EXPECT_EQ(chunked.framing.body, RequestFraming::Body::chunked);
  EXPECT_TRUE(chunked.framing.has_body());
}

TEST(ParseRequestHead, TellsWhetherTheConnectionPersists) {
  EXPECT_TRUE(Parsed("GET / HTTP/1.1\r\nHost: x\r\n\r\n").framing.keep_alive);
  EXPECT_FALSE(Parsed("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").framing.keep_alive);
  EXPECT_FALSE(Parsed("GET / HTTP/1.0\r\n\r\n").framing.keep_alive);
  EXPECT_TRUE(Parsed("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n").framing.keep_alive);
}

TEST(ParseRequestHead, GivesFreshFramingEachTime) {
  Request request;
  RequestFraming framing;
  EXPECT_FALSE(parse_request_head("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n", request, framing));
  EXPECT_FALSE(parse_request_head("GET / HTTP/1.1\r\nHost: x\r\n\r\n", request, framing));
  EXPECT_FALSE(framing.has_body());
}

TEST(ParseRequestHead, SaysWhyItRefuses) {
  EXPECT_EQ(Parsed("GET / HTTP/1.1\r\nHost: x\r\nContent-Type: a/b\r\ncontent-type: a/b\r\n\r\n").refusal.why,
            "More than one Content-Type");
  EXPECT_EQ(Parsed("GET / HTTP/1.1\r\n\r\n").refusal.why, "Host missing");
  EXPECT_EQ(Parsed("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n").refusal.status, 501);
}

}  // namespace serval::detail::request_parser_test
