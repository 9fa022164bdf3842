// SPDX-License-Identifier: MIT
#include "json/encoding.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace serval::detail::json_encoding_test {

using namespace std::string_literals;

void expect_mark(std::string_view body, JsonEncoding encoding, std::size_t mark_bytes) {
  EXPECT_EQ(detect_json_encoding(body).encoding, encoding);
  EXPECT_EQ(detect_json_encoding(body).mark_bytes, mark_bytes);
}

std::string decode(std::string_view body, JsonEncoding encoding) {
  std::string out = "before";
  return decode_to_utf8(body, encoding, out) ? out : "refused";
}

TEST(JsonEncoding, KnowsByteOrderMarks) {
  expect_mark("\xEF\xBB\xBF{}", JsonEncoding::utf8, 3);
  expect_mark("\xFF\xFE{\0"s, JsonEncoding::utf16_le, 2);
  expect_mark("\xFE\xFF\0{"s, JsonEncoding::utf16_be, 2);
  expect_mark("\xFF\xFE\0\0{\0\0\0"s, JsonEncoding::utf32_le, 4);
  expect_mark("\0\0\xFE\xFF\0\0\0{"s, JsonEncoding::utf32_be, 4);
}

TEST(JsonEncoding, KnowsZeroBytes) {
  expect_mark("{\0}\0"s, JsonEncoding::utf16_le, 0);
  expect_mark("\0{\0}"s, JsonEncoding::utf16_be, 0);
  expect_mark("1\0\0\0"s, JsonEncoding::utf32_le, 0);
  expect_mark("\0\0\0\x31"s, JsonEncoding::utf32_be, 0);
  expect_mark("1\0"s, JsonEncoding::utf16_le, 0);
  expect_mark("\0\x31"s, JsonEncoding::utf16_be, 0);
}

TEST(JsonEncoding, IsUtf8Otherwise) {
  expect_mark("", JsonEncoding::utf8, 0);
  expect_mark("1", JsonEncoding::utf8, 0);
  expect_mark("{\"a\":1}", JsonEncoding::utf8, 0);
  expect_mark("1\0\0"s, JsonEncoding::utf8, 0);
}

TEST(JsonEncoding, DecodesUtf16) {
  EXPECT_EQ(decode("a\0\xFC\0\xAC\x20"s, JsonEncoding::utf16_le), "a\xC3\xBC\xE2\x82\xAC");
  EXPECT_EQ(decode("\0a\0\xFC\x20\xAC"s, JsonEncoding::utf16_be), "a\xC3\xBC\xE2\x82\xAC");
}

TEST(JsonEncoding, JoinsSurrogatesOfUtf16) {
  EXPECT_EQ(decode("\xD8\x3D\xDE\x00\0a"s, JsonEncoding::utf16_be),
            "\xF0\x9F\x98\x80"
            "a");
  EXPECT_EQ(decode("\x3D\xD8\x00\xDE"s, JsonEncoding::utf16_le), "\xF0\x9F\x98\x80");
}

TEST(JsonEncoding, ReplacesLoneSurrogates) {
  EXPECT_EQ(decode("\xD8\x3D\0a"s, JsonEncoding::utf16_be),
            "\xEF\xBF\xBD"
            "a");
  EXPECT_EQ(decode("\xD8\x3D"s, JsonEncoding::utf16_be), "\xEF\xBF\xBD");
  EXPECT_EQ(decode("\0\0\xD8\x3D"s, JsonEncoding::utf32_be), "\xEF\xBF\xBD");
}

TEST(JsonEncoding, DecodesUtf32) {
  EXPECT_EQ(decode("\0\x01\xF6\0\0\0\0a"s, JsonEncoding::utf32_be),
            "\xF0\x9F\x98\x80"
            "a");
  EXPECT_EQ(decode("\0\xF6\x01\0a\0\0\0"s, JsonEncoding::utf32_le),
            "\xF0\x9F\x98\x80"
            "a");
}

TEST(JsonEncoding, RefusesCutOffUnits) {
  EXPECT_EQ(decode("a\0b"s, JsonEncoding::utf16_le), "refused");
  EXPECT_EQ(decode("a\0\0\0b\0"s, JsonEncoding::utf32_le), "refused");
}

TEST(JsonEncoding, RefusesCodePointsBeyondUnicode) {
  EXPECT_EQ(decode("\0\x11\0\0"s, JsonEncoding::utf32_be), "refused");
  EXPECT_EQ(decode("\xFF\xFF\xFF\xFF", JsonEncoding::utf32_le), "refused");
}

TEST(JsonEncoding, AppendsEveryLengthOfUtf8) {
  std::string out;
  for (const std::uint32_t code : {0x7FU, 0x80U, 0x7FFU, 0x800U, 0xFFFFU, 0x10000U, 0x10FFFFU}) append_utf8(out, code);
  EXPECT_EQ(out, "\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF");
}

}  // namespace serval::detail::json_encoding_test
