// SPDX-License-Identifier: MIT
// The OpenAPI document over a socket.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include <serval/serval.hpp>

#include "tests/wire/support/exchange.hpp"

namespace serval::openapi_test {

using ::testing::AllOf;
using ::testing::EndsWith;
using testing::exchange;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(DocumentOnTheWire, IsJson) {
  App app;
  app.get("/")([] { return json{{"message", "Hello World"}}; });
  const std::string text = schema::to_text(app.openapi());
  EXPECT_THAT(
      exchange(app, "GET /openapi.json"),
      AllOf(StartsWith("HTTP/1.1 200 OK\r\n"), HasSubstr("\r\ncontent-type: application/json\r\n"),
            HasSubstr("\r\ncontent-length: " + std::to_string(text.size()) + "\r\n"), EndsWith("\r\n\r\n" + text)));
}

TEST(DocumentOnTheWire, HasNoBodyForHead) {
  const App app;
  EXPECT_THAT(exchange(app, "HEAD /openapi.json"),
              AllOf(StartsWith("HTTP/1.1 200 OK\r\n"), HasSubstr("content-length: "), EndsWith("\r\n\r\n")));
}

TEST(DocumentOnTheWire, HasTheStatusThatResponsesAreSentWith) {
  App app;
  app.get("/text", {.status_code = 201})([] { return plain_text("x"); });
  app.get("/old", {.status_code = 302})([] { return redirect("/text"); });
  EXPECT_THAT(exchange(app, "GET /text"), StartsWith("HTTP/1.1 201 Created\r\n"));
  EXPECT_THAT(exchange(app, "GET /old"), StartsWith("HTTP/1.1 302 Found\r\n"));
  EXPECT_TRUE(app.openapi()["paths"]["/text"]["get"]["responses"].contains("201"));
  EXPECT_TRUE(app.openapi()["paths"]["/old"]["get"]["responses"].contains("302"));
}

TEST(DocumentOnTheWire, NamesTheMount) {
  App sub;
  App app;
  app.mount("/sub", sub);
  EXPECT_THAT(exchange(app, "GET /sub/openapi.json"), HasSubstr(R"("servers":[{"url":"/sub"}])"));
}

}  // namespace serval::openapi_test
