// SPDX-License-Identifier: MIT
#include "json/compact.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "json/reader.hpp"

namespace serval::detail::json_compact_test {

std::string compact(std::string_view body) {
  JsonDocument document;
  if (document.parse(body, 0) != JsonDocument::Outcome::ok) return "no JSON";
  std::string out;
  append_compact(out, document.root());
  return out;
}

TEST(AppendCompact, LeavesOutWhiteSpace) {
  EXPECT_EQ(compact(" { \"a\" : [ 1 , true , null , { } , [ ] ] , \"b\" : \"x y\" } "),
            R"({"a":[1,true,null,{},[]],"b":"x y"})");
}

TEST(AppendCompact, WritesAScalarAlone) {
  EXPECT_EQ(compact("\"a\""), "\"a\"");
  EXPECT_EQ(compact("false"), "false");
}

TEST(AppendCompact, ResolvesRepeatedKeys) {
  EXPECT_EQ(compact(R"({"a":1,"b":{"x":1,"x":2},"a":[3]})"), R"({"a":[3],"b":{"x":2}})");
}

TEST(AppendCompact, EscapesOnlyWhatMustBe) {
  EXPECT_EQ(compact(R"(["\/\u00e9\u0001\n\"\\", "\u007f"])"), "[\"/\xC3\xA9\\u0001\\n\\\"\\\\\",\"\x7F\"]");
  EXPECT_EQ(compact(R"({"\u0061":1})"), R"({"a":1})");
}

TEST(AppendCompact, KeepsTheDigitsOfIntegers) {
  EXPECT_EQ(compact("[123456789012345678901234567890,-7,-0]"), "[123456789012345678901234567890,-7,0]");
}

TEST(AppendCompact, WritesRealsAsPythonDoes) {
  EXPECT_EQ(compact("[1.0,1.50,1e16,1E-7,-0.0,1e2]"), "[1.0,1.5,1e+16,1e-07,-0.0,100.0]");
}

TEST(AppendCompact, WritesNullForWhatIsBeyondDouble) {
  EXPECT_EQ(compact("[1,{\"a\":1E400}]"), R"([1,{"a":null}])");
  EXPECT_EQ(compact("-1e999"), "null");
}

TEST(AppendCompact, WritesAPartOfTheDocument) {
  JsonDocument document;
  ASSERT_EQ(document.parse(R"([{"a":[1, 2]},3])", 0), JsonDocument::Outcome::ok);
  std::string out = "input=";
  append_compact(out, document.root().first());
  EXPECT_EQ(out, R"(input={"a":[1,2]})");
}

TEST(AppendCompact, NestsWithoutRecursion) {
  constexpr std::size_t depth = 200'000;
  const std::string body = std::string(depth, '[') + std::string(depth, ']');
  EXPECT_EQ(compact(body), body);
}

}  // namespace serval::detail::json_compact_test
