// SPDX-License-Identifier: MIT
#include <serval/json/json.hpp>

#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace serval::json_test {

using namespace std::string_literals;

std::string parse_error(std::string_view text) {
  try {
    return "parsed " + schema::to_text(schema::parse_json(text));
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
}

json nested_arrays(std::size_t depth) {
  json value = json::array();
  for (std::size_t i = 1; i < depth; ++i) value = json::array({std::move(value)});
  return value;
}

TEST(AppendJson, WritesCompactly) {
  EXPECT_EQ(schema::to_text({{"message", "Hello World"}}), R"({"message":"Hello World"})");
  EXPECT_EQ(schema::to_text({{"b", {1, 2U, -3, 1.0, true, nullptr}}, {"a", json::object()}, {"c", json::array()}}),
            R"({"b":[1,2,-3,1.0,true,null],"a":{},"c":[]})");
}

TEST(AppendJson, AppendsToWhatIsThere) {
  std::string out = "data: ";
  schema::append_json(out, json("x"));
  EXPECT_EQ(out, "data: \"x\"");
}

TEST(AppendJson, TakesSortedValuesToo) {
  std::string out;
  schema::append_json(out, nlohmann::json{{"b", 1}, {"a", {1.5, "x"}}});
  EXPECT_EQ(out, R"({"a":[1.5,"x"],"b":1})");
}

TEST(AppendJson, WritesNumbersAsPythonDoes) {
  EXPECT_EQ(schema::to_text({1e16, 1e-7, -0.0, 1e22}), "[1e+16,1e-07,-0.0,1e+22]");
  EXPECT_EQ(schema::to_text({std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::uint64_t>::max()}),
            "[-9223372036854775808,18446744073709551615]");
}

TEST(AppendJson, EscapesOnlyWhatMustBe) {
  EXPECT_EQ(schema::to_text({{"\"k\"", "\\\n\x01\xC3\xBC\xE2\x80\xA8\x7F"}}),
            "{\"\\\"k\\\"\":\"\\\\\\n\\u0001\xC3\xBC\xE2\x80\xA8\x7F\"}");
}

TEST(AppendJson, ReplacesInvalidUtf8) { EXPECT_EQ(schema::to_text("a\xFFz"), "\"a\xEF\xBF\xBDz\""); }

TEST(AppendJson, WritesNullForNanAndInfinity) {
  EXPECT_EQ(schema::to_text(std::numeric_limits<double>::quiet_NaN()), "null");
  EXPECT_EQ(
      schema::to_text({{"a", {std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()}}}),
      R"({"a":[null,null]})");
}

TEST(AppendJson, ThrowsForWhatJsonCannotSay) {
  EXPECT_THROW((void)schema::to_text(json::binary({1, 2})), std::domain_error);
  EXPECT_THROW((void)schema::to_text(json(json::value_t::discarded)), std::domain_error);
}

TEST(AppendJson, LeavesTheTextAsItWasOnAnError) {
  std::string out = "kept";
  EXPECT_THROW(schema::append_json(out, json{1, 2, json::binary({1})}), std::domain_error);
  EXPECT_EQ(out, "kept");
}

TEST(AppendJson, BoundsNesting) {
  constexpr std::size_t levels = 2 * schema::max_json_nesting;
  EXPECT_EQ(schema::to_text(nested_arrays(levels)).size(), 2 * levels);
  EXPECT_THROW((void)schema::to_text(nested_arrays(levels + 1)), std::domain_error);
}

TEST(AppendJson, WritesTheDeepestThatIsReadWithinMore) {
  const std::string deepest = std::string(schema::max_json_nesting, '[') + std::string(schema::max_json_nesting, ']');
  EXPECT_EQ(schema::to_text({{"body", schema::parse_json(deepest)}}), "{\"body\":" + deepest + "}");
}

TEST(ParseJson, ReadsAValue) {
  EXPECT_EQ(schema::parse_json(R"( {"z": [1, 2.5, "\u00e9"], "a": null} )"),
            (json{{"z", {1, 2.5, "\xC3\xA9"}}, {"a", nullptr}}));
}

TEST(ParseJson, ReadsWhatAppendJsonWrote) {
  const json value{{"b", {1, -2, 0.1, "\"\\\n\x02"}}, {"a", {{"x", nullptr}}}, {"", true}};
  EXPECT_EQ(schema::parse_json(schema::to_text(value)), value);
}

TEST(ParseJson, ThrowsWithPythonsMessage) {
  EXPECT_EQ(parse_error(""), "Expecting value: line 1 column 1 (char 0)");
  EXPECT_EQ(parse_error("{\"a\":1}\n x"), "Extra data: line 2 column 2 (char 9)");
  EXPECT_EQ(parse_error("[\n\"\xC3\xBC\" 1"), "Expecting ',' delimiter: line 2 column 5 (char 6)");
}

TEST(ParseJson, ThrowsForWhatIsUnreadable) {
  EXPECT_EQ(parse_error("\"\xFF\""),
            "JSON text is not UTF-8, is nested too deep or holds an integer of too many digits");
}

TEST(ParseJson, BoundsNesting) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_NO_THROW((void)schema::parse_json(nested(schema::max_json_nesting)));
  EXPECT_THROW((void)schema::parse_json(nested(schema::max_json_nesting + 1)), std::invalid_argument);
}

}  // namespace serval::json_test
