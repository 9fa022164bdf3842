// SPDX-License-Identifier: MIT
#include <serval/http/content_coding.hpp>

#include <gtest/gtest.h>

#include <array>

namespace serval::content_coding_test {

constexpr std::array<std::string_view, 2> both = {"br", "gzip"};

TEST(NegotiateCoding, TakesTheFirstOfferAmongEquals) {
  EXPECT_EQ(http::negotiate_coding("gzip, deflate, br, zstd", both), "br");
  EXPECT_EQ(http::negotiate_coding("gzip;q=0.5, br;q=0.5", both), "br");
}

TEST(NegotiateCoding, PrefersTheHigherWeight) {
  EXPECT_EQ(http::negotiate_coding("br;q=0.8, gzip", both), "gzip");
  EXPECT_EQ(http::negotiate_coding("br; q=0.801 ,gzip ; Q=0.8", both), "br");
}

TEST(NegotiateCoding, IgnoresTheCaseOfNames) { EXPECT_EQ(http::negotiate_coding("GZip", both), "gzip"); }

TEST(NegotiateCoding, TakesXGzipForGzip) {
  EXPECT_EQ(http::negotiate_coding("x-gzip", both), "gzip");
  EXPECT_EQ(http::negotiate_coding("X-GZip;q=0.5, br;q=0.4", both), "gzip");
  EXPECT_EQ(http::negotiate_coding("x-gzip;q=0, *", both), "br");
  EXPECT_EQ(http::negotiate_coding("x-br", both), "identity");
}

TEST(NegotiateCoding, IsIdentityWhereNothingOfferedIsNamed) {
  EXPECT_EQ(http::negotiate_coding("", both), "identity");
  EXPECT_EQ(http::negotiate_coding("zstd", both), "identity");
  EXPECT_EQ(http::negotiate_coding("identity", both), "identity");
  EXPECT_EQ(http::negotiate_coding("gzip", {}), "identity");
}

TEST(NegotiateCoding, IsIdentityWhereThatWeighsMore) {
  EXPECT_EQ(http::negotiate_coding("identity, gzip;q=0.9", both), "identity");
  EXPECT_EQ(http::negotiate_coding("identity;q=0.5, gzip;q=0.9", both), "gzip");
  EXPECT_EQ(http::negotiate_coding("identity, gzip", both), "gzip");
}

TEST(NegotiateCoding, LetsTheStarStandForWhatIsNotNamed) {
  EXPECT_EQ(http::negotiate_coding("*", both), "br");
  EXPECT_EQ(http::negotiate_coding("*, br;q=0", both), "gzip");
  EXPECT_EQ(http::negotiate_coding("gzip;q=0.5, *;q=0.1", both), "gzip");
}

TEST(NegotiateCoding, NeverTakesWhatIsRefused) {
  EXPECT_EQ(http::negotiate_coding("gzip;q=0, br;q=0.000", both), "identity");
  EXPECT_EQ(http::negotiate_coding("*;q=0", both), "identity");
}

TEST(NegotiateCoding, SkipsMalformedElements) {
  EXPECT_EQ(http::negotiate_coding("br;q=2, br;q=, br x, ;, gzip;q=0.1", both), "gzip");
  EXPECT_EQ(http::negotiate_coding("br;level=1", both), "identity");
}

}  // namespace serval::content_coding_test
