// SPDX-License-Identifier: MIT
#include "json/convert.hpp"

#include <cmath>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "json/reader.hpp"

namespace serval::detail::json_convert_test {

json convert(std::string_view body) {
  JsonDocument document;
  EXPECT_EQ(document.parse(body, 0), JsonDocument::Outcome::ok) << body;
  return to_json_value(document.root());
}

TEST(ToJsonValue, BuildsTheTree) {
  EXPECT_EQ(convert(R"({"b":[1,"x",null,true,false,{}],"a":{"c":1.5}})"),
            (json{{"b", {1, "x", nullptr, true, false, json::object()}}, {"a", {{"c", 1.5}}}}));
}

TEST(ToJsonValue, KeepsTheOrderOfMembers) { EXPECT_EQ(convert(R"({"z":1,"a":2})").begin().key(), "z"); }

TEST(ToJsonValue, ResolvesRepeatedKeys) { EXPECT_EQ(convert(R"({"a":1,"b":2,"a":3})"), (json{{"a", 3}, {"b", 2}})); }

TEST(ToJsonValue, ChoosesTheTypeOfIntegersByRange) {
  EXPECT_EQ(convert("-9223372036854775808").type(), json::value_t::number_integer);
  EXPECT_EQ(convert("18446744073709551615").get<std::uint64_t>(), 18446744073709551615U);
  EXPECT_EQ(convert("18446744073709551616").type(), json::value_t::number_float);
  EXPECT_EQ(convert("18446744073709551616").get<double>(), 18446744073709551616.0);
}

TEST(ToJsonValue, DecodesStrings) { EXPECT_EQ(convert(R"(["\u0041\n"])").at(0), "A\n"); }

TEST(ToJsonValue, TakesNumbersBeyondDouble) { EXPECT_TRUE(std::isinf(convert("1E400").get<double>())); }

TEST(ToJsonValue, NestsWithoutRecursion) {
  constexpr std::size_t depth = 100'000;
  EXPECT_TRUE(convert(std::string(depth, '[') + std::string(depth, ']')).is_array());
}

TEST(ToJsonValue, TakesManyMembersInLinearTime) {
  std::string body = "{";
  for (int i = 0; i < 100'000; ++i) body += "\"key" + std::to_string(i) + "\":0,";
  body += "\"last\":1}";
  EXPECT_EQ(convert(body).size(), 100'001U);
}

}  // namespace serval::detail::json_convert_test
