// SPDX-License-Identifier: MIT
#include <serval/testing/cookie_jar.hpp>

#include <gtest/gtest.h>

#include <string>

namespace serval::cookie_jar_test {

std::string sent(const http::CookieJar& jar, std::string_view path = "/", std::string_view host = "a.example",
                 std::string_view scheme = "http") {
  return jar.field_for(scheme, host, path);
}

TEST(CookieJar, SendsWhatWasSetInOrder) {
  http::CookieJar jar;
  jar.store("a=1; Path=/; SameSite=lax", "a.example", "/");
  jar.store("b=\"x y\"; Path=/", "a.example", "/");
  EXPECT_EQ(sent(jar), "a=1; b=\"x y\"");
  EXPECT_EQ(jar.get("b"), "\"x y\"");
  EXPECT_EQ(jar.size(), 2U);
}

TEST(CookieJar, ReplacesACookieOfTheSameNameAndPath) {
  http::CookieJar jar;
  jar.store("a=1; Path=/", "a.example", "/");
  jar.store("a=2; Path=/", "a.example", "/");
  EXPECT_EQ(sent(jar), "a=2");
}

TEST(CookieJar, ForgetsWhatIsDeleted) {
  http::CookieJar jar;
  for (const char* deletion : {"a=; Max-Age=0; Path=/", "a=x; expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/"}) {
    jar.store("a=1; Path=/", "a.example", "/");
    jar.store(deletion, "a.example", "/");
    EXPECT_TRUE(jar.empty()) << deletion;
  }
}

TEST(CookieJar, LetsMaxAgeWinOverExpires) {
  http::CookieJar jar;
  jar.store("a=1; Max-Age=10; expires=Thu, 01 Jan 1970 00:00:00 GMT", "a.example", "/");
  EXPECT_EQ(jar.size(), 1U);
}

TEST(CookieJar, SendsACookieUnderItsPathOnly) {
  http::CookieJar jar;
  jar.store("a=1; Path=/api", "a.example", "/");
  jar.store("b=1", "a.example", "/shop/list");
  EXPECT_EQ(sent(jar, "/api"), "a=1");
  EXPECT_EQ(sent(jar, "/api/x"), "a=1");
  EXPECT_EQ(sent(jar, "/apis"), "");
  EXPECT_EQ(sent(jar, "/shop/cart"), "b=1");
}

TEST(CookieJar, SendsACookieToItsHostOnly) {
  http::CookieJar jar;
  jar.store("a=1; Path=/", "a.example:8000", "/");
  EXPECT_EQ(sent(jar, "/", "A.example"), "a=1");
  EXPECT_EQ(sent(jar, "/", "b.example"), "");
  EXPECT_EQ(sent(jar, "/", "x.a.example"), "");
}

TEST(CookieJar, SendsACookieOfADomainToHostsBelowIt) {
  http::CookieJar jar;
  jar.store("a=1; Domain=.example; Path=/", "a.example", "/");
  EXPECT_EQ(sent(jar, "/", "b.example"), "a=1");
  EXPECT_EQ(sent(jar, "/", "notexample"), "");
}

TEST(CookieJar, RefusesACookieForAForeignDomain) {
  http::CookieJar jar;
  jar.store("a=1; Domain=other.example", "a.example", "/");
  EXPECT_TRUE(jar.empty());
}

TEST(CookieJar, SendsASecureCookieOverHttpsOnly) {
  http::CookieJar jar;
  jar.store("a=1; Path=/; Secure", "a.example", "/");
  EXPECT_EQ(sent(jar), "");
  EXPECT_EQ(sent(jar, "/", "a.example", "https"), "a=1");
}

TEST(CookieJar, CanBeFilledByHand) {
  http::CookieJar jar;
  jar.set("a", "1");
  EXPECT_EQ(sent(jar, "/x", "any.example"), "a=1");
  jar.erase("a");
  EXPECT_EQ(jar.get("a"), std::nullopt);
}

TEST(CookieJar, IgnoresWhatHasNoName) {
  http::CookieJar jar;
  jar.store("", "a.example", "/");
  jar.store("=x", "a.example", "/");
  EXPECT_TRUE(jar.empty());
}

}  // namespace serval::cookie_jar_test
