// SPDX-License-Identifier: MIT
#include <serval/http/target.hpp>

#include <gtest/gtest.h>
#include <string>

namespace serval::target_test {

using Form = http::Target::Form;

http::Target parsed(std::string_view text) {
  const std::optional<http::Target> target = http::Target::parse(text);
  EXPECT_TRUE(target.has_value()) << text;
  return target.value_or(http::Target{});
}

TEST(TargetParse, SplitsTheOriginForm) {
  const http::Target target = parsed("/where?q=now");
  EXPECT_EQ(target.form, Form::origin);
  EXPECT_EQ(target.path, "/where");
  EXPECT_EQ(target.query, "q=now");
  EXPECT_EQ(target.authority, "");
}

TEST(TargetParse, SplitsAtTheFirstQuestionMark) {
  EXPECT_EQ(parsed("/a?b?c").query, "b?c");
  EXPECT_EQ(parsed("/a?").query, "");
}

TEST(TargetParse, LeavesThePathAsItWasSent) { EXPECT_EQ(parsed("//a/../%2F%zz").path, "//a/../%2F%zz"); }

TEST(TargetParse, DoesNotCutOffANumberSign) {
  EXPECT_EQ(parsed("/a?b=1#c").query, "b=1#c");
  EXPECT_EQ(parsed("/a#c").path, "/a#c");
}

TEST(TargetParse, SplitsTheAbsoluteForm) {
  const http::Target target = parsed("http://www.example.org:8080/pub/WWW/TheProject.html?x=1");
  EXPECT_EQ(target.form, Form::absolute);
  EXPECT_EQ(target.scheme, "http");
  EXPECT_EQ(target.authority, "www.example.org:8080");
  EXPECT_EQ(target.path, "/pub/WWW/TheProject.html");
  EXPECT_EQ(target.query, "x=1");
}

TEST(TargetParse, ReadsTheSchemeInAnyCase) { EXPECT_EQ(parsed("HTTPS://a/").scheme, "https"); }

TEST(TargetParse, GivesAnAbsoluteTargetWithoutPathTheRoot) {
  EXPECT_EQ(parsed("http://a").path, "/");
  EXPECT_EQ(parsed("http://a?q").path, "/");
  EXPECT_EQ(parsed("http://a?q").query, "q");
}

TEST(TargetParse, SplitsTheAuthorityForm) {
  const http::Target target = parsed("www.example.com:80");
  EXPECT_EQ(target.form, Form::authority);
  EXPECT_EQ(target.authority, "www.example.com:80");
  EXPECT_EQ(target.path, "");
}

TEST(TargetParse, TakesTheAsterisk) {
  EXPECT_EQ(parsed("*").form, Form::asterisk);
  EXPECT_EQ(parsed("*").path, "*");
}

TEST(TargetParse, RefusesTheEmptyText) { EXPECT_FALSE(http::Target::parse("")); }

// Tries every byte at each position of an eight-byte word and of the bytes that remain after the last whole word.
TEST(TargetParse, RefusesControlSpaceAndNonAsciiBytesAnywhere) {
  for (int byte = 0; byte < 256; ++byte) {
    const bool visible = byte > 0x20 && byte < 0x7F;
    for (std::size_t place = 1; place < 20; ++place) {
      std::string text = "/" + std::string(19, 'x');
      text[place] = static_cast<char>(byte);
      ASSERT_EQ(http::Target::parse(text).has_value(), visible) << byte << " at " << place;
    }
  }
}

TEST(TargetParse, RefusesOtherSchemes) {
  EXPECT_FALSE(http::Target::parse("ftp://a/"));
  EXPECT_FALSE(http::Target::parse("ws://a/"));
  EXPECT_FALSE(http::Target::parse("http:/a"));
}

TEST(TargetParse, RefusesAnAbsoluteTargetWithoutHost) {
  EXPECT_FALSE(http::Target::parse("http://"));
  EXPECT_FALSE(http::Target::parse("http:///path"));
  EXPECT_FALSE(http::Target::parse("http://:80/"));
}

TEST(TargetParse, RefusesUserInformation) { EXPECT_FALSE(http::Target::parse("http://user@a/")); }

TEST(TargetParse, RefusesABadPort) { EXPECT_FALSE(http::Target::parse("http://a:8o/")); }

TEST(TargetParse, RefusesAnAuthorityWithoutPort) {
  EXPECT_FALSE(http::Target::parse("example.com"));
  EXPECT_FALSE(http::Target::parse("example.com:"));
}

TEST(TargetParse, RefusesARelativePath) {
  EXPECT_FALSE(http::Target::parse("a/b"));
  EXPECT_FALSE(http::Target::parse("?q"));
  EXPECT_FALSE(http::Target::parse("*?q"));
}

TEST(SplitHost, SeparatesThePort) {
  const auto parts_of = [](std::string_view text) {
    const auto parts = http::split_host(text);
    return parts ? std::string(parts->host) + "|" + std::string(parts->port) : "none";
  };
  EXPECT_EQ(parts_of("shop.example:8000"), "shop.example|8000");
  EXPECT_EQ(parts_of("shop.example"), "shop.example|");
  EXPECT_EQ(parts_of("[::1]"), "[::1]|");
  EXPECT_EQ(parts_of("[::1]:80"), "[::1]|80");
  for (const char* text : {"", ":80", "a:b", "[::1]80", "user@shop.example"}) EXPECT_EQ(parts_of(text), "none") << text;
}

TEST(IsValidHost, TakesTheEmptyText) { EXPECT_TRUE(http::is_valid_host("")); }

TEST(IsValidHost, TakesNames) {
  for (const char* host :
       {"localhost", "www.example.com", "a", "xn--bcher-kva.example", "a_b", "a%20b", "a!$&'()*+,;="}) {
    EXPECT_TRUE(http::is_valid_host(host)) << host;
  }
}

TEST(IsValidHost, TakesAPort) {
  for (const char* host : {"a:80", "a:", "a:0", "a:65535", "127.0.0.1:8000", "[::1]:8000"}) {
    EXPECT_TRUE(http::is_valid_host(host)) << host;
  }
}

TEST(IsValidHost, TakesIpv6Addresses) {
  for (const char* host : {"[::]", "[::1]", "[1::]", "[1:2:3:4:5:6:7:8]", "[1:2:3:4:5:6:7::]", "[::2:3:4:5:6:7:8]",
                           "[2001:db8::Ff]", "[::ffff:192.0.2.1]", "[1:2:3:4:5:6:192.0.2.1]", "[v1F.a:b]"}) {
    EXPECT_TRUE(http::is_valid_host(host)) << host;
  }
}

TEST(IsValidHost, RefusesMalformedIpv6Addresses) {
  for (const char* host : {"[]",
                           "[1]",
                           "[:]",
                           "[:::]",
                           "[1:2:3:4:5:6:7]",
                           "[1:2:3:4:5:6:7:8:9]",
                           "[1:2:3:4::5:6:7:8]",
                           "[1::2::3]",
                           "[12345::]",
                           "[g::]",
                           "[1:]",
                           "[:1]",
                           "[::1%25eth0]",
                           "[::256.0.0.1]",
                           "[::1.2.3]",
                           "[::01.2.3.4]",
                           "[1.2.3.4::]",
                           "[1:2:3:4:5:6:7:1.2.3.4]",
                           "[v.a]",
                           "[v1.]",
                           "[vg.a]",
                           "[v1a]",
                           "[::1",
                           "::1",
                           "[::1]a",
                           "[[::1]]"}) {
    EXPECT_FALSE(http::is_valid_host(host)) << host;
  }
}

TEST(IsValidHost, RefusesABadPort) {
  for (const char* host : {"a:b", "a:-1", "a:+1", "a:65536", "a:99999999999999999999", "a:1:2", "[::1]:x", "a:1 "}) {
    EXPECT_FALSE(http::is_valid_host(host)) << host;
  }
}

TEST(IsValidHost, RefusesAPortWithoutHost) { EXPECT_FALSE(http::is_valid_host(":80")); }

TEST(IsValidHost, RefusesWhatNoNameHas) {
  for (const char* host :
       {"a b", "a/b", "a?b", "a#b", "u@a", "a\\b", "a\tb", "\xC3\xA9", "a\"b", "<a>", "a%2", "a%zz", " a"}) {
    EXPECT_FALSE(http::is_valid_host(host)) << host;
  }
  EXPECT_FALSE(http::is_valid_host(std::string_view("a\0", 2)));
}

}  // namespace serval::target_test
