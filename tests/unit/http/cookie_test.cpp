// SPDX-License-Identifier: MIT
#include <serval/http/cookie.hpp>

#include <gtest/gtest.h>
#include <stdexcept>

namespace serval::cookie_test {

using Pairs = std::vector<std::pair<std::string, std::string>>;

Pairs pairs_of(std::string_view field) {
  http::Cookies cookies;
  cookies.parse(field);
  return Pairs(cookies.begin(), cookies.end());
}

TEST(Cookies, SplitAtSemicolons) {
  EXPECT_EQ(pairs_of("SID=31d4; lang=en-US"), (Pairs{{"SID", "31d4"}, {"lang", "en-US"}}));
}

TEST(Cookies, NeedNoSpaceBetweenPairs) { EXPECT_EQ(pairs_of("a=1;b=2"), (Pairs{{"a", "1"}, {"b", "2"}})); }

TEST(Cookies, AreTrimmed) { EXPECT_EQ(pairs_of(" a =\t1 ; b= 2 "), (Pairs{{"a", "1"}, {"b", "2"}})); }

TEST(Cookies, KeepFurtherEqualsSignsInTheValue) { EXPECT_EQ(pairs_of("a=b=c=="), (Pairs{{"a", "b=c=="}})); }

TEST(Cookies, LoseSurroundingQuotes) { EXPECT_EQ(pairs_of(R"(a="q x")"), (Pairs{{"a", "q x"}})); }

TEST(Cookies, KeepQuotesThatDoNotSurround) {
  EXPECT_EQ(pairs_of(R"(a="x; b=x"; c="; d=x"y)"), (Pairs{{"a", "\"x"}, {"b", "x\""}, {"c", "\""}, {"d", "x\"y"}}));
}

TEST(Cookies, UndoEscapesWithinQuotes) {
  EXPECT_EQ(pairs_of(R"(a="x\"y\\z\054\303\274")"), (Pairs{{"a", "x\"y\\z,\xC3\xBC"}}));
}

TEST(Cookies, KeepABackslashThatEscapesNothing) {
  EXPECT_EQ(pairs_of(R"(a="x\"; b=\x)"), (Pairs{{"a", "x\\"}, {"b", "\\x"}}));
}

TEST(Cookies, TakeAnOctalEscapeBeyondAByteAsItsDigits) { EXPECT_EQ(pairs_of(R"(a="\477")"), (Pairs{{"a", "477"}})); }

TEST(Cookies, AreNotPercentDecoded) { EXPECT_EQ(pairs_of("a=%20+b"), (Pairs{{"a", "%20+b"}})); }

TEST(Cookies, TakeAPairWithoutEqualsSignAsValueWithoutName) { EXPECT_EQ(pairs_of("abc"), (Pairs{{"", "abc"}})); }

TEST(Cookies, SkipEmptyPairs) { EXPECT_EQ(pairs_of("; a=1;; =;"), (Pairs{{"a", "1"}})); }

TEST(Cookies, KeepEmptyValues) { EXPECT_EQ(pairs_of("a=; b=\"\""), (Pairs{{"a", ""}, {"b", ""}})); }

TEST(Cookies, GiveTheLastOfARepeatedName) {
  http::Cookies cookies;
  cookies.parse("a=1; a=2");
  EXPECT_EQ(cookies.get("a"), "2");
}

TEST(Cookies, GatherSeveralFields) {
  http::Cookies cookies;
  cookies.parse("a=1");
  cookies.parse("b=2");
  EXPECT_EQ(cookies.size(), 2U);
  EXPECT_TRUE(cookies.contains("a"));
  EXPECT_TRUE(cookies.contains("b"));
  cookies.clear();
  EXPECT_TRUE(cookies.empty());
}

TEST(Cookies, HaveCaseSensitiveNames) {
  http::Cookies cookies;
  cookies.parse("a=1");
  EXPECT_FALSE(cookies.contains("A"));
}

TEST(FormatSetCookie, WritesPathAndSameSiteByDefault) {
  EXPECT_EQ(http::format_set_cookie("a", "b", {}), "a=b; Path=/; SameSite=lax");
}

TEST(FormatSetCookie, WritesAllAttributesInAlphabeticalOrder) {
  http::CookieOptions options;
  options.domain = "d.com";
  options.expires = std::chrono::system_clock::time_point{std::chrono::seconds{1795332173}};
  options.http_only = true;
  options.max_age = std::chrono::seconds{10};
  options.path = "/p";
  options.same_site = http::SameSite::strict;
  options.secure = true;
  EXPECT_EQ(http::format_set_cookie("x", "y", options),
            "x=y; Domain=d.com; expires=Sun, 22 Nov 2026 07:22:53 GMT; HttpOnly; Max-Age=10; Path=/p; SameSite=strict; "
            "Secure");
}

TEST(FormatSetCookie, LeavesOutWhatIsUnset) {
  http::CookieOptions options;
  options.path = "";
  options.same_site = http::SameSite::unset;
  EXPECT_EQ(http::format_set_cookie("a", "b", options), "a=b");
}

TEST(FormatSetCookie, WritesSameSiteNone) {
  http::CookieOptions options;
  options.same_site = http::SameSite::none;
  EXPECT_EQ(http::format_set_cookie("a", "b", options), "a=b; Path=/; SameSite=none");
}

TEST(FormatSetCookie, QuotesAValueWithSpaces) {
  EXPECT_EQ(http::format_set_cookie("a", "b c", {}), R"(a="b c"; Path=/; SameSite=lax)");
}

TEST(FormatSetCookie, QuotesTheEmptyValue) {
  EXPECT_EQ(http::format_set_cookie("a", "", {}), R"(a=""; Path=/; SameSite=lax)");
}

TEST(FormatSetCookie, EscapesWithinQuotes) {
  EXPECT_EQ(http::format_set_cookie("a", "\"\\,\xC3\xBC", {}), R"(a="\"\\\054\303\274"; Path=/; SameSite=lax)");
}

TEST(FormatSetCookie, IsReadBackByCookies) {
  std::string value;
  for (int byte = 0x20; byte < 0x100; ++byte) {
    if (byte != ';' && byte != 0x7F) value += static_cast<char>(byte);
  }
  const std::string field = http::format_set_cookie("a", value, {.path = "", .same_site = http::SameSite::unset});
  EXPECT_EQ(pairs_of(field), (Pairs{{"a", value}}));
}

TEST(FormatSetCookie, RefusesANameThatIsNoToken) {
  for (const char* name : {"", "a b", "a=b", "a;b", "a\r\nb", "\xC3\xA9", "a,b"}) {
    EXPECT_THROW(static_cast<void>(http::format_set_cookie(name, "x", {})), std::invalid_argument) << name;
  }
}

TEST(FormatSetCookie, RefusesALineBreakInTheValue) {
  EXPECT_THROW(static_cast<void>(http::format_set_cookie("a", "b\r\nset-cookie: c=d", {})), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(http::format_set_cookie("a", "b\r", {})), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(http::format_set_cookie("a", "b\n", {})), std::invalid_argument);
}

TEST(FormatSetCookie, RefusesNulInTheValue) {
  EXPECT_THROW(static_cast<void>(http::format_set_cookie("a", std::string_view("b\0", 2), {})), std::invalid_argument);
}

TEST(FormatSetCookie, RefusesASemicolonInTheValue) {
  EXPECT_THROW(static_cast<void>(http::format_set_cookie("a", "b; Domain=evil", {})), std::invalid_argument);
}

TEST(FormatSetCookie, RefusesInjectionThroughThePath) {
  for (const char* path : {"/; Domain=evil", "/\r\nx: y", "/\n"}) {
    EXPECT_THROW(static_cast<void>(http::format_set_cookie("a", "b", {.path = path})), std::invalid_argument) << path;
  }
}

TEST(FormatSetCookie, RefusesInjectionThroughTheDomain) {
  for (const std::string& domain : {std::string("d; Secure"), std::string("d\r"), std::string("d\0", 2)}) {
    EXPECT_THROW(static_cast<void>(http::format_set_cookie("a", "b", {.domain = domain})), std::invalid_argument);
  }
}

}  // namespace serval::cookie_test
