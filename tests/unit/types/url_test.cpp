// SPDX-License-Identifier: MIT
#include <serval/types/url.hpp>

#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace url_test {

using namespace serval;

/// Returns the normal form, or the error in parentheses.
std::string normal(std::string_view text) {
  try {
    return Url(text).to_string();
  } catch (const std::invalid_argument& fault) {
    return "(" + std::string(fault.what()) + ")";
  }
}

TEST(Url, IsWrittenInItsNormalForm) {
  EXPECT_EQ(normal("HTTP://EXAMPLE.com"), "http://example.com/");
  EXPECT_EQ(normal("https://example.com:443/a"), "https://example.com/a");
  EXPECT_EQ(normal("http://example.com:8080?q=1#f"), "http://example.com:8080/?q=1#f");
  EXPECT_EQ(normal("  http://example.com/a b  "), "http://example.com/a%20b");
  EXPECT_EQ(normal("http://example.com/\xC3\xA4?\xC3\xA4=\"#`"), "http://example.com/%C3%A4?%C3%A4=%22#%60");
  EXPECT_EQ(normal("http:\\\\example.com\\a"), "http://example.com/a");
  EXPECT_EQ(normal("http:example.com"), "http://example.com/");
  EXPECT_EQ(normal("http://exa%41mple.com/%41"), "http://exaample.com/%41");
}

TEST(Url, GetsNoHostFromItsPathWhenItIsWritten) {
  const Url url("web+demo:/.//evil.example/x");
  EXPECT_EQ(url.host(), "");
  EXPECT_EQ(url.to_string(), "web+demo:/.//evil.example/x");
}

TEST(Url, HasItsDotSegmentsResolved) {
  EXPECT_EQ(normal("http://a.b/c/../d/./e"), "http://a.b/d/e");
  EXPECT_EQ(normal("http://a.b/c/%2e%2E/.."), "http://a.b/");
  EXPECT_EQ(normal("http://a.b/../../c/."), "http://a.b/c/");
  EXPECT_EQ(normal("http://a.b//c"), "http://a.b//c");
}

TEST(Url, KeepsWhoAndWhere) {
  const Url url("ftp://ann:p@ss@Example.com:2121/x?y#z");
  EXPECT_EQ(url.to_string(), "ftp://ann:p%40ss@example.com:2121/x?y#z");
  EXPECT_EQ(url.scheme(), "ftp");
  EXPECT_EQ(url.user_info(), "ann:p%40ss");
  EXPECT_EQ(url.host(), "example.com");
  EXPECT_EQ(url.port(), 2121);
  EXPECT_EQ(url.path(), "/x");
  EXPECT_EQ(url.query(), "y");
  EXPECT_EQ(url.fragment(), "z");
  EXPECT_EQ(Url("http://a.b:80").port(), std::nullopt);
}

TEST(Url, KnowsAddresses) {
  EXPECT_EQ(normal("http://127.1"), "http://127.0.0.1/");
  EXPECT_EQ(normal("http://0x7f.0.0.01/"), "http://127.0.0.1/");
  EXPECT_EQ(normal("http://256.1.1.1"), "(invalid IPv4 address)");
  EXPECT_EQ(normal("http://1.2.3.4.5"), "(invalid IPv4 address)");
  EXPECT_EQ(normal("http://[0:0::1]:81/"), "http://[::1]:81/");
  EXPECT_EQ(normal("http://[::1"), "(invalid IPv6 address)");
  EXPECT_EQ(normal("http://[g::1]"), "(invalid IPv6 address)");
}

TEST(Url, TakesANameForAnAddressOnlyIfItEndsInANumber) {
  EXPECT_EQ(normal("http://a.0xyz/"), "http://a.0xyz/");
  EXPECT_EQ(normal("http://0xyz./"), "http://0xyz./");
  EXPECT_EQ(normal("http://1.2.3.0x-4/"), "http://1.2.3.0x-4/");
  EXPECT_EQ(normal("http://1.2.3.4a/"), "http://1.2.3.4a/");
  EXPECT_EQ(normal("http://127.0.0.0X1./"), "http://127.0.0.1/");
  EXPECT_EQ(normal("http://1.2.3.0x/"), "http://1.2.3.0/");
  EXPECT_EQ(normal("http://a.0x/"), "(invalid IPv4 address)");
  EXPECT_EQ(normal("http://a.0xfe/"), "(invalid IPv4 address)");
  EXPECT_EQ(normal("http://a.09/"), "(invalid IPv4 address)");
}

TEST(Url, OfAFileHasNoHostWhereThatIsThisMachine) {
  EXPECT_EQ(normal("file://localhost/x"), "file:///x");
  EXPECT_EQ(normal("file://LOCAL%68ost"), "file:///");
  EXPECT_EQ(Url("file://localhost/x").host(), "");
  EXPECT_EQ(normal("file://server/x"), "file://server/x");
  EXPECT_EQ(normal("http://localhost/x"), "http://localhost/x");
}

TEST(Url, OfAFileHasAHostOnlyBehindTwoSlashes) {
  EXPECT_EQ(normal("file:/etc/hosts"), "file:///etc/hosts");
  EXPECT_EQ(normal("file:etc/hosts"), "file:///etc/hosts");
  EXPECT_EQ(normal("file:"), "file:///");
  EXPECT_EQ(normal("file:\\\\server\\x"), "file://server/x");
}

TEST(Url, TakesOtherSchemes) {
  EXPECT_EQ(normal("postgres://ann@Host/db"), "postgres://ann@Host/db");
  EXPECT_EQ(normal("mailto:ann@example.com"), "mailto:ann@example.com");
  EXPECT_EQ(normal("file:///etc/hosts"), "file:///etc/hosts");
  EXPECT_EQ(normal("redis://localhost:6379"), "redis://localhost:6379");
}

TEST(Url, SaysWhatIsWrong) {
  EXPECT_EQ(normal(""), "(input is empty)");
  EXPECT_EQ(normal("example.com"), "(relative URL without a base)");
  EXPECT_EQ(normal("/a"), "(relative URL without a base)");
  EXPECT_EQ(normal("1http://a"), "(relative URL without a base)");
  EXPECT_EQ(normal("http://"), "(empty host)");
  EXPECT_EQ(normal("http:///?a"), "(empty host)");
  EXPECT_EQ(normal("http://a:b"), "(invalid port number)");
  EXPECT_EQ(normal("http://a:65536"), "(invalid port number)");
  EXPECT_EQ(normal("foo://a:b:"), "(invalid domain character)");
  EXPECT_EQ(normal("http://a b/"), "(invalid domain character)");
  EXPECT_EQ(normal("http://\xC3\xA4.de"), "(invalid international domain name)");
}

}  // namespace url_test
