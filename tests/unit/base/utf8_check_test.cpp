// SPDX-License-Identifier: MIT
#include "base/utf8_check.hpp"

#include <gtest/gtest.h>

#include <string>

namespace serval::detail::utf8_check_test {

TEST(CheckUtf8, GoesOnWhereTextWasCut) {
  const std::string text = "0123456789\xe2\x82\xac\xf0\x9f\x98\x80z";
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    std::size_t position = 0;
    EXPECT_NE(check_utf8(text.substr(0, cut), position), Utf8Verdict::invalid) << cut;
    EXPECT_EQ(check_utf8(text, position), Utf8Verdict::valid) << cut;
    EXPECT_EQ(position, text.size());
  }
}

TEST(CheckUtf8, TellsASequenceThatIsNotWholeFromOneThatCannotBe) {
  const auto verdict = [](std::string_view text) {
    std::size_t position = 0;
    return check_utf8(text, position);
  };
  for (const char* text : {"\xc3", "a\xe2\x82", "\xf0\x9f\x98", "\xed\x9f", "\xf4\x8f"}) {
    EXPECT_EQ(verdict(text), Utf8Verdict::incomplete) << text;
    EXPECT_FALSE(is_utf8(text));
  }
  for (const char* text :
       {"\x80", "\xc1", "\xff", "\xf5", "\xe0\x80", "\xed\xa0", "\xf4\x90", "\xe2\x28", "0123456\xfe"}) {
    EXPECT_EQ(verdict(text), Utf8Verdict::invalid) << text;
  }
}

TEST(IsUtf8, TakesTheEmptyText) { EXPECT_TRUE(is_utf8("")); }

TEST(IsUtf8, TellsWholeTextsFromOthers) {
  EXPECT_TRUE(is_utf8("a\xC3\xBC\xE2\x82\xAC\xF0\x9F\x98\x80"));
  EXPECT_FALSE(is_utf8("a\xC3"));
  EXPECT_FALSE(is_utf8("\xED\xA0\x80"));
}

}  // namespace serval::detail::utf8_check_test
