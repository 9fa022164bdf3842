// SPDX-License-Identifier: MIT
#include <serval/middleware/security_headers.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/setup_error.hpp"

namespace serval::security_headers_test {

using namespace std::chrono_literals;

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

std::string hsts_over(const char* base_url, SecurityHeadersOptions options = {}) {
  App app;
  app.use(SecurityHeaders(std::move(options)));
  app.get("/")([] { return 1; });
  const auto answer = TestClient(app, {.base_url = base_url}).get("/");
  return std::string(answer.header("strict-transport-security").value_or("none"));
}

TEST(StrictTransportSecurity, IsSentOnlyOverHttps) {
  EXPECT_EQ(hsts_over("https://shop.example"), "max-age=15552000");
  EXPECT_EQ(hsts_over("http://shop.example"), "none");
}

TEST(StrictTransportSecurity, HasItsOptions) {
  EXPECT_EQ(hsts_over("https://a", {.hsts = HstsOptions{.max_age = 0s}}), "max-age=0");
  EXPECT_EQ(
      hsts_over("https://a", {.hsts = HstsOptions{.max_age = 31536000s, .include_subdomains = true, .preload = true}}),
      "max-age=31536000; includeSubDomains; preload");
  EXPECT_EQ(hsts_over("https://a", {.hsts = std::nullopt}), "none");
}

TEST(StrictTransportSecurity, IsCheckedWhereItLastsLong) {
  EXPECT_EQ(error_of([] { SecurityHeaders({.hsts = HstsOptions{.max_age = -1s}}); }),
            "SecurityHeaders: hsts.max_age is negative; write 0 s or more");
  for (const HstsOptions& options : {HstsOptions{.preload = true}, HstsOptions{.max_age = 31536000s, .preload = true},
                                     HstsOptions{.max_age = 31535999s, .include_subdomains = true, .preload = true}}) {
    EXPECT_EQ(error_of([&] { SecurityHeaders({.hsts = options}); }).substr(0, 34),
              "SecurityHeaders: hsts.preload need");
  }
}

TEST(SecurityHeadersOptions, CannotBreakTheHead) {
  EXPECT_EQ(error_of([] { SecurityHeaders({.referrer_policy = "a\nb"}); }),
            "SecurityHeaders: 'a\nb' contains a control character");
}

}  // namespace serval::security_headers_test
