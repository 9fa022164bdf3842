// SPDX-License-Identifier: MIT
#include <serval/middleware/security_headers.hpp>

#include <gtest/gtest.h>

#include <string>

#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/setup_error.hpp"

namespace serval::security_headers_test {

class SecurityHeadersOver : public ::testing::Test {
 protected:
  App& app(SecurityHeadersOptions options = {}) {
    app_.use(SecurityHeaders(std::move(options)));
    app_.get("/json")([] { return json{{"a", 1}}; });
    app_.get("/html")([] { return html("<p>"); });
    app_.get("/own")([](Response& response) {
      response.headers().set("x-frame-options", "SAMEORIGIN");
      response.headers().set("content-security-policy", "sandbox");
      return 1;
    });
    return app_;
  }
  App app_;
};

TEST_F(SecurityHeadersOver, AllResponsesHaveThem) {
  TestClient client{app()};
  for (const char* path : {"/json", "/html", "/none", "/docs"}) {
    const auto answer = client.get(path);
    EXPECT_EQ(answer.header("x-content-type-options"), "nosniff") << path;
    EXPECT_EQ(answer.header("referrer-policy"), "no-referrer") << path;
    EXPECT_EQ(answer.header("x-frame-options"), "DENY") << path;
    EXPECT_TRUE(answer.header("cross-origin-opener-policy")) << path;
    EXPECT_EQ(answer.header("cross-origin-resource-policy"), "same-origin") << path;
  }
}

TEST_F(SecurityHeadersOver, OnlyJsonLoadsNothing) {
  TestClient client{app()};
  EXPECT_EQ(client.get("/json").header("cross-origin-opener-policy"), "same-origin");
  EXPECT_EQ(client.get("/json").header("content-security-policy"), "default-src 'none'; frame-ancestors 'none'");
  EXPECT_EQ(client.get("/none").header("content-security-policy"), "default-src 'none'; frame-ancestors 'none'");
  EXPECT_FALSE(client.get("/html").header("content-security-policy"));
  EXPECT_NE(client.get("/docs").header("content-security-policy"), "default-src 'none'; frame-ancestors 'none'");
}

TEST_F(SecurityHeadersOver, FieldsOfTheHandlerStay) {
  const auto answer = TestClient(app()).get("/own");
  EXPECT_EQ(answer.header("x-frame-options"), "SAMEORIGIN");
  EXPECT_EQ(answer.header("content-security-policy"), "sandbox");
}

TEST_F(SecurityHeadersOver, DocsPagesKeepTheirOpener) {
  TestClient client{app()};
  EXPECT_EQ(client.get("/docs").header("cross-origin-opener-policy"), "unsafe-none");
  EXPECT_EQ(client.get("/docs/oauth2-redirect").header("cross-origin-opener-policy"), "unsafe-none");
}

TEST_F(SecurityHeadersOver, AnEmptyOptionIsNotSent) {
  TestClient client(app({.frame_options = ""}));
  EXPECT_FALSE(client.get("/json").header("x-frame-options"));
}

TEST(SecurityHeadersOptions, CannotBreakTheHead) {
  EXPECT_EQ(error_of([] { SecurityHeaders({.referrer_policy = "a\nb"}); }),
            "SecurityHeaders: 'a\nb' contains a control character");
}

}  // namespace serval::security_headers_test
