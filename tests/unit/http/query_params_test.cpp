// SPDX-License-Identifier: MIT
#include <serval/http/query_params.hpp>

#include <gtest/gtest.h>

namespace serval::query_params_test {

using Pairs = std::vector<http::QueryParams::Pair>;

Pairs pairs_of(std::string_view text) {
  const http::QueryParams params = http::QueryParams::parse(text);
  return Pairs(params.begin(), params.end());
}

TEST(QueryParams, SplitAtAmpersands) { EXPECT_EQ(pairs_of("a=1&b=2"), (Pairs{{"a", "1"}, {"b", "2"}})); }

TEST(QueryParams, TakeSemicolonsAsData) { EXPECT_EQ(pairs_of("a=1;b=2"), (Pairs{{"a", "1;b=2"}})); }

TEST(QueryParams, ReadPlusAndEscapeAsSpace) { EXPECT_EQ(pairs_of("a+b=c%20d"), (Pairs{{"a b", "c d"}})); }

TEST(QueryParams, DecodeAfterSplitting) { EXPECT_EQ(pairs_of("a=1%262%3D3"), (Pairs{{"a", "1&2=3"}})); }

TEST(QueryParams, KeepInvalidEscapes) { EXPECT_EQ(pairs_of("a=%zz%4"), (Pairs{{"a", "%zz%4"}})); }

TEST(QueryParams, TakeAMissingValueAsEmpty) { EXPECT_EQ(pairs_of("a&b="), (Pairs{{"a", ""}, {"b", ""}})); }

TEST(QueryParams, KeepFurtherEqualsSignsInTheValue) { EXPECT_EQ(pairs_of("a=b=c"), (Pairs{{"a", "b=c"}})); }

TEST(QueryParams, KeepAnEmptyName) { EXPECT_EQ(pairs_of("=x&="), (Pairs{{"", "x"}, {"", ""}})); }

TEST(QueryParams, SkipEmptyPairs) { EXPECT_EQ(pairs_of("&a=1&&b=2&"), (Pairs{{"a", "1"}, {"b", "2"}})); }

TEST(QueryParams, AreEmptyForTheEmptyText) { EXPECT_TRUE(http::QueryParams::parse("").empty()); }

TEST(QueryParams, ReplaceInvalidUtf8) {
  EXPECT_EQ(pairs_of("%FF=a%C3"), (Pairs{{"\uFFFD", "a\uFFFD"}}));
  EXPECT_EQ(pairs_of("a=\xFF"), (Pairs{{"a", "\uFFFD"}}));
}

TEST(QueryParams, DecodeUtf8) { EXPECT_EQ(pairs_of("q=%C3%BC"), (Pairs{{"q", "ü"}})); }

TEST(QueryParams, GetGivesTheLastValue) { EXPECT_EQ(http::QueryParams::parse("a=1&a=2").get("a"), "2"); }

TEST(QueryParams, GetAllGivesAllInOrder) {
  const http::QueryParams params = http::QueryParams::parse("a=1&b=x&a=2");
  EXPECT_EQ(params.get_all("a"), (std::vector<std::string_view>{"1", "2"}));
}

TEST(QueryParams, NamesAreCaseSensitive) {
  const http::QueryParams params = http::QueryParams::parse("A=1");
  EXPECT_FALSE(params.contains("a"));
  EXPECT_TRUE(params.contains("A"));
}

TEST(QueryParams, StopAtTheBound) {
  const http::QueryParams params = http::QueryParams::parse("a=1&b=2&c=3", 2);
  EXPECT_EQ(params.size(), 2U);
  EXPECT_TRUE(params.truncated());
}

TEST(QueryParams, AreNotTruncatedWhenTheBoundIsJustReached) {
  EXPECT_FALSE(http::QueryParams::parse("a=1&b=2&", 2).truncated());
}

TEST(QueryParams, HaveNoBoundByDefault) {
  std::string text;
  for (int index = 0; index < 5000; ++index) text += "a&";
  EXPECT_EQ(http::QueryParams::parse(text).size(), 5000U);
}

TEST(QueryParams, AssignReplacesWhatWasThere) {
  http::QueryParams params = http::QueryParams::parse("a=1&b=2", 1);
  params.assign("c=3");
  EXPECT_FALSE(params.truncated());
  EXPECT_FALSE(params.contains("a"));
  EXPECT_EQ(params.get("c"), "3");
}

}  // namespace serval::query_params_test
