// SPDX-License-Identifier: MIT
#include <serval/middleware/trusted_hosts.hpp>

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/setup_error.hpp"

namespace serval::trusted_hosts_test {

TestResponse get(std::vector<std::string> patterns, const char* host, const char* path = "/") {
  App app;
  app.use(TrustedHosts(std::move(patterns)));
  app.get("/")([] { return 1; });
  return TestClient(app).get(path, {.headers = {{"host", host}}, .follow_redirects = false});
}

TEST(TrustedHosts, LetRequestsForTheirHostsPass) {
  for (const char* host : {"shop.example", "SHOP.example", "shop.example:8000"}) {
    EXPECT_EQ(get({"Shop.Example"}, host).status, 200) << host;
  }
  EXPECT_EQ(get({"*.shop.example"}, "a.b.shop.example").status, 200);
  EXPECT_EQ(get({"*"}, "any.example").status, 200);
  EXPECT_EQ(get({"[::1]"}, "[::1]:8000").status, 200);
}

TEST(TrustedHosts, RefuseOthers) {
  for (const char* host :
       {"evil.example", "shop.example.evil", "evilshop.example", "shop.example@evil", "shop.exampl"}) {
    const auto answer = get({"shop.example", "*.shop.example"}, host);
    EXPECT_EQ(answer.status, 400) << host;
  }
  EXPECT_EQ(get({"*.shop.example"}, "shop.example").status, 400);
  EXPECT_EQ(get({"*.shop.example"}, ".shop.example").status, 400);
  const auto answer = get({"shop.example"}, "evil.example", "/none");
  EXPECT_EQ(answer.body, "Invalid host header");
  EXPECT_EQ(answer.header("content-type"), "text/plain; charset=utf-8");
}

TEST(TrustedHosts, RedirectToTheHostWithWww) {
  const auto answer = get({"www.shop.example"}, "shop.example:8000", "/a?b=1");
  EXPECT_EQ(answer.status, 307);
  EXPECT_EQ(answer.header("location"), "//www.shop.example:8000/a?b=1");
}

TEST(TrustedHosts, OfAMountedApplicationRedirectBelowItsPrefix) {
  App inner;
  inner.use(TrustedHosts({"www.shop.example"}));
  App app;
  app.mount("/sub", inner);
  const auto answer = TestClient(app).get("/sub/a", {.headers = {{"host", "shop.example"}}, .follow_redirects = false});
  EXPECT_EQ(answer.header("location"), "//www.shop.example/sub/a");
}

TEST(TrustedHostsPatterns, AreChecked) {
  EXPECT_EQ(error_of([] { TrustedHosts({}); }), R"(TrustedHosts needs a host: TrustedHosts({"shop.example"}))");
  for (const char* pattern :
       {"a.*.example", "*shop.example", "shop*", "*.", "", "shop.example:80", "http://shop", ".a"}) {
    EXPECT_EQ(
        error_of([&] { TrustedHosts({pattern}); }),
        "TrustedHosts: '" + std::string(pattern) + R"(' must be a host without port, "*." before a host, or "*")");
  }
}

}  // namespace serval::trusted_hosts_test
