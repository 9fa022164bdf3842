// SPDX-License-Identifier: MIT
#include <serval/http/language.hpp>

#include <gtest/gtest.h>

#include <array>

namespace serval::language_test {

constexpr std::array<std::string_view, 4> offered = {"en", "de", "fr-CA", "zh-Hant"};

TEST(NegotiateLanguage, TakesTheOneOfTheHighestWeight) {
  EXPECT_EQ(http::negotiate_language("de", offered), "de");
  EXPECT_EQ(http::negotiate_language("en;q=0.5, de;q=0.8", offered), "de");
  EXPECT_EQ(http::negotiate_language("en;q=0.5,de ; Q=0.501", offered), "de");
}

TEST(NegotiateLanguage, TakesTheFirstOfTheFieldAmongEquals) {
  EXPECT_EQ(http::negotiate_language("de, en", offered), "de");
}

TEST(NegotiateLanguage, IgnoresCase) { EXPECT_EQ(http::negotiate_language("FR-ca", offered), "fr-CA"); }

TEST(NegotiateLanguage, ServesANarrowerWishByTheWiderLanguage) {
  EXPECT_EQ(http::negotiate_language("de-AT", offered), "de");
  EXPECT_EQ(http::negotiate_language("zh-Hant-TW", offered), "zh-Hant");
  EXPECT_EQ(http::negotiate_language("de-x-old", offered), "de");
}

TEST(NegotiateLanguage, ServesAWiderWishByANarrowerLanguage) {
  EXPECT_EQ(http::negotiate_language("fr", offered), "fr-CA");
  EXPECT_EQ(http::negotiate_language("den", offered), "en");
}

TEST(NegotiateLanguage, LooksForEachWishByAllMeansBeforeTheNext) {
  EXPECT_EQ(http::negotiate_language("de-AT, en;q=0.9", offered), "de");
}

TEST(NegotiateLanguage, TakesTheFirstWhereNothingFits) {
  for (const char* field : {"", "*", "it", "it, *;q=0.1", ";;,,", "de;q=2", "de;x=1", "d e"}) {
    EXPECT_EQ(http::negotiate_language(field, offered), "en") << field;
  }
}

TEST(NegotiateLanguage, PassesOverWhatIsRefused) {
  EXPECT_EQ(http::negotiate_language("en;q=0, *", offered), "de");
  EXPECT_EQ(http::negotiate_language("de;q=0, de-AT", offered), "en");
}

}  // namespace serval::language_test
