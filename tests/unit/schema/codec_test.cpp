// SPDX-License-Identifier: MIT
#include <serval/schema/codec.hpp>

#include <chrono>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace codec_test {

using namespace serval;

struct Point {
  int x;
  std::optional<int> y;
};

std::vector<schema::Issue> issues_of(std::string_view text) {
  try {
    static_cast<void>(decode_json<Point>(text));
  } catch (const DecodeError& error) {
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

TEST(Codec, SaysWhyATextIsNoJson) {
  try {
    static_cast<void>(decode_json<Point>(R"({"x":})"));
    FAIL();
  } catch (const DecodeError& error) {
    EXPECT_STREQ(error.what(), R"(the value does not fit its type: 5: JSON decode error {"error":"Expecting value"})");
  }
}

TEST(Codec, ReportsTheFaultsOfARequestUnderTheirPlaceInIt) {
  const auto places = [](auto decode) {
    try {
      decode();
    } catch (const ValidationError& error) {
      return schema::to_json_text(error.issues());
    }
    return std::string();
  };
  EXPECT_EQ(places([] { static_cast<void>(decode_request_json<Point>(R"({"x":"a"})")); }),
            R"({"detail":[{"type":"int_parsing","loc":["body","x"],)"
            R"("msg":"Input should be a valid integer, unable to parse string as an integer","input":"a"}]})");
  EXPECT_EQ(places([] {
              static_cast<void>(decode_request_json<Point>("{}", {"header", "x-point"}));
            }),
            R"({"detail":[{"type":"missing","loc":["header","x-point","x"],"msg":"Field required","input":{}}]})");
  EXPECT_EQ(places([] { static_cast<void>(decode_request_json<Point>("")); }),
            R"({"detail":[{"type":"json_invalid","loc":["body",0],"msg":"JSON decode error","input":{},)"
            R"("ctx":{"error":"Expecting value"}}]})");
}

enum class Kind { plain, fancy };
struct Sale {
  Kind kind = Kind::fancy;
  std::chrono::year_month_day day =
      std::chrono::year_month_day(std::chrono::year(2024), std::chrono::month(2), std::chrono::day(3));
  std::optional<Point> at;
  Default<int> count = 1;
};

TEST(AsJson, MakesJsonOfWhatJsonDoesNotKnow) {
  EXPECT_EQ(as_json(Kind::fancy), json("fancy"));
  EXPECT_EQ(as_json(Sale{}).dump(), R"({"kind":"fancy","day":"2024-02-03","at":null,"count":1})");
  EXPECT_EQ(as_json(std::vector{Kind::plain, Kind::fancy}), json({"plain", "fancy"}));
  EXPECT_EQ(as_json(std::map<std::string, Point>{{"a", {1, {}}}}).dump(), R"({"a":{"x":1,"y":null}})");
  EXPECT_EQ(as_json(std::chrono::minutes(90)), json("PT1H30M"));
}

TEST(AsJson, StandsWithinAJsonValue) {
  const json answer{{"kind", as_json(Kind::plain)}, {"sale", as_json(Sale{})["day"]}, {"text", as_json("a")}};
  EXPECT_EQ(answer.dump(), R"({"kind":"plain","sale":"2024-02-03","text":"a"})");
}

TEST(AsJson, TakesOptions) {
  EXPECT_EQ(as_json(Sale{}, {.exclude_none = true, .exclude_unset = true}).dump(),
            R"({"kind":"fancy","day":"2024-02-03"})");
}

TEST(AsJson, KeepsNumbersApart) {
  EXPECT_EQ(as_json(std::uint64_t{18446744073709551615U}), json(18446744073709551615U));
  EXPECT_TRUE(as_json(1.0).is_number_float());
  EXPECT_TRUE(as_json(1).is_number_integer());
}

TEST(AsJson, OfJsonIsItself) { EXPECT_EQ(as_json(json{{"a", 1}}).dump(), R"({"a":1})"); }

TEST(DecodeJson, TakesJsonValues) {
  EXPECT_EQ(decode_json<Point>(json{{"x", "7"}}).x, 7);
  EXPECT_THROW(static_cast<void>(decode_json<Point>(json{{"y", 1}})), DecodeError);
}

TEST(EnumName, IsTheNameOnTheWire) {
  EXPECT_EQ(enum_name(Kind::fancy), "fancy");
  EXPECT_THROW(static_cast<void>(enum_name(static_cast<Kind>(1 << 20))), std::domain_error);
}

TEST(EnumValue, IsFoundByName) {
  EXPECT_EQ(enum_value<Kind>("fancy"), Kind::fancy);
  EXPECT_EQ(enum_value<Kind>("Fancy"), std::nullopt);
}

}  // namespace codec_test
