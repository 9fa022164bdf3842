// SPDX-License-Identifier: MIT
// The document over a socket.
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
  const std::string text = to_text(app.openapi());
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

TEST(DocumentOnTheWire, NamesTheMount) {
  App sub;
  App app;
  app.mount("/sub", sub);
  EXPECT_THAT(exchange(app, "GET /sub/openapi.json"), HasSubstr(R"("servers":[{"url":"/sub"}])"));
}

}  // namespace serval::openapi_test
