// SPDX-License-Identifier: MIT
#include "types/scalar_text.hpp"

#include <gtest/gtest.h>

#include <string>

namespace serval::detail::scalar_text_test {

TEST(CountCodePoints, IsTheLengthOfAscii) {
  for (std::size_t length = 0; length < 40; ++length) EXPECT_EQ(count_code_points(std::string(length, 'x')), length);
}

TEST(CountCodePoints, CountsSequencesOfEachLengthOnce) {
  EXPECT_EQ(count_code_points("ä"), 1u);
  EXPECT_EQ(count_code_points("€"), 1u);
  EXPECT_EQ(count_code_points("😀"), 1u);
}

TEST(CountCodePoints, CountsAcrossEveryAlignment) {
  for (std::size_t before = 0; before < 16; ++before) {
    EXPECT_EQ(count_code_points(std::string(before, 'x') + "aä€😀ä€😀"), before + 7) << before;
  }
}

TEST(TrimWhiteSpace, TakesAsciiSpacesFromBothEnds) { EXPECT_EQ(trim_white_space(" \t\n\v\f\r1 2\r\n"), "1 2"); }

TEST(TrimWhiteSpace, TakesUnicodeSpaces) {
  for (const std::string space :
       {"\u0085", "\u00A0", "\u1680", "\u2000", "\u200A", "\u2028", "\u2029", "\u202F", "\u205F", "\u3000"}) {
    EXPECT_EQ(trim_white_space(space + "1" + space), "1") << space;
  }
}

TEST(TrimWhiteSpace, KeepsWhatIsNoWhiteSpace) {
  for (const std::string_view text : {"\x1C"
                                      "1",
                                      "\u200B1", "\uFEFF1", "1\u00A1", "1\u2010", "ä"}) {
    EXPECT_EQ(trim_white_space(text), text);
  }
}

TEST(TrimWhiteSpace, OfNothingButSpacesIsEmpty) {
  EXPECT_EQ(trim_white_space(""), "");
  EXPECT_EQ(trim_white_space(" \u3000 "), "");
}

TEST(EqualsIgnoringCase, ComparesAsciiLettersOnly) {
  EXPECT_TRUE(equals_ignoring_case("TrUe", "true"));
  EXPECT_FALSE(equals_ignoring_case("true ", "true"));
  EXPECT_FALSE(equals_ignoring_case("[", "{"));
  EXPECT_FALSE(equals_ignoring_case("Ä", "ä"));
}

}  // namespace serval::detail::scalar_text_test
