// SPDX-License-Identifier: MIT
#include <serval/base/json_escape.hpp>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <string>

namespace serval::json_escape_test {

std::string escaped(std::string_view text) {
  std::string out;
  detail::append_json_string(out, text);
  return out;
}

TEST(AppendJsonString, QuotesTheEmptyText) { EXPECT_EQ(escaped(""), R"("")"); }

TEST(AppendJsonString, KeepsWhatStoodBefore) {
  std::string out = "[";
  detail::append_json_string(out, "a");
  EXPECT_EQ(out, R"(["a")");
}

TEST(AppendJsonString, LeavesPlainTextOfEveryLength) {
  for (std::size_t length = 0; length < 40; ++length) {
    const std::string text(length, 'x');
    EXPECT_EQ(escaped(text), '"' + text + '"');
  }
}

TEST(AppendJsonString, EscapesQuoteAndBackslash) { EXPECT_EQ(escaped(R"(a"b\c)"), R"("a\"b\\c")"); }

TEST(AppendJsonString, WritesShortEscapes) { EXPECT_EQ(escaped("\n\t\r\b\f"), R"("\n\t\r\b\f")"); }

TEST(AppendJsonString, WritesOtherControlsAsHex) {
  EXPECT_EQ(escaped(std::string_view("\0\x01\x1f", 3)), R"("\u0000\u0001\u001f")");
}

TEST(AppendJsonString, LeavesSlashAndDelete) { EXPECT_EQ(escaped("/\x7f"), "\"/\x7f\""); }

TEST(AppendJsonString, LeavesWellFormedUtf8) { EXPECT_EQ(escaped("é€😀\u2028"), "\"é€😀\u2028\""); }

TEST(AppendJsonString, ReplacesStrayContinuation) { EXPECT_EQ(escaped("a\x80z"), "\"a\uFFFDz\""); }

TEST(AppendJsonString, ReplacesTruncatedSequenceOnce) { EXPECT_EQ(escaped("a\xE2\x82"), "\"a\uFFFD\""); }

TEST(AppendJsonString, ReplacesSurrogateByteByByte) { EXPECT_EQ(escaped("\xED\xA0\x80"), "\"\uFFFD\uFFFD\uFFFD\""); }

TEST(AppendJsonString, KeepsTheByteThatBrokeASequence) { EXPECT_EQ(escaped("\xE2\""), "\"\uFFFD\\\"\""); }

// An independent writer must agree on every byte at every position within an eight-byte word.
TEST(AppendJsonString, AgreesWithNlohmannForEachByteAtEachPlace) {
  for (int byte = 0; byte < 256; ++byte) {
    constexpr std::size_t lengths[] = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 20, 64, 65, 70};
    for (const std::size_t length : lengths) {
      for (std::size_t place = 0; place < length; ++place) {
        std::string text(length, 'x');
        text[place] = static_cast<char>(byte);
        const std::string expected =
            nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        ASSERT_EQ(escaped(text), expected) << "byte " << byte << " at " << place << " of " << length;
      }
    }
  }
}

}  // namespace serval::json_escape_test
