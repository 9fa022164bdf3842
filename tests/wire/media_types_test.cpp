// SPDX-License-Identifier: MIT
// Bodies of all media types in both directions, over a socket.
#include <serval/http/media_type.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include <serval/serval.hpp>
#include <serval/server.hpp>

#include "tests/wire/support/client.hpp"
#include "tests/wire/support/exchange.hpp"

namespace serval::media_types_test {

using testing::body_of;
using testing::exchange;
using testing::has_line;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::post;
using testing::status_of;

struct Point {
  int x;
  int y;
};

struct BodyOver : ::testing::Test {
  BodyOver() {
    app.post("/point")([](Point point) { return point; });
    app.post("/raw")([](const Request& request) { return Response(200, std::string(request.body())); });
    app.post("/text")([](Body<std::string> text) { return plain_text(text); });
  }
  App app;
};

TEST_F(BodyOver, JsonOfAllItsTypesIsAModel) {
  for (const char* type : {"application/json", "Application/JSON ; Charset=UTF-8", "application/vnd.api+json",
                           "application/json; charset=latin-1"}) {
    const std::string answer = post(app, "/point", "content-type: " + std::string(type) + "\r\n", R"({"x":1,"y":2})");
    EXPECT_EQ(body_of(answer), R"({"x":1,"y":2})") << type;
    EXPECT_TRUE(has_line(answer, "content-type: application/json")) << type;
  }
}

TEST_F(BodyOver, WithoutMembersLacksEveryNamedBody) {
  app.post("/optional")([](Body<std::optional<int>, "size"> size) { return size; });
  EXPECT_EQ(body_of(post(app, "/optional", testing::json_type, "{}")), "null");
  EXPECT_EQ(body_of(post(app, "/optional", testing::json_type, "[5]")),
            R"({"detail":[{"type":"missing","loc":["body","size"],"msg":"Field required","input":null}]})");
}

TEST_F(BodyOver, JsonIsUtf8WhateverItsCharsetSays) {
  app.post("/name")([](Body<std::string, "name"> name) { return name.size(); });
  const std::string type = "content-type: application/json; charset=latin-1\r\n";
  EXPECT_EQ(body_of(post(app, "/name", type, R"({"name":"ü"})")), "2");
  EXPECT_EQ(status_of(post(app, "/name", type, "{\"name\":\"\xfc\"}")), 400);
}

TEST_F(BodyOver, OtherTypesAreNoModel) {
  for (const char* type : {"text/plain", "application/xml", "application/jsonl"}) {
    EXPECT_EQ(status_of(post(app, "/point", "content-type: " + std::string(type) + "\r\n", R"({"x":1,"y":2})")), 422);
  }
}

TEST_F(BodyOver, TextOfAnyTypeIsAString) {
  for (const char* type : {"text/plain", "application/xml", "text/html; charset=utf-8", "text/csv"}) {
    const std::string answer = post(app, "/text", "content-type: " + std::string(type) + "\r\n", "<p>\xc3\xbc</p>");
    EXPECT_EQ(body_of(answer), "<p>\xc3\xbc</p>") << type;
  }
}

TEST_F(BodyOver, FormsAreUtf8WhateverTheirCharsetSays) {
  app.post("/form")([](Form<std::string, "a"> a, Form<std::string, "_charset_"> charset) {
    return plain_text(std::string(a) + " " + std::string(charset));
  });
  const std::string type = "content-type: application/x-www-form-urlencoded; charset=iso-8859-1\r\n";
  EXPECT_EQ(body_of(post(app, "/form", type, "a=%C3%BC&_charset_=iso-8859-1")), "\xc3\xbc iso-8859-1");
}

TEST_F(BodyOver, BytesOfAnyTypeAreTheRequestsBody) {
  const std::string bytes("\0\xff\r\n\x80", 5);
  for (const char* type : {"content-type: application/octet-stream\r\n", "content-type: image/png\r\n", ""}) {
    EXPECT_EQ(body_of(post(app, "/raw", type, bytes)), bytes) << type;
  }
}

struct AnswerOver : ::testing::Test {
  std::string answer_of(std::string_view type) {
    App app;
    app.get("/")([type] { return Response(200, "<a>\xc3\xbc</a>", type); });
    return exchange(app, "GET /");
  }
};

TEST_F(AnswerOver, TextsHaveACharset) {
  for (const std::string type : {"text/plain", "text/html", "text/csv", "text/xml"}) {
    EXPECT_TRUE(has_line(answer_of(type), "content-type: " + type + "; charset=utf-8")) << type;
  }
  EXPECT_TRUE(has_line(answer_of("text/plain; charset=latin-1"), "content-type: text/plain; charset=latin-1"));
}

TEST_F(AnswerOver, AllElseHasNone) {
  for (const std::string type : {"application/json", "application/xml", "application/problem+json", "image/svg+xml",
                                 "application/octet-stream", "application/jsonl"}) {
    const std::string answer = answer_of(type);
    EXPECT_TRUE(has_line(answer, "content-type: " + type)) << type;
    EXPECT_EQ(body_of(answer), "<a>\xc3\xbc</a>");
  }
  EXPECT_THAT(answer_of(""), Not(HasSubstr("content-type")));
}

TEST(NegotiatedAnswer, IsTheFormThatTheClientPrefers) {
  App app;
  app.get("/")([](const Request& request) {
    const auto type = request.preferred_type({"application/json", "text/csv"});
    if (!type) throw HttpError(406);
    Response response(200, *type == "text/csv" ? "1,2" : "[1,2]", *type);
    response.add_vary("Accept");
    return response;
  });
  EXPECT_EQ(body_of(exchange(app, "GET /")), "[1,2]");
  const std::string csv = exchange(app, "GET /", "accept: text/*, application/json;q=0.9\r\n");
  EXPECT_EQ(body_of(csv), "1,2");
  EXPECT_TRUE(has_line(csv, "content-type: text/csv; charset=utf-8"));
  EXPECT_TRUE(has_line(csv, "vary: Accept"));
  const std::string none = exchange(app, "GET /", "accept: image/png\r\n");
  EXPECT_EQ(status_of(none), 406);
  EXPECT_EQ(body_of(none), R"({"detail":"Not Acceptable"})");
}

}  // namespace serval::media_types_test
