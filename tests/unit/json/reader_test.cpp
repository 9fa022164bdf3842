// SPDX-License-Identifier: MIT
#include "json/reader.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace serval::detail::json_reader_test {

using namespace std::string_literals;
using Outcome = JsonDocument::Outcome;
using Kind = JsonNode::Kind;

// Returns "<position> <message>" for an invalid body, or the name of another outcome.
std::string fault_of(std::string_view body) {
  JsonDocument document;
  switch (document.parse(body, 0)) {
    case Outcome::ok:
      return "ok";
    case Outcome::unreadable:
      return "unreadable";
    case Outcome::invalid:
      break;
  }
  return std::to_string(document.error().position) + " " + document.error().message;
}

Outcome outcome_of(std::string_view body, std::size_t max_depth = 0) {
  JsonDocument document;
  return document.parse(body, max_depth);
}

// Returns the kind of a body that is a single number; empty if the body is invalid.
std::string number_kind(std::string_view body) {
  JsonDocument document;
  if (document.parse(body, 0) != Outcome::ok) return "";
  return document.root().is_integer() ? "integer" : document.root().is_real() ? "real" : "other";
}

TEST(JsonReader, TellsKindsApart) {
  JsonDocument document;
  ASSERT_EQ(document.parse(R"([null,false,true,1,1.5,"a",[],{}])", 0), Outcome::ok);
  std::vector<Kind> kinds;
  JsonValue value = document.root().first();
  for (std::size_t i = 0; i < document.root().size(); ++i, value = value.next()) kinds.push_back(value.kind());
  EXPECT_EQ(kinds, (std::vector<Kind>{Kind::null, Kind::false_, Kind::true_, Kind::integer, Kind::real, Kind::string,
                                      Kind::array, Kind::object}));
}

TEST(JsonReader, SkipsTheFourSpacesOfJson) { EXPECT_EQ(fault_of(" \t\r\n[ \t\r\n1 , 2 ] \t\r\n"), "ok"); }

TEST(JsonReader, TakesNoOtherSpaces) {
  EXPECT_EQ(fault_of("\v1"), "0 Expecting value");
  EXPECT_EQ(fault_of("[1\f]"), "2 Expecting ',' delimiter");
  EXPECT_EQ(fault_of("\xC2\xA0[]"), "0 Expecting value");
}

TEST(JsonReader, WantsAValue) {
  EXPECT_EQ(fault_of(""), "0 Expecting value");
  EXPECT_EQ(fault_of("  "), "2 Expecting value");
  EXPECT_EQ(fault_of("tru"), "0 Expecting value");
  EXPECT_EQ(fault_of("-"), "0 Expecting value");
  EXPECT_EQ(fault_of("'a'"), "0 Expecting value");
  EXPECT_EQ(fault_of("["), "1 Expecting value");
  EXPECT_EQ(fault_of("[1,"), "3 Expecting value");
  EXPECT_EQ(fault_of("[,1]"), "1 Expecting value");
  EXPECT_EQ(fault_of("{\"a\":"), "5 Expecting value");
  EXPECT_EQ(fault_of("{\"a\": }"), "6 Expecting value");
}

TEST(JsonReader, WantsAPropertyName) {
  EXPECT_EQ(fault_of("{"), "1 Expecting property name enclosed in double quotes");
  EXPECT_EQ(fault_of("{bad"), "1 Expecting property name enclosed in double quotes");
  EXPECT_EQ(fault_of("{ 1:2}"), "2 Expecting property name enclosed in double quotes");
  EXPECT_EQ(fault_of("{\"a\":1,"), "7 Expecting property name enclosed in double quotes");
  EXPECT_EQ(fault_of("{\"a\":1, b}"), "8 Expecting property name enclosed in double quotes");
}

TEST(JsonReader, WantsAColon) {
  EXPECT_EQ(fault_of("{\"a\""), "4 Expecting ':' delimiter");
  EXPECT_EQ(fault_of("{\"a\" 1}"), "5 Expecting ':' delimiter");
  EXPECT_EQ(fault_of("{\"a\"}"), "4 Expecting ':' delimiter");
}

TEST(JsonReader, WantsAComma) {
  EXPECT_EQ(fault_of("{\"a\":1"), "6 Expecting ',' delimiter");
  EXPECT_EQ(fault_of("{\"a\":1 \"b\"}"), "7 Expecting ',' delimiter");
  EXPECT_EQ(fault_of("[1"), "2 Expecting ',' delimiter");
  EXPECT_EQ(fault_of("[1 2]"), "3 Expecting ',' delimiter");
  EXPECT_EQ(fault_of("[1}"), "2 Expecting ',' delimiter");
  EXPECT_EQ(fault_of("[[] x"), "4 Expecting ',' delimiter");
}

TEST(JsonReader, PointsAtATrailingComma) {
  EXPECT_EQ(fault_of("{\"a\":1,}"), "6 Illegal trailing comma before end of object");
  EXPECT_EQ(fault_of("{\"a\":1 , }"), "7 Illegal trailing comma before end of object");
  EXPECT_EQ(fault_of("[1,]"), "2 Illegal trailing comma before end of array");
  EXPECT_EQ(fault_of("[1 ,\n]"), "3 Illegal trailing comma before end of array");
}

TEST(JsonReader, RefusesWhatFollowsTheValue) {
  EXPECT_EQ(fault_of("{} x"), "3 Extra data");
  EXPECT_EQ(fault_of("01"), "1 Extra data");
  EXPECT_EQ(fault_of("1."), "1 Extra data");
  EXPECT_EQ(fault_of("1e+"), "1 Extra data");
  EXPECT_EQ(fault_of("nullx"), "4 Extra data");
  EXPECT_EQ(fault_of("[]]"), "2 Extra data");
}

TEST(JsonReader, PointsAtTheQuoteOfAnUnterminatedString) {
  EXPECT_EQ(fault_of("\"abc"), "0 Unterminated string starting at");
  EXPECT_EQ(fault_of("[\"a\", \"bc"), "6 Unterminated string starting at");
  EXPECT_EQ(fault_of("\"abc\\"), "0 Unterminated string starting at");
  EXPECT_EQ(fault_of("{\"a"), "1 Unterminated string starting at");
}

TEST(JsonReader, RefusesControlCharactersInStrings) {
  EXPECT_EQ(fault_of("\"a\nb\""), "2 Invalid control character at");
  EXPECT_EQ(fault_of("\"a long enough run\x1F\""), "18 Invalid control character at");
  EXPECT_EQ(fault_of("\"abcdefgh\0\""s), "9 Invalid control character at");
}

TEST(JsonReader, TakesDeleteInStrings) { EXPECT_EQ(fault_of("\"\x7F\""), "ok"); }

TEST(JsonReader, PointsAtTheBackslashOfAnUnknownEscape) {
  EXPECT_EQ(fault_of(R"("\x")"), "1 Invalid \\escape");
  EXPECT_EQ(fault_of(R"("abc\")"), "0 Unterminated string starting at");
  EXPECT_EQ(fault_of("\"ab\\\n\""), "3 Invalid \\escape");
  EXPECT_EQ(fault_of("\"\\\0\""s), "1 Invalid \\escape");
}

TEST(JsonReader, PointsAtTheLetterOfABadUnicodeEscape) {
  EXPECT_EQ(fault_of(R"("\u12")"), "2 Invalid \\uXXXX escape");
  EXPECT_EQ(fault_of(R"("\u12G4")"), "2 Invalid \\uXXXX escape");
  EXPECT_EQ(fault_of(R"("\u1234)"), "2 Invalid \\uXXXX escape");
  EXPECT_EQ(fault_of(R"("\ud83d\u12")"), "8 Invalid \\uXXXX escape");
}

TEST(JsonReader, CountsPositionsInCodePoints) {
  EXPECT_EQ(fault_of("[\"\xC3\xBC\xE2\x82\xAC\xF0\x9F\x98\x80\" x]"), "7 Expecting ',' delimiter");
}

TEST(JsonReader, LeavesTheByteOrderMarkOutOfPositions) {
  EXPECT_EQ(fault_of("\xEF\xBB\xBF{"), "1 Expecting property name enclosed in double quotes");
  EXPECT_EQ(fault_of("\xEF\xBB\xBF\xEF\xBB\xBF{}"), "0 Expecting value");
}

TEST(JsonReader, TakesNumbersAsPythonDoes) {
  for (const char* text : {"0", "-0", "7", "1234567890", "-12"}) EXPECT_EQ(number_kind(text), "integer") << text;
  for (const char* text : {"0.5", "-0.0", "1e5", "1E+5", "1e-05", "12.5e3"})
    EXPECT_EQ(number_kind(text), "real") << text;
  for (const char* text : {"+1", ".5", "1.", "1.e5", "1e", "00", "-01", "0x1", "--1", "-a"}) {
    EXPECT_EQ(number_kind(text), "") << text;
  }
}

TEST(JsonReader, RefusesNonFiniteLiterals) {
  for (const char* text : {"NaN", "Infinity", "-Infinity", "nan", "-NaN", "Inf", "+Infinity"}) {
    EXPECT_EQ(fault_of(text), "0 Expecting value") << text;
  }
  EXPECT_EQ(fault_of("[1,NaN]"), "3 Expecting value");
  EXPECT_EQ(fault_of(R"({"a":-Infinity})"), "5 Expecting value");
}

TEST(JsonReader, RefusesIntegersOfTooManyDigits) {
  EXPECT_EQ(outcome_of("-" + std::string(max_integer_digits, '9')), Outcome::ok);
  EXPECT_EQ(outcome_of(std::string(max_integer_digits + 1, '9')), Outcome::unreadable);
  EXPECT_EQ(outcome_of(std::string(max_integer_digits + 1, '9') + ".0"), Outcome::ok);
}

TEST(JsonReader, TellsTheFirstOfTwoFaults) {
  EXPECT_EQ(fault_of("[x," + std::string(max_integer_digits + 1, '9')), "1 Expecting value");
  EXPECT_EQ(outcome_of("[" + std::string(max_integer_digits + 1, '9') + ",x"), Outcome::unreadable);
}

TEST(JsonReader, RefusesInvalidUtf8InStrings) {
  for (const char* text : {"\"\x80\"", "\"\xC3\"", "\"\xC0\xAF\"", "\"\xE2\x82\"", "\"\xED\xA0\x80\"",
                           "\"\xF4\x90\x80\x80\"", "\"\xF0\x8F\xBF\xBF\"", "\"\xFF\""}) {
    EXPECT_EQ(outcome_of(text), Outcome::unreadable) << text;
  }
}

TEST(JsonReader, InvalidUtf8AnywhereOutweighsASyntaxError) {
  EXPECT_EQ(outcome_of("{bad \xFF"), Outcome::unreadable);
  EXPECT_EQ(outcome_of("\xFF"), Outcome::unreadable);
  EXPECT_EQ(outcome_of("[1] \xC3"), Outcome::unreadable);
}

TEST(JsonReader, BoundsNesting) {
  EXPECT_EQ(outcome_of("[[1]]", 2), Outcome::ok);
  EXPECT_EQ(outcome_of("[[[1]]]", 2), Outcome::unreadable);
  EXPECT_EQ(outcome_of(R"({"a":[{}]})", 2), Outcome::unreadable);
  EXPECT_EQ(outcome_of("[[],[],[[]]]", 2), Outcome::unreadable);
  EXPECT_EQ(outcome_of("[[],[],{}]", 2), Outcome::ok);
}

TEST(JsonReader, NestsWithoutRecursionWhereUnbounded) {
  constexpr std::size_t depth = 1'000'000;
  EXPECT_EQ(outcome_of(std::string(depth, '[') + std::string(depth, ']')), Outcome::ok);
  EXPECT_EQ(fault_of(std::string(depth, '[')), "1000000 Expecting value");
}

TEST(JsonReader, RefusesFourGibibytesUnread) {
  if constexpr (sizeof(std::size_t) > 4) {
    const char one = '1';
    EXPECT_EQ(outcome_of(std::string_view(&one, std::size_t{1} << 32)), Outcome::unreadable);
  }
}

TEST(JsonReader, ReadsOtherEncodingsIntoUtf8) {
  JsonDocument document;
  ASSERT_EQ(document.parse("\xFF\xFE\"\0\xFC\0\"\0"s, 0), Outcome::ok);
  EXPECT_EQ(document.text(), "\"\xC3\xBC\"");
  std::string scratch;
  EXPECT_EQ(document.root().string(scratch), "\xC3\xBC");
}

TEST(JsonReader, RefusesACutOffUnit) { EXPECT_EQ(outcome_of("\xFF\xFE[\0]\0 "s), Outcome::unreadable); }

TEST(JsonReader, ViewsTheBodyItself) {
  const std::string body = "\xEF\xBB\xBF[1]";
  JsonDocument document;
  ASSERT_EQ(document.parse(body, 0), Outcome::ok);
  EXPECT_EQ(document.text().data(), body.data() + 3);
}

TEST(JsonReader, ForgetsTheDocumentBefore) {
  JsonDocument document;
  ASSERT_EQ(document.parse("[1,2", 0), Outcome::invalid);
  ASSERT_EQ(document.parse("\xFF", 0), Outcome::unreadable);
  ASSERT_EQ(document.parse("{\"a\":1}", 0), Outcome::ok);
  EXPECT_TRUE(document.root().is_object());
  EXPECT_EQ(document.root().size(), 1U);
}

TEST(JsonReader, FindsTheEndOfAStringAtEveryDistance) {
  for (std::size_t length = 0; length < 40; ++length) {
    const std::string text(length, 'x');
    JsonDocument document;
    ASSERT_EQ(document.parse("[\"" + text + "\",1]", 0), Outcome::ok) << length;
    EXPECT_EQ(document.root().first().raw().size(), length + 2);
  }
}

}  // namespace serval::detail::json_reader_test
