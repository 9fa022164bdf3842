// SPDX-License-Identifier: MIT
#include <serval/http/media_type.hpp>

#include <gtest/gtest.h>

namespace serval::media_type_test {

using Parameters = std::vector<std::pair<std::string, std::string>>;
using Offers = std::vector<std::string_view>;

TEST(MediaTypeParse, ReadsTypeAndSubtypeInSmallLetters) {
  const auto type = http::MediaType::parse("Application/Problem+JSON");
  ASSERT_TRUE(type);
  EXPECT_EQ(type->type, "application");
  EXPECT_EQ(type->subtype, "problem+json");
  EXPECT_TRUE(type->parameters.empty());
}

// RFC 9110 section 8.3.1: all four are equivalent.
TEST(MediaTypeParse, ReadsTheExamplesOfTheRfc) {
  for (const char* text : {"text/html;charset=utf-8", "Text/HTML;Charset=\"utf-8\"", "text/html; charset=\"utf-8\"",
                           "text/html;charset=UTF-8"}) {
    const auto type = http::MediaType::parse(text);
    ASSERT_TRUE(type) << text;
    EXPECT_EQ(type->type + "/" + type->subtype, "text/html");
    ASSERT_EQ(type->parameters.size(), 1U);
    EXPECT_EQ(type->parameters[0].first, "charset");
  }
}

TEST(MediaTypeParse, UnquotesParameters) {
  const auto type = http::MediaType::parse(R"(multipart/form-data; boundary="a \"b\" ;,\\"; x=Y)");
  ASSERT_TRUE(type);
  EXPECT_EQ(type->parameters, (Parameters{{"boundary", R"(a "b" ;,\)"}, {"x", "Y"}}));
}

TEST(MediaTypeParse, TakesWhiteSpaceAroundSemicolons) {
  const auto type = http::MediaType::parse(" a/b \t; c=d ; e=f ");
  ASSERT_TRUE(type);
  EXPECT_EQ(type->parameters, (Parameters{{"c", "d"}, {"e", "f"}}));
}

TEST(MediaTypeParse, SkipsEmptyParameters) {
  const auto type = http::MediaType::parse("a/b;; c=d;");
  ASSERT_TRUE(type);
  EXPECT_EQ(type->parameters, (Parameters{{"c", "d"}}));
}

TEST(MediaTypeParse, TakesAnEmptyQuotedString) {
  const auto type = http::MediaType::parse("a/b;c=\"\"");
  ASSERT_TRUE(type);
  EXPECT_EQ(type->parameter("c"), "");
}

TEST(MediaTypeParse, GivesTheFirstParameterOfAName) {
  const auto type = http::MediaType::parse("a/b;c=1;C=2");
  ASSERT_TRUE(type);
  EXPECT_EQ(type->parameter("C"), "1");
  EXPECT_EQ(type->parameter("d"), std::nullopt);
}

TEST(MediaTypeParse, RefusesATextWithoutBothParts) {
  for (const char* text : {"", " ", "json", "/", "a/", "/b", "a//b", "a/b/c"}) {
    EXPECT_FALSE(http::MediaType::parse(text)) << text;
  }
}

TEST(MediaTypeParse, RefusesPartsThatAreNoTokens) {
  for (const char* text : {"a b/c", "a/b c", "a /b", "a/ b", "a/b,c/d", "a/b,", "\xC3\xA9/b", "a/(b)"}) {
    EXPECT_FALSE(http::MediaType::parse(text)) << text;
  }
}

TEST(MediaTypeParse, RefusesMalformedParameters) {
  for (const char* text : {"a/b;c", "a/b;c=", "a/b;=d", "a/b;c =d", "a/b;c= d", "a/b;c=d e", "a/b;c=\"d", "a/b;c=\"d\\",
                           "a/b;c=\"d\"e", "a/b;c=\"\r\n\"", "a/b;c=\"\x7f\"", "a/b;c=\"\\\x01\""}) {
    EXPECT_FALSE(http::MediaType::parse(text)) << text;
  }
}

TEST(IsJsonMediaType, TakesJsonInAnyCaseAndWithParameters) {
  for (const char* text :
       {"application/json", "Application/JSON", "application/json; charset=utf-8", "application/json;",
        " application/json ;x", "application/problem+json", "application/a.b+JSON;v=1"}) {
    EXPECT_TRUE(http::is_json_media_type(text)) << text;
  }
}

TEST(IsJsonMediaType, RefusesAllElse) {
  for (const char* text :
       {"", "json", "text/json", "text/plain", "application/", "application/jsonp", "application/xjson",
        "application/+json", "application/geo+json-seq", "application/json, text/plain", "application/a b+json",
        "application/x/y+json", "text/plain; application/json"}) {
    EXPECT_FALSE(http::is_json_media_type(text)) << text;
  }
}

TEST(Negotiate, TakesTheFirstOfferWithoutAccept) {
  EXPECT_EQ(http::negotiate("", Offers{"text/html", "text/plain"}), "text/html");
  EXPECT_EQ(http::negotiate(" , ", Offers{"text/html"}), "text/html");
}

TEST(Negotiate, GivesNothingWithoutOffers) {
  EXPECT_EQ(http::negotiate("*/*", Offers{}), std::nullopt);
  EXPECT_EQ(http::negotiate("", Offers{}), std::nullopt);
}

// RFC 9110 section 12.5.1: "I prefer audio/basic, but send me any audio type if it is the best available after an
// 80% markdown in quality."
TEST(Negotiate, PrefersTheHigherQuality) {
  EXPECT_EQ(http::negotiate("audio/*; q=0.2, audio/basic", Offers{"audio/mp3", "audio/basic"}), "audio/basic");
  EXPECT_EQ(http::negotiate("audio/*; q=0.2, audio/basic", Offers{"audio/mp3"}), "audio/mp3");
}

TEST(Negotiate, FollowsTheElaborateExampleOfTheRfc) {
  constexpr std::string_view accept = "text/plain; q=0.5, text/html, text/x-dvi; q=0.8, text/x-c";
  EXPECT_EQ(http::negotiate(accept, Offers{"text/plain", "text/x-dvi"}), "text/x-dvi");
  EXPECT_EQ(http::negotiate(accept, Offers{"text/x-dvi", "text/x-c", "text/html"}), "text/x-c");
  EXPECT_EQ(http::negotiate(accept, Offers{"image/png"}), std::nullopt);
}

// The table of quality values in RFC 9110 section 12.5.1: 1, 0.7, 0.3, 0.5, 0.4, 0.7.
TEST(Negotiate, LetsTheMostSpecificRangeDecide) {
  constexpr std::string_view accept =
      "text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, */*;q=0.5";
  const Offers by_quality = {"text/plain;format=flowed", "text/plain", "image/jpeg", "text/plain;format=fixed",
                             "text/html"};
  for (std::size_t better = 0; better < by_quality.size(); ++better) {
    for (std::size_t worse = better + 1; worse < by_quality.size(); ++worse) {
      EXPECT_EQ(http::negotiate(accept, Offers{by_quality[worse], by_quality[better]}), by_quality[better]);
    }
  }
}

TEST(Negotiate, PrefersTheMoreSpecificRangeAtEqualQuality) {
  EXPECT_EQ(http::negotiate("*/*, text/html", Offers{"text/plain", "text/html"}), "text/html");
}

TEST(Negotiate, KeepsTheOrderOfOffersAmongEquals) {
  EXPECT_EQ(http::negotiate("text/html, text/plain", Offers{"text/plain", "text/html"}), "text/plain");
}

TEST(Negotiate, TakesQualityZeroAsARefusal) {
  EXPECT_EQ(http::negotiate("text/html;q=0, */*", Offers{"text/html", "text/plain"}), "text/plain");
  EXPECT_EQ(http::negotiate("text/html;q=0.000", Offers{"text/html"}), std::nullopt);
}

TEST(Negotiate, ComparesThousandths) {
  EXPECT_EQ(http::negotiate("a/b;q=0.998, c/d;q=0.999", Offers{"a/b", "c/d"}), "c/d");
}

TEST(Negotiate, IgnoresCase) { EXPECT_EQ(http::negotiate("TEXT/Html;Q=1", Offers{"text/html"}), "text/html"); }

TEST(Negotiate, IgnoresACharsetInARange) {
  EXPECT_EQ(http::negotiate("application/json; charset=utf-8", Offers{"application/json"}), "application/json");
}

TEST(Negotiate, AsksForTheParametersOfARange) {
  EXPECT_EQ(http::negotiate("text/html;level=1", Offers{"text/html"}), std::nullopt);
  EXPECT_EQ(http::negotiate("text/html;level=1", Offers{"text/html;level=2", "text/html;level=1"}),
            "text/html;level=1");
}

TEST(Negotiate, IgnoresExtensionsBehindTheQuality) {
  EXPECT_EQ(http::negotiate("text/html;q=0.5;ext=1", Offers{"text/html"}), "text/html");
}

TEST(Negotiate, IgnoresMalformedElements) {
  EXPECT_EQ(
      http::negotiate("html, */json, text/plain;q=2, image/png", Offers{"text/plain", "application/json", "image/png"}),
      "image/png");
}

TEST(Negotiate, RefusesMalformedQualities) {
  for (const char* quality : {"1.001", "0.0001", "2", "-1", ".5", "0,5", "1.", "x", "0.5x", "00", "1e0"}) {
    const std::string accept = std::string("a/b;q=") + quality + ", c/d;q=0.001";
    const auto expected = std::string_view(quality) == "1." ? "a/b" : "c/d";
    EXPECT_EQ(http::negotiate(accept, Offers{"a/b", "c/d"}), expected) << quality;
  }
}

TEST(Negotiate, DoesNotSplitAtACommaWithinQuotes) {
  EXPECT_EQ(http::negotiate("a/b;x=\",c/d,\\\",\", e/f", Offers{"c/d", "e/f"}), "e/f");
}

TEST(Negotiate, TakesTheFirstOfferWhenNoRangeIsWellFormed) {
  EXPECT_EQ(http::negotiate("nonsense", Offers{"a/b", "c/d"}), "a/b");
}

}  // namespace serval::media_type_test
