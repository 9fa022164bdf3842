// SPDX-License-Identifier: MIT
#include "schema/constraints.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/schema/decode_fixture.hpp"

namespace constraints_test {

using namespace serval;
using serval::testing::faults_of;
using serval::testing::words_of;

std::string fault(std::string_view type, std::string_view msg, std::string_view input, std::string_view ctx) {
  return R"([{"type":")" + std::string(type) + R"(","loc":[],"msg":")" + std::string(msg) + R"(","input":)" +
         std::string(input) + R"(,"ctx":)" + std::string(ctx) + "}]";
}

TEST(Bounds, ShowIntegersOnIntegerFields) {
  EXPECT_EQ((faults_of<Field<int, gt(3)>>("3")),
            fault("greater_than", "Input should be greater than 3", "3", R"({"gt":3})"));
  EXPECT_EQ((faults_of<Field<int, ge(3)>>("2")),
            fault("greater_than_equal", "Input should be greater than or equal to 3", "2", R"({"ge":3})"));
  EXPECT_EQ((faults_of<Field<int, lt(3)>>("3")), fault("less_than", "Input should be less than 3", "3", R"({"lt":3})"));
  EXPECT_EQ((faults_of<Field<int, le(3)>>("4")),
            fault("less_than_equal", "Input should be less than or equal to 3", "4", R"({"le":3})"));
  EXPECT_EQ((faults_of<Field<int, multiple_of(5)>>("7")),
            fault("multiple_of", "Input should be a multiple of 5", "7", R"({"multiple_of":5})"));
}

TEST(Bounds, ShowFloatsOnFloatFields) {
  EXPECT_EQ((faults_of<Field<double, gt(0)>>("-1")),
            fault("greater_than", "Input should be greater than 0", "-1", R"({"gt":0.0})"));
  EXPECT_EQ((faults_of<Field<double, gt(0.0)>>("-1")),
            fault("greater_than", "Input should be greater than 0", "-1", R"({"gt":0.0})"));
  EXPECT_EQ((faults_of<Field<double, le(1.5)>>("2.5")),
            fault("less_than_equal", "Input should be less than or equal to 1.5", "2.5", R"({"le":1.5})"));
}

TEST(Bounds, TakeWhatIsWithin) {
  EXPECT_EQ((faults_of<Field<int, ge(1), le(3), multiple_of(2)>>("2")), "ok");
  EXPECT_EQ((faults_of<Field<double, gt(0), lt(1)>>("0.5")), "ok");
}

TEST(Bounds, AreCheckedInPydanticsOrder) {
  using Number = Field<int, gt(10), ge(10), lt(0), le(0), multiple_of(2)>;
  EXPECT_EQ(words_of<Number>("5"), "multiple_of: Input should be a multiple of 2");
  EXPECT_EQ(words_of<Number>("4"), "less_than_equal: Input should be less than or equal to 0");
  EXPECT_EQ(words_of<Number>("0"), "less_than: Input should be less than 0");
  EXPECT_EQ(words_of<Number>("-2"), "greater_than_equal: Input should be greater than or equal to 10");
  using Above = Field<int, gt(10), ge(10)>;
  EXPECT_EQ(words_of<Above>("10"), "greater_than: Input should be greater than 10");
}

TEST(Bounds, AreExactForAllIntegers) {
  using Most = Field<std::int64_t, lt(9223372036854775807)>;
  EXPECT_EQ(words_of<Most>("9223372036854775806"), "ok");
  EXPECT_EQ(words_of<Most>("9223372036854775807"), "less_than: Input should be less than 9223372036854775807");
  using Huge = Field<std::uint64_t, gt(5)>;
  EXPECT_EQ(words_of<Huge>("18446744073709551615"), "ok");
  EXPECT_EQ((words_of<Field<std::uint64_t, multiple_of(5)>>("18446744073709551615")), "ok");
  EXPECT_EQ((words_of<Field<std::uint64_t, multiple_of(2)>>("18446744073709551615")),
            "multiple_of: Input should be a multiple of 2");
}

TEST(Bounds, OfAFloatMemberAreAsPreciseAsItIs) {
  EXPECT_EQ((words_of<Field<float, le(0.1)>>("0.1")), "ok");
  EXPECT_EQ((words_of<Field<float, gt(0.1)>>("0.1")), "greater_than: Input should be greater than 0.1");
  EXPECT_EQ((words_of<Field<float, multiple_of(0.1)>>("0.3")), "ok");
}

TEST(Bounds, AreNotMetByNan) { EXPECT_NE((words_of<Field<double, gt(0)>>(R"("NaN")")), "ok"); }

TEST(MultipleOf, ForgivesRoundingErrors) {
  using Tenth = Field<double, multiple_of(0.1)>;
  EXPECT_EQ(words_of<Tenth>("0.3"), "ok");
  EXPECT_EQ(words_of<Tenth>("1234567.8"), "ok");
  EXPECT_EQ(words_of<Tenth>("0.35"), "multiple_of: Input should be a multiple of 0.1");
}

TEST(Lengths, OfTextsCountCodePoints) {
  using Short = Field<std::string, max_length(3)>;
  EXPECT_EQ(words_of<Short>(R"("äöü")"), "ok");
  EXPECT_EQ(words_of<Short>(R"("\ud83d\ude00\ud83d\ude00\ud83d\ude00")"), "ok");
  EXPECT_EQ(faults_of<Short>(R"("abcd")"),
            fault("string_too_long", "String should have at most 3 characters", R"("abcd")", R"({"max_length":3})"));
}

TEST(Lengths, SayCharacterForOne) {
  EXPECT_EQ((faults_of<Field<std::string, min_length(1)>>(R"("")")),
            fault("string_too_short", "String should have at least 1 character", R"("")", R"({"min_length":1})"));
  EXPECT_EQ((words_of<Field<std::string, max_length(0)>>(R"("a")")),
            "string_too_long: String should have at most 0 characters");
}

TEST(Pattern, MatchesAnywhereUnlessAnchored) {
  EXPECT_EQ((words_of<Field<std::string, pattern("b+")>>(R"("abbc")")), "ok");
  EXPECT_EQ(
      (faults_of<Field<std::string, pattern("^b+$")>>(R"("abbc")")),
      fault("string_pattern_mismatch", "String should match pattern '^b+$'", R"("abbc")", R"({"pattern":"^b+$"})"));
}

TEST(Pattern, IsCheckedAfterTheLength) {
  using Code = Field<std::string, min_length(3), pattern("^a")>;
  EXPECT_EQ(words_of<Code>(R"("b")"), "string_too_short: String should have at least 3 characters");
}

TEST(Pattern, KnowsUnicode) { EXPECT_EQ((words_of<Field<std::string, pattern(R"(^\p{L}.$)")>>(R"("äö")")), "ok"); }

TEST(Pattern, EndsForExpressionsThatBacktrackingNeverEnds) {
  const std::string evil = '"' + std::string(50'000, 'a') + "!\"";
  EXPECT_NE((words_of<Field<std::string, pattern("^(a+)+$")>>(evil)), "ok");
}

TEST(Items, OfAListAreCountedBeforeTheyAreRead) {
  using Few = Field<std::vector<int>, max_length(2)>;
  EXPECT_EQ(faults_of<Few>(R"([1,"x",3])"),
            fault("too_long", "List should have at most 2 items after validation, not 3", R"([1,"x",3])",
                  R"({"field_type":"List","max_length":2,"actual_length":3})"));
}

TEST(Items, AreTooFewOnlyWhenAllAreValid) {
  using Many = Field<std::vector<int>, min_length(2)>;
  EXPECT_EQ(words_of<Many>(R"(["x"])"),
            "int_parsing: Input should be a valid integer, unable to parse string as an integer");
  EXPECT_EQ(faults_of<Many>("[1]"), fault("too_short", "List should have at least 2 items after validation, not 1",
                                          "[1]", R"({"field_type":"List","min_length":2,"actual_length":1})"));
  EXPECT_EQ((words_of<Field<std::vector<int>, min_length(1)>>("[]")),
            "too_short: List should have at least 1 item after validation, not 0");
}

TEST(Items, OfASetAreCountedOnce) {
  using Few = Field<std::set<int>, min_length(2), max_length(2)>;
  EXPECT_EQ(words_of<Few>("[1,2,1,2]"), "ok");
  EXPECT_EQ(faults_of<Few>("[1,1]"), fault("too_short", "Set should have at least 2 items after validation, not 1",
                                           "[1,1]", R"({"field_type":"Set","min_length":2,"actual_length":1})"));
  EXPECT_EQ(faults_of<Few>("[1,2,3]"), fault("too_long", "Set should have at most 2 items after validation, not more",
                                             "[1,2,3]", R"({"field_type":"Set","max_length":2,"actual_length":null})"));
}

TEST(Items, OfAnOverfullSetHideItsOtherFaults) {
  using Few = Field<std::set<int>, max_length(1)>;
  EXPECT_EQ(words_of<Few>(R"(["x",1,2])"), "too_long: Set should have at most 1 item after validation, not more");
}

TEST(Items, OfAMapAreItsMembers) {
  using Few = Field<std::map<std::string, int>, min_length(1), max_length(1)>;
  EXPECT_EQ(faults_of<Few>("{}"), fault("too_short", "Dictionary should have at least 1 item after validation, not 0",
                                        "{}", R"({"field_type":"Dictionary","min_length":1,"actual_length":0})"));
  EXPECT_EQ(words_of<Few>(R"({"a":1,"b":2})"),
            "too_long: Dictionary should have at most 1 item after validation, not 2");
  EXPECT_EQ(words_of<Few>(R"({"a":1,"a":2})"), "ok");
}

TEST(Rules, OfAnOptionalBindItsValue) {
  using Stock = Field<std::optional<int>, ge(0)>;
  EXPECT_EQ(words_of<Stock>("null"), "ok");
  EXPECT_EQ(words_of<Stock>("-1"), "greater_than_equal: Input should be greater than or equal to 0");
}

TEST(Rules, OfAParameterJoinThoseOfTheField) {
  using Size = Field<int, gt(0)>;
  Size size;
  const detail::Rules* rules = &detail::rules_of<le(10)>;
  EXPECT_NE(serval::testing::faults_of_text("11", size, rules), "ok");
  EXPECT_NE(serval::testing::faults_of_text("0", size, rules), "ok");
  EXPECT_EQ(serval::testing::faults_of_text("10", size, rules), "ok");
}

TEST(MergedRules, TakeTheParametersWhereBothSpeak) {
  const detail::Rules all = detail::merge_rules(detail::rules_of<gt(1), le(5), schema::description("field")>,
                                                detail::rules_of<gt(2), schema::description("parameter"), strict>);
  EXPECT_EQ(all.gt.bits, 2);
  EXPECT_EQ(all.le.bits, 5);
  EXPECT_EQ(all.description, "parameter");
  EXPECT_TRUE(all.strict);
}

}  // namespace constraints_test
