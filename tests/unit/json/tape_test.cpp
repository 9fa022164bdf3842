// SPDX-License-Identifier: MIT
#include "json/tape.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "json/reader.hpp"

namespace serval::detail::json_tape_test {

/// A JSON text and the values that are read from it.
class Read {
 public:
  explicit Read(std::string body) : body_(std::move(body)) {
    if (document_.parse(body_, 0) != JsonDocument::Outcome::ok) throw std::invalid_argument(body_);
  }
  JsonValue operator*() const { return document_.root(); }
  JsonValue root() const { return document_.root(); }

 private:
  std::string body_;
  JsonDocument document_;
};

std::string decoded(std::string body) {
  const Read read(std::move(body));
  std::string scratch;
  return std::string(read.root().string(scratch));
}

double number(std::string body) { return Read(std::move(body)).root().number(); }

TEST(JsonValue, ShowsItsSource) {
  const Read read(R"([ -1.50 , "a\n", {"k": [ ]} ])");
  const JsonValue first = read.root().first();
  EXPECT_EQ(first.raw(), "-1.50");
  EXPECT_EQ(first.next().raw(), R"("a\n")");
  EXPECT_EQ(first.next().next().raw(), R"({"k": [ ]})");
  EXPECT_EQ(read.root().raw(), R"([ -1.50 , "a\n", {"k": [ ]} ])");
}

TEST(JsonValue, StepsOverWholeSubtrees) {
  const Read read(R"([[1,[2,{"a":3}]],4])");
  const JsonValue inner = read.root().first();
  EXPECT_EQ(inner.size(), 2U);
  EXPECT_EQ(inner.next().raw(), "4");
  EXPECT_EQ(read.root().size(), 2U);
}

TEST(JsonValue, AlternatesKeysAndValues) {
  const Read read(R"({"a":1,"b":[2]})");
  const JsonValue key = read.root().first();
  EXPECT_TRUE(key.equals("a"));
  EXPECT_EQ(key.next().raw(), "1");
  EXPECT_TRUE(key.next().next().equals("b"));
  EXPECT_EQ(key.next().next().next().raw(), "[2]");
}

TEST(JsonValue, HasNoSizeWithoutChildren) {
  EXPECT_EQ(Read("[]").root().size(), 0U);
  EXPECT_EQ(Read("{}").root().size(), 0U);
  EXPECT_EQ(Read("\"abc\"").root().size(), 0U);
}

TEST(JsonValue, ViewsAStringWithoutEscapes) {
  const Read read("\"plain\"");
  std::string scratch = "untouched";
  EXPECT_EQ(read.root().string(scratch).data(), read.root().raw().data() + 1);
  EXPECT_EQ(scratch, "untouched");
}

TEST(JsonValue, DecodesSimpleEscapes) { EXPECT_EQ(decoded(R"("a\"\\\/\b\f\n\r\tz")"), "a\"\\/\b\f\n\r\tz"); }

TEST(JsonValue, DecodesUnicodeEscapes) {
  EXPECT_EQ(decoded(R"("\u0041\u00e9\u20AC")"), "A\xC3\xA9\xE2\x82\xAC");
  EXPECT_EQ(decoded(R"("\u0000")"), std::string(1, '\0'));
}

TEST(JsonValue, JoinsSurrogatePairs) { EXPECT_EQ(decoded(R"("x\ud83d\ude00y")"), "x\xF0\x9F\x98\x80y"); }

TEST(JsonValue, ReplacesLoneSurrogates) {
  EXPECT_EQ(decoded(R"("\ud83d")"), "\xEF\xBF\xBD");
  EXPECT_EQ(decoded(R"("\ude00a")"),
            "\xEF\xBF\xBD"
            "a");
  EXPECT_EQ(decoded(R"("\ud83d\u0041")"),
            "\xEF\xBF\xBD"
            "A");
  EXPECT_EQ(decoded(R"("\ud83d\ud83d\ude00")"), "\xEF\xBF\xBD\xF0\x9F\x98\x80");
  EXPECT_EQ(decoded(R"("\ud83d\\ude00")"), "\xEF\xBF\xBD\\ude00");
}

TEST(JsonValue, ComparesDecodedText) {
  EXPECT_TRUE(Read(R"("\u0061b")").root().equals("ab"));
  EXPECT_FALSE(Read(R"("\u0061b")").root().equals("\\u0061b"));
  EXPECT_FALSE(Read("1").root().equals("1"));
}

TEST(JsonValue, FindsTheLastOfSeveralMembers) {
  const Read read(R"({"a":1,"b":2,"\u0061":3})");
  ASSERT_TRUE(read.root().find("a").has_value());
  EXPECT_EQ(read.root().find("a")->raw(), "3");
}

TEST(JsonValue, FindsNothingInWhatIsNoObject) {
  EXPECT_FALSE(Read("{}").root().find("a").has_value());
  EXPECT_FALSE(Read("[\"a\",1]").root().find("a").has_value());
  EXPECT_FALSE(Read(R"({"b":{"a":1}})").root().find("a").has_value());
}

TEST(JsonValue, ReadsNumbers) {
  EXPECT_EQ(number("-12.5e1"), -125.0);
  EXPECT_EQ(number("12"), 12.0);
  EXPECT_EQ(number("0.1"), 0.1);
  EXPECT_TRUE(std::signbit(number("-0.0")));
}

TEST(JsonValue, OverflowsToInfinity) {
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(number("1E400"), infinity);
  EXPECT_EQ(number("-1e99999999999999999999"), -infinity);
  EXPECT_EQ(number("1" + std::string(400, '0')), infinity);
  EXPECT_EQ(number("0." + std::string(50, '0') + "1e400"), infinity);
  EXPECT_EQ(number("1" + std::string(400, '0') + ".5e-10"), infinity);
}

TEST(JsonValue, UnderflowsToZero) {
  EXPECT_EQ(number("1e-400"), 0.0);
  EXPECT_TRUE(std::signbit(number("-1e-400")));
  EXPECT_EQ(number("123e-99999999999999999999"), 0.0);
  EXPECT_EQ(number("0.0e99999999999999999999"), 0.0);
  EXPECT_EQ(number("0." + std::string(400, '0') + "1e10"), 0.0);
}

}  // namespace serval::detail::json_tape_test
