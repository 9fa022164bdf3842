// SPDX-License-Identifier: MIT
#include <serval/middleware/https_redirect.hpp>

#include <gtest/gtest.h>

#include <string>

#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/testing.hpp>

namespace serval::https_redirect_test {

class HttpsRedirectOver : public ::testing::Test {
 protected:
  HttpsRedirectOver() {
    app_.use(HttpsRedirect());
    app_.get("/a")([] { return 1; });
  }
  TestResponse get(const char* host, const char* path = "/a") {
    return TestClient(app_).get(path, {.headers = {{"host", host}}, .follow_redirects = false});
  }
  App app_;
};

TEST_F(HttpsRedirectOver, HttpGoesToTheSameUrlWithHttps) {
  const auto answer = get("shop.example", "/a?b=1&c=%20");
  EXPECT_EQ(answer.status, 307);
  EXPECT_EQ(answer.header("location"), "https://shop.example/a?b=1&c=%20");
  EXPECT_EQ(get("shop.example:8080").header("location"), "https://shop.example:8080/a");
  EXPECT_EQ(get("shop.example:80").header("location"), "https://shop.example/a");
  EXPECT_EQ(get("shop.example:443").header("location"), "https://shop.example/a");
  EXPECT_EQ(get("[::1]:80").header("location"), "https://[::1]/a");
  EXPECT_EQ(get("shop.example", "/none").header("location"), "https://shop.example/none");
  EXPECT_EQ(get("shop.example", "//evil.example/a").header("location"), "https://shop.example//evil.example/a");
}

TEST_F(HttpsRedirectOver, HttpsPasses) {
  EXPECT_EQ(TestClient(app_, {.base_url = "https://shop.example"}).get("/a").status, 200);
}

}  // namespace serval::https_redirect_test
