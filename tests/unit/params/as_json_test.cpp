// SPDX-License-Identifier: MIT
#include <serval/params/as.hpp>

#include <array>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include <serval/serval.hpp>

namespace serval::as_json_test {

constexpr double infinity = std::numeric_limits<double>::infinity();

void check_even(int value) {
  if (value % 2 != 0) throw std::invalid_argument("must be even");
}
void check_sum(const std::vector<int>& values) {
  if (values.size() == 2 && values[0] + values[1] != 10) throw std::invalid_argument("must add up to 10");
}
std::string trimmed(std::string_view text) { return std::string(text.substr(text.find_first_not_of(' '))); }

struct Point {
  int x;
  int y;
};
void check_order(const Point& point) {
  if (point.x > point.y) throw std::invalid_argument("x is beyond y");
}

/// A struct with one member `value`.
template <class T>
struct Holds {
  T value;
};

/// Returns the error for the value, or its JSON if there is none.
template <class T>
std::string shown(const json& value) {
  try {
    return encode_json(As<T>(value));
  } catch (const std::runtime_error& error) {
    const std::string text = error.what();
    return text.substr(text.find(": ") + 2);
  }
}
template <class T>
std::string shown_member(const json& value) {
  return shown<Holds<T>>(json{{"value", value}});
}

TEST(AsOfJson, ChecksTheValueWithinAnOptional) {
  using Name = Field<std::optional<std::string>, min_length(3)>;
  EXPECT_EQ(shown_member<Name>("ab"), "value: String should have at least 3 characters");
  EXPECT_EQ(shown_member<Name>("abc"), R"({"value":"abc"})");
  EXPECT_EQ(shown_member<Name>(nullptr), R"({"value":null})");
  using Even = Field<Default<std::optional<int>>, validated_by<check_even>>;
  EXPECT_EQ(shown_member<Even>(3), "value: Value error, must be even");
  EXPECT_EQ(shown_member<Even>(nullptr), R"({"value":null})");
}

TEST(AsOfJson, CountsItemsOfLists) {
  using List = Field<std::vector<int>, min_length(2), max_length(3)>;
  EXPECT_EQ(shown_member<List>(json::array({1})), "value: List should have at least 2 items after validation, not 1");
  EXPECT_EQ(shown_member<List>(json::array({1, 2, 3, 4})),
            "value: List should have at most 3 items after validation, not 4");
  EXPECT_EQ(shown_member<List>(json::array({1, 2})), R"({"value":[1,2]})");
  using Maybe = Field<std::optional<std::vector<int>>, min_length(2)>;
  EXPECT_EQ(shown_member<Maybe>(json::array({1})), "value: List should have at least 2 items after validation, not 1");
}

TEST(AsOfJson, CountsItemsOfSets) {
  using Set = Field<std::set<int>, min_length(2), max_length(3)>;
  EXPECT_EQ(shown_member<Set>(json::array({1, 1})), "value: Set should have at least 2 items after validation, not 1");
  EXPECT_EQ(shown_member<Set>(json::array({1, 2, 3, 4})),
            "value: Set should have at most 3 items after validation, not more");
  EXPECT_EQ(shown_member<Set>(json::array({3, 2, 3, 2})), R"({"value":[2,3]})");
}

TEST(AsOfJson, CountsItemsOfArraysAndTuples) {
  using Array = std::array<int, 2>;
  EXPECT_EQ(shown<Array>(json::array({1})), "List should have at least 2 items after validation, not 1");
  EXPECT_EQ(shown<Array>(json::array({1, 2, 3})), "List should have at most 2 items after validation, not 3");
  using Pair = std::pair<int, std::string>;
  EXPECT_EQ(shown<Pair>(json::array({1})), "1: Field required");
  EXPECT_EQ(shown<Pair>(json::array({1, "a", 3})), "Tuple should have at most 2 items after validation, not 3");
}

TEST(AsOfJson, CountsEntriesOfMaps) {
  using Map = Field<std::map<std::string, int>, min_length(1), max_length(2)>;
  EXPECT_EQ(shown_member<Map>(json::object()), "value: Dictionary should have at least 1 item after validation, not 0");
  EXPECT_EQ(shown_member<Map>(json{{"a", 1}, {"b", 2}, {"c", 3}}),
            "value: Dictionary should have at most 2 items after validation, not 3");
  EXPECT_EQ(shown_member<Map>(json{{"a", 1}}), R"({"value":{"a":1}})");
}

TEST(AsOfJson, CallsTheFunctionsOfLists) {
  using Ten = Field<std::vector<int>, validated_by<check_sum>>;
  EXPECT_EQ(shown_member<Ten>(json::array({1, 2})), "value: Value error, must add up to 10");
  EXPECT_EQ(shown_member<Ten>(json::array({4, 6})), R"({"value":[4,6]})");
  using Evens = std::vector<Field<int, validated_by<check_even>>>;
  EXPECT_EQ(shown<Evens>(json::array({2, 3})), "1: Value error, must be even");
}

TEST(AsOfJson, CallsTheFunctionsOfModels) {
  using Ordered = Field<Point, validated_by<check_order>>;
  EXPECT_EQ(shown_member<Ordered>(json{{"x", 2}, {"y", 1}}), "value: Value error, x is beyond y");
  EXPECT_EQ(shown_member<Ordered>(json{{"x", 1}, {"y", 2}}), R"({"value":{"x":1,"y":2}})");
}

TEST(AsOfJson, PreparesTexts) {
  using Name = Field<std::optional<std::string>, prepared_by<trimmed>, max_length(3)>;
  EXPECT_EQ(shown_member<Name>("   ann"), R"({"value":"ann"})");
  using Either = Field<std::variant<int, std::string>, prepared_by<trimmed>>;
  EXPECT_EQ(shown_member<Either>("  x"), R"({"value":"x"})");
}

TEST(AsOfJson, IsStrictWithItemsOfStrictLists) {
  using Numbers = Field<std::vector<std::map<std::string, int>>, strict>;
  EXPECT_EQ(shown_member<Numbers>(json::array({json{{"a", "1"}}})), "value.0.a: Input should be a valid integer");
  EXPECT_EQ(shown_member<Numbers>(json::array({json{{"a", 1}}})), R"({"value":[{"a":1}]})");
  using Points = Field<std::vector<Point>, strict>;
  EXPECT_EQ(shown_member<Points>(json::array({json{{"x", "1"}, {"y", 2}}})), R"({"value":[{"x":1,"y":2}]})");
}

TEST(AsOfJson, ChecksInfinitiesByTheirRules) {
  using Finite = Field<double, finite_number>;
  using Below = Field<std::optional<double>, lt(3)>;
  using Above = Field<double, gt(3)>;
  EXPECT_EQ(shown_member<Finite>(infinity), "value: Input should be a finite number");
  EXPECT_EQ(shown_member<Below>(infinity), "value: Input should be less than 3");
  EXPECT_EQ(shown_member<Above>(infinity), R"({"value":null})");
}

struct Checked {
  int low;
  int high;
  static void check(const Checked& checked, schema::Errors& errors) {
    if (checked.low > checked.high) errors.add("low", "is beyond high");
  }
};

TEST(AsOfJson, RunsTheChecksOfModels) {
  EXPECT_EQ(shown<std::vector<Checked>>(json::array({json{{"low", 2}, {"high", 1}}})),
            "0.low: Value error, is beyond high");
}

struct Closed {
  static constexpr ModelConfig model_config{.extra = schema::Extra::forbid};
  Field<int, alias("in"), serialization_alias("out")> number;
  std::optional<double> real;
};

TEST(AsOfJson, WalksTheEntriesOfMapsAsMembersOfModels) {
  using Map = std::map<std::string, Closed>;
  EXPECT_EQ(shown<Map>(json{{"a", json{{"out", 1}, {"more", 2}}}}), R"({"a":{"out":1,"real":null}})");
  EXPECT_EQ(shown<Map>(json{{"a", json{{"in", 1}, {"real", infinity}}}}), R"({"a":{"out":1,"real":null}})");
  EXPECT_EQ(shown<Map>(json{{"a", json{{"in", "x"}}}}).substr(0, 6), "a.out:");
  using Reals = std::map<std::string, double>;
  EXPECT_EQ(shown<Reals>(json{{"a", infinity}}), R"({"a":null})");
}

TEST(AsOfJson, ReadsTheKeysOfMaps) {
  using Map = std::map<int, int>;
  EXPECT_EQ(shown<Map>(json{{"7", 1}, {"3", 2}}), R"({"3":2,"7":1})");
  EXPECT_EQ(shown<Map>(json{{"x", 1}}).substr(0, 8), "x.[key]:");
}

TEST(AsOfJson, WalksTheItemsOfTuplesAsMembersOfModels) {
  using Pair = std::pair<Closed, double>;
  EXPECT_EQ(shown<Pair>(json::array({json{{"out", 1}, {"more", 2}}, infinity})), R"([{"out":1,"real":null},null])");
  using Tuple = std::tuple<int, Closed>;
  EXPECT_EQ(shown<Tuple>(json::array({1, json{{"in", "x"}}})).substr(0, 6), "1.out:");
}

TEST(AsOfJson, SaysWhatItExpectsInPlaceOfAnotherType) {
  EXPECT_EQ(shown<std::vector<int>>("x"), "Input should be a valid list");
  EXPECT_EQ((shown<std::map<std::string, int>>("x")), "Input should be a valid dictionary");
  EXPECT_EQ((shown<std::pair<int, int>>("x")), "Input should be a valid tuple");
}

}  // namespace serval::as_json_test
