// SPDX-License-Identifier: MIT
#include <serval/schema/codec.hpp>

#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace {

using namespace serval;

struct Point {
  int x;
  std::optional<int> y;
};

std::vector<Issue> issues_of(std::string_view text) {
  try {
    static_cast<void>(decode_json<Point>(text));
  } catch (const ValidationError& error) {
    return error.issues();
  }
  return {};
}

TEST(Codec, ReadsAndWrites) {
  const auto point = decode_json<Point>(R"( {"x": 1, "y": null} )");
  EXPECT_EQ(point.x, 1);
  EXPECT_EQ(encode_json(point), R"({"x":1,"y":null})");
  EXPECT_EQ(encode_json(point, {.exclude_none = true}), R"({"x":1})");
}

TEST(Codec, ReadsWhatItWrote) {
  const std::vector<Point> points{{1, 2}, {3, std::nullopt}};
  const auto again = decode_json<std::vector<Point>>(encode_json(points));
  ASSERT_EQ(again.size(), 2U);
  EXPECT_EQ(again[0].y, 2);
}

TEST(Codec, ReportsPlacesWithoutBody) {
  const auto issues = issues_of(R"({"x":"a"})");
  ASSERT_EQ(issues.size(), 1U);
  ASSERT_EQ(issues[0].loc.size(), 1U);
  EXPECT_EQ(std::get<std::string>(issues[0].loc[0]), "x");
}

TEST(Codec, ReportsWhereATextIsNoJson) {
  const auto issues = issues_of(R"({"x":1,})");
  ASSERT_EQ(issues.size(), 1U);
  EXPECT_EQ(issues[0].type, "json_invalid");
  EXPECT_EQ(std::get<std::int64_t>(issues[0].loc[0]), 6);
}

TEST(Codec, ReportsWhatCannotBeReadAtAll) {
  const auto bytes = issues_of("\"\xFF\"");
  ASSERT_EQ(bytes.size(), 1U);
  EXPECT_EQ(bytes[0].type, "json_invalid");
  const auto deep = issues_of(std::string(2000, '['));
  ASSERT_EQ(deep.size(), 1U);
  EXPECT_EQ(deep[0].type, "json_invalid");
}

}  // namespace
