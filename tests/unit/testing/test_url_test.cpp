// SPDX-License-Identifier: MIT
#include "testing/test_url.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace serval::detail::test_url_test {

const TestUrl base{"http", "testserver", "/a/b?x=1"};

TEST(TestUrl, ReadsABase) {
  const TestUrl url = TestUrl::parse_base("https://example.com:8443");
  EXPECT_EQ(url.scheme, "https");
  EXPECT_EQ(url.host, "example.com:8443");
  EXPECT_EQ(url.target, "/");
}

TEST(TestUrl, RefusesABaseThatIsMoreThanSchemeAndHost) {
  for (const char* text : {"", "testserver", "ftp://x", "http://", "http://x/path", "http://a b", "http://x?y"}) {
    EXPECT_THROW(static_cast<void>(TestUrl::parse_base(text)), std::invalid_argument) << text;
  }
}

TEST(TestUrl, SendsATargetAsItIs) {
  EXPECT_EQ(base.at("//x").text(), "http://testserver//x");
  EXPECT_EQ(base.at("/é?#").target, "/é?#");
  EXPECT_EQ(base.at("https://other/y?z").text(), "https://other/y?z");
  EXPECT_EQ(base.at("http://other").target, "/");
  EXPECT_EQ(base.at("http://other?q").target, "/?q");
}

TEST(TestUrl, ResolvesReferences) {
  EXPECT_EQ(base.resolve("/c#d").text(), "http://testserver/c");
  EXPECT_EQ(base.resolve("c").text(), "http://testserver/a/c");
  EXPECT_EQ(base.resolve("?y").text(), "http://testserver/a/b?y");
  EXPECT_EQ(base.resolve("").text(), "http://testserver/a/b?x=1");
  EXPECT_EQ(base.resolve("//other/c").text(), "http://other/c");
  EXPECT_EQ(base.resolve("https://other").text(), "https://other/");
}

TEST(TestUrl, EncodesQueryPairs) {
  TestUrl url{"http", "h", "/p"};
  url.add_query({{"a b", "1&2"}, {"ü", ""}});
  EXPECT_EQ(url.target, "/p?a%20b=1%262&%C3%BC=");
  url.add_query({{"c", "+"}});
  EXPECT_EQ(url.target, "/p?a%20b=1%262&%C3%BC=&c=%2B");
}

}  // namespace serval::detail::test_url_test
