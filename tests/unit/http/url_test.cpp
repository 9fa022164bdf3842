// SPDX-License-Identifier: MIT
#include <serval/http/url.hpp>

#include <gtest/gtest.h>
#include <string>

namespace serval::url_test {

TEST(PercentDecode, DecodesEscapesInEitherCase) { EXPECT_EQ(http::percent_decode("/a%20b%C3%bc"), "/a b\xC3\xBC"); }

TEST(PercentDecode, LeavesTextWithoutEscapes) { EXPECT_EQ(http::percent_decode("/plain/text"), "/plain/text"); }

TEST(PercentDecode, LeavesPlus) { EXPECT_EQ(http::percent_decode("a+b%20"), "a+b "); }

TEST(PercentDecode, KeepsTruncatedEscape) {
  EXPECT_EQ(http::percent_decode("a%"), "a%");
  EXPECT_EQ(http::percent_decode("a%4"), "a%4");
}

TEST(PercentDecode, KeepsInvalidEscape) {
  EXPECT_EQ(http::percent_decode("%zz"), "%zz");
  EXPECT_EQ(http::percent_decode("%4g"), "%4g");
  EXPECT_EQ(http::percent_decode("%-1"), "%-1");
}

TEST(PercentDecode, ReadsAnEscapeRightBehindAStrayPercent) { EXPECT_EQ(http::percent_decode("%%41"), "%A"); }

TEST(PercentDecode, DecodesOnce) { EXPECT_EQ(http::percent_decode("%2541"), "%41"); }

TEST(PercentDecode, DecodesNul) { EXPECT_EQ(http::percent_decode("a%00b"), std::string("a\0b", 3)); }

TEST(FormDecode, ReadsPlusAsSpace) { EXPECT_EQ(http::form_decode("a+b%2B+%20"), "a b+  "); }

TEST(PercentEncode, KeepsUnreservedBytes) { EXPECT_EQ(http::percent_encode("aZ09-._~"), "aZ09-._~"); }

TEST(PercentEncode, EncodesAllElseInCapitals) {
  EXPECT_EQ(http::percent_encode("a b/\xC3\xBC%\n"), "a%20b%2F%C3%BC%25%0A");
}

TEST(PercentEncode, KeepsWhatItIsToldTo) { EXPECT_EQ(http::percent_encode("/a b/c?", "/"), "/a%20b/c%3F"); }

TEST(PercentEncode, IsUndoneByPercentDecode) {
  std::string every_byte;
  for (int byte = 0; byte < 256; ++byte) every_byte += static_cast<char>(byte);
  EXPECT_EQ(http::percent_decode(http::percent_encode(every_byte)), every_byte);
}

TEST(EncodeLocation, EncodesSpacesAndNonAscii) { EXPECT_EQ(http::encode_location("/a b?c=ü"), "/a%20b?c=%C3%BC"); }

TEST(EncodeLocation, KeepsWhatIsLegalInAUrl) {
  const std::string url = "http://[::1]:80/a;b=c/d@e?x=(1)&y=*#f!$'+,~";
  EXPECT_EQ(http::encode_location(url), url);
}

TEST(EncodeLocation, KeepsEscapes) { EXPECT_EQ(http::encode_location("/a%20b%c3"), "/a%20b%c3"); }

TEST(EncodeLocation, EncodesAPercentThatIsNoEscape) { EXPECT_EQ(http::encode_location("/100%/%4"), "/100%25/%254"); }

TEST(EncodeLocation, EncodesLineBreaksAndNul) {
  EXPECT_EQ(http::encode_location(std::string_view("/\r\n\0", 4)), "/%0D%0A%00");
}

// Browsers read a backslash as a slash, so "/\host" would leave the site.
TEST(EncodeLocation, EncodesBackslash) { EXPECT_EQ(http::encode_location("/\\evil"), "/%5Cevil"); }

TEST(ReplaceInvalidUtf8, LeavesWellFormedText) {
  const std::string text = "plain ü € 😀 \U0010FFFF";
  EXPECT_EQ(http::replace_invalid_utf8(text), text);
  EXPECT_TRUE(http::is_valid_utf8(text));
}

// The examples of Unicode 15 section 3.9, tables 3-8 to 3-11.
TEST(ReplaceInvalidUtf8, ReplacesOverlongForms) {
  EXPECT_EQ(http::replace_invalid_utf8("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41"),
            "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\x41");
}

TEST(ReplaceInvalidUtf8, ReplacesSurrogates) {
  EXPECT_EQ(http::replace_invalid_utf8("\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41"),
            "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\x41");
}

TEST(ReplaceInvalidUtf8, ReplacesOtherIllFormedBytes) {
  EXPECT_EQ(http::replace_invalid_utf8("\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42"),
            "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\x41\uFFFD\uFFFD\x42");
}

TEST(ReplaceInvalidUtf8, ReplacesATruncatedSequenceOnce) {
  EXPECT_EQ(http::replace_invalid_utf8("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41"), "\uFFFD\uFFFD\uFFFD\uFFFD\x41");
}

TEST(IsValidUtf8, FindsAFaultAtEachPlaceOfAWord) {
  for (std::size_t place = 0; place < 20; ++place) {
    std::string text(20, 'x');
    text[place] = '\x80';
    EXPECT_FALSE(http::is_valid_utf8(text)) << place;
  }
}

TEST(IsValidUtf8, RefusesASequenceThatTheTextEnds) {
  EXPECT_FALSE(http::is_valid_utf8("12345678\xF0\x9F\x98"));
  EXPECT_TRUE(http::is_valid_utf8(""));
}

}  // namespace serval::url_test
