// SPDX-License-Identifier: MIT
// The values of a path's parameters.
#include <serval/http/request.hpp>

#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace serval::path_params_test {

TEST(PathParams, GiveValuesByNameAndPlace) {
  http::PathParams params;
  params.add("id", "7");
  params.add("name", "x");
  EXPECT_EQ(params.get("name"), "x");
  EXPECT_EQ(params.get("other"), std::nullopt);
  EXPECT_EQ(params[0].value, "7");
  EXPECT_EQ(params.size(), 2U);
}

TEST(PathParams, ViewARawValueWithoutEscape) {
  http::PathParams params;
  constexpr std::string_view raw = "plain";
  params.add("a", raw);
  EXPECT_EQ(params[0].value.data(), raw.data());
}

TEST(PathParams, DecodeAnEscape) {
  http::PathParams params;
  params.add("a", "x%2Fy%20+");
  EXPECT_EQ(params.get("a"), "x/y +");
}

TEST(PathParams, ReplaceInvalidUtf8) {
  http::PathParams params;
  params.add("a", "x%FF");
  EXPECT_EQ(params.get("a"), "x\uFFFD");
}

TEST(PathParams, KeepDecodedValuesWhereTheyAre) {
  http::PathParams params;
  params.add("first", "%41");
  const std::string_view first = params[0].value;
  for (int index = 0; index < 100; ++index) params.add("more", "%42");
  EXPECT_EQ(first, "A");
  EXPECT_EQ(params[0].value.data(), first.data());
}

TEST(PathParams, TruncateDropsWhatCameLater) {
  http::PathParams params;
  params.add("a", "%41");
  params.add("b", "raw");
  params.add("c", "%43");
  params.truncate(1);
  ASSERT_EQ(params.size(), 1U);
  EXPECT_EQ(params.get("a"), "A");
  params.add("d", "%44");
  EXPECT_EQ(params.get("d"), "D");
  EXPECT_EQ(params.get("a"), "A");
}

TEST(PathParams, TruncateBeyondTheirSizeChangesNothing) {
  http::PathParams params;
  params.add("a", "1");
  params.truncate(5);
  EXPECT_EQ(params.size(), 1U);
}

}  // namespace serval::path_params_test
