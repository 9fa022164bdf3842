// SPDX-License-Identifier: MIT
#include "routing/segment.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace serval::detail::segment_test {

std::optional<std::string_view> captured(std::string_view pattern, std::string_view raw) {
  static routing::Pattern parsed = routing::Pattern::parse("/");
  parsed = routing::Pattern::parse(pattern);
  return capture(parsed.segments().front(), raw);
}

TEST(Unit, ReadsAPlainByte) {
  EXPECT_EQ(first_unit("ab").byte, 'a');
  EXPECT_EQ(first_unit("ab").width, 1);
  EXPECT_EQ(last_unit("ab").byte, 'b');
}

TEST(Unit, ReadsAnEscapeOfEitherCase) {
  EXPECT_EQ(first_unit("%2f").byte, '/');
  EXPECT_EQ(first_unit("%2Fx").width, 3);
  EXPECT_EQ(last_unit("x%2F").byte, '/');
  EXPECT_EQ(last_unit("x%2F").width, 3);
}

TEST(Unit, LeavesABrokenEscapeAsItIs) {
  for (const std::string_view raw : {"%", "%4", "%4g", "%g4", "%%41"}) {
    EXPECT_EQ(first_unit(raw).byte, '%') << raw;
    EXPECT_EQ(first_unit(raw).width, 1) << raw;
  }
}

TEST(Unit, ReadsFromTheBackWhatItReadsFromTheFront) {
  EXPECT_EQ(last_unit("%2541").byte, '1');
  EXPECT_EQ(last_unit("%2541").width, 1);
  EXPECT_EQ(last_unit("%%41").byte, 'A');
}

TEST(Unit, HasNoWidthAtTheEnd) {
  EXPECT_EQ(first_unit("").width, 0);
  EXPECT_EQ(last_unit("").width, 0);
}

TEST(MatchPrefix, CountsRawBytes) {
  EXPECT_EQ(match_prefix("items/x", "items"), 5U);
  EXPECT_EQ(match_prefix("%69tems/x", "items"), 7U);
}

TEST(MatchPrefix, RefusesOtherText) {
  EXPECT_EQ(match_prefix("item", "items"), std::nullopt);
  EXPECT_EQ(match_prefix("itemz", "items"), std::nullopt);
}

TEST(MatchPrefix, TakesNoEscapedSlashForASlash) {
  EXPECT_EQ(match_prefix("a/b", "a/b"), 3U);
  EXPECT_EQ(match_prefix("a%2Fb", "a/b"), std::nullopt);
}

TEST(MatchPrefix, ReadsAnEscapeWhereTheLiteralEndsWithAPercentSign) {
  EXPECT_EQ(match_prefix("100%41", "100%"), std::nullopt);
  EXPECT_EQ(match_prefix("100%2541", "100%"), 6U);
}

TEST(MatchSuffix, CountsRawBytes) {
  EXPECT_EQ(match_suffix("a.json", ".json"), 5U);
  EXPECT_EQ(match_suffix("a%2ejson", ".json"), 7U);
}

TEST(MatchSuffix, TakesNoEscapedSlashForASlash) { EXPECT_EQ(match_suffix("a%2Fraw", "/raw"), std::nullopt); }

TEST(MatchSuffix, RefusesTextThatIsTooShort) { EXPECT_EQ(match_suffix("son", ".json"), std::nullopt); }

TEST(AcceptsText, AnythingButNothing) {
  EXPECT_TRUE(accepts(routing::Converter::text, "a b"));
  EXPECT_FALSE(accepts(routing::Converter::text, ""));
}

TEST(AcceptsPath, EverythingAndNothing) {
  EXPECT_TRUE(accepts(routing::Converter::path, "a/b"));
  EXPECT_TRUE(accepts(routing::Converter::path, ""));
}

TEST(AcceptsInteger, DigitsOnly) {
  for (const std::string_view good : {"0", "007", "123456789012345678901234567890", "%31", "1%32"}) {
    EXPECT_TRUE(accepts(routing::Converter::integer, good)) << good;
  }
  for (const std::string_view bad : {"", "-1", "+1", "1.0", "1a", "a1", " 1", "0x1", "1%", "%2B1", "\xD9\xA1"}) {
    EXPECT_FALSE(accepts(routing::Converter::integer, bad)) << bad;
  }
}

TEST(AcceptsNumber, DigitsWithAnOptionalFraction) {
  for (const std::string_view good : {"0", "12", "1.5", "00.50", "1%2E5"}) {
    EXPECT_TRUE(accepts(routing::Converter::number, good)) << good;
  }
  for (const std::string_view bad : {"", ".", "1.", ".5", "-1.5", "1.5.2", "1e5", "1,5", "nan", "inf", "1.5x"}) {
    EXPECT_FALSE(accepts(routing::Converter::number, bad)) << bad;
  }
}

TEST(AcceptsUuid, CanonicalFormOfEitherCase) {
  for (const std::string_view good :
       {"123e4567-e89b-12d3-a456-426614174000", "123E4567-E89B-12D3-A456-426614174000",
        "%3123e4567-e89b-12d3-a456-426614174000", "00000000-0000-0000-0000-000000000000"}) {
    EXPECT_TRUE(accepts(routing::Converter::uuid, good)) << good;
  }
  for (const std::string_view bad :
       {"", "123e4567e89b12d3a456426614174000", "123e4567-e89b-12d3-a456-42661417400",
        "123e4567-e89b-12d3-a456-4266141740000", "123g4567-e89b-12d3-a456-426614174000",
        "{123e4567-e89b-12d3-a456-426614174000}", "123e4567_e89b-12d3-a456-426614174000"}) {
    EXPECT_FALSE(accepts(routing::Converter::uuid, bad)) << bad;
  }
}

TEST(Capture, TakesTheTextBetweenPrefixAndSuffix) { EXPECT_EQ(captured("/a{x}.json", "abc.json"), "bc"); }

TEST(Capture, KeepsTheValueRaw) { EXPECT_EQ(captured("/a{x}", "a%20b"), "%20b"); }

TEST(Capture, LetsPrefixAndSuffixNotOverlap) {
  EXPECT_EQ(captured("/ab{x}bc", "abc"), std::nullopt);
  EXPECT_EQ(captured("/ab{x}bc", "abxbc"), "x");
}

TEST(Capture, WantsAtLeastOneCharacter) { EXPECT_EQ(captured("/{x}.json", ".json"), std::nullopt); }

TEST(Capture, LetsAPathBeEmpty) { EXPECT_EQ(captured("/{p:path}/raw", "/raw"), ""); }

TEST(Capture, TakesTheLastSuffixOfAPath) { EXPECT_EQ(captured("/{p:path}/raw", "a/raw/raw"), "a/raw"); }

TEST(DecodeInto, DecodesEscapes) {
  std::array<char, 4> buffer;
  EXPECT_EQ(decode_into(buffer, "%61b%"), "ab%");
}

TEST(DecodeInto, FillsTheBufferToTheBrim) {
  std::array<char, 3> buffer;
  EXPECT_EQ(decode_into(buffer, "a%62c"), "abc");
}

TEST(DecodeInto, RefusesWhatDoesNotFit) {
  std::array<char, 2> buffer;
  EXPECT_EQ(decode_into(buffer, "abc"), std::nullopt);
}

}  // namespace serval::detail::segment_test
