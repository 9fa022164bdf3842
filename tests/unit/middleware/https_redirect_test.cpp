// SPDX-License-Identifier: MIT
#include <serval/middleware/https_redirect.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/setup_error.hpp"

namespace serval::https_redirect_test {

/// The location of the redirect for a request to this host; with another status only that.
std::string target(const std::string& host, const char* path = "/a", HttpsRedirectOptions options = {}) {
  App app;
  app.use(HttpsRedirect(options));
  app.get("/a")([] { return 1; });
  const auto answer = TestClient(app).get(path, {.headers = {{"host", host}}, .follow_redirects = false});
  return answer.status == 307 ? std::string(answer.header("location").value_or("")) : std::to_string(answer.status);
}

TEST(HttpsRedirect, LeadsToTheSameUrl) {
  EXPECT_EQ(target("shop.example"), "https://shop.example/a");
  EXPECT_EQ(target("shop.example", "/none%20b?c=1&d=%2F"), "https://shop.example/none%20b?c=1&d=%2F");
  EXPECT_EQ(target("[::1]"), "https://[::1]/a");
}

TEST(HttpsRedirect, KeepsPortsBesidesTheUsualOnes) {
  EXPECT_EQ(target("shop.example:80"), "https://shop.example/a");
  EXPECT_EQ(target("shop.example:443"), "https://shop.example/a");
  EXPECT_EQ(target("shop.example:8000"), "https://shop.example:8000/a");
  EXPECT_EQ(target("[::1]:8000"), "https://[::1]:8000/a");
}

TEST(HttpsRedirect, LeadsToThePortOfTheOption) {
  EXPECT_EQ(target("shop.example:8000", "/a", {.port = 443}), "https://shop.example/a");
  EXPECT_EQ(target("shop.example", "/a", {.port = 8443}), "https://shop.example:8443/a");
  EXPECT_EQ(error_of([] { HttpsRedirect({.port = 0}); }),
            "HttpsRedirect: port is 0; write the port of https, such as 443");
}

TEST(HttpsRedirect, NeedsAValidHost) {
  for (const char* host : {"", "a@b", "a/b", "shop.example:x", "[::1"}) EXPECT_EQ(target(host), "400") << host;
}

TEST(HttpsRedirect, LetsHttpsPass) {
  App app;
  app.use(HttpsRedirect());
  app.get("/a")([] { return 1; });
  EXPECT_EQ(TestClient(app, {.base_url = "https://shop.example"}).get("/a").status, 200);
}

TEST(HttpsRedirect, KnowsTheSchemeFromATrustedProxyOnly) {
  App app;
  app.use(ForwardedHeaders());
  app.use(HttpsRedirect());
  app.get("/a")([] { return 1; });
  const auto status = [&](const char* peer, const char* proto) {
    TestClient client(app, {.client = {peer, 1}, .follow_redirects = false});
    return client.get("/a", {.headers = {{"x-forwarded-proto", proto}}}).status;
  };
  EXPECT_EQ(status("127.0.0.1", "https"), 200);
  EXPECT_EQ(status("127.0.0.1", "http"), 307);
  EXPECT_EQ(status("203.0.113.7", "https"), 307);
}

TEST(HttpsRedirect, KeepsTheRootPath) {
  App app({.root_path = "/api"});
  app.use(HttpsRedirect());
  TestClient client(app, {.base_url = "http://shop.example", .follow_redirects = false});
  EXPECT_EQ(client.get("/a").header("location"), "https://shop.example/api/a");
  EXPECT_EQ(client.get("/api/a").header("location"), "https://shop.example/api/a");
}

TEST(HttpsRedirect, OfAMountedApplicationKeepsItsPrefix) {
  App inner;
  inner.use(HttpsRedirect());
  App app;
  app.mount("/sub", inner);
  const auto answer = TestClient(app).get("/sub/a", {.headers = {{"host", "shop.example"}}, .follow_redirects = false});
  EXPECT_EQ(answer.header("location"), "https://shop.example/sub/a");
}

}  // namespace serval::https_redirect_test
