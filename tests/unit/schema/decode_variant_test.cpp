// SPDX-License-Identifier: MIT
// How decoder.hpp reads variants.
#include "schema/decoder.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/schema/decode_fixture.hpp"

namespace decode_variant_test {

using namespace serval;
using serval::testing::faults_of;
using serval::testing::faults_of_text;
using serval::testing::round_trip;
using serval::testing::words_of;

enum class Color { red, green };
struct Cat {
  Literal<"cat", "lion"> kind;
  int lives;
};
struct Dog {
  Literal<"dog"> kind;
  Field<std::string, min_length(1)> name;
};
struct Owner {
  Field<std::variant<Cat, Dog>, discriminator("kind")> pet;
  Field<std::optional<std::variant<Cat, Dog>>, discriminator("kind")> second;
};
struct Numbered {
  Literal<1> version;
  int x;
};
struct NumberedToo {
  Literal<2, 3> version;
  int y;
};
struct Small {
  int a;
};
struct Big {
  int a;
  std::optional<int> b;
};
struct Exact {
  std::string a;
};
struct Branch {
  std::optional<std::vector<std::variant<Branch, json>>> next;
};
template <class... Ts>
using AnyOf = std::variant<Ts...>;
using Tagged = Field<AnyOf<Cat, Dog>, discriminator("kind")>;

template <class T>
std::size_t index_of(std::string_view text) {
  return decode_json<T>(text).index();
}

TEST(SmartVariant, TakesTheExactType) {
  using Any = AnyOf<std::string, int, double, bool>;
  EXPECT_EQ(index_of<Any>(R"("1")"), 0U);
  EXPECT_EQ(index_of<Any>("1"), 1U);
  EXPECT_EQ(index_of<Any>("1.5"), 2U);
  EXPECT_EQ(index_of<Any>("1.0"), 2U);
  EXPECT_EQ(index_of<Any>("true"), 3U);
}

TEST(SmartVariant, ConvertsWhereNothingIsExact) {
  EXPECT_EQ((round_trip<AnyOf<double, bool>>("1")), "1.0");
  EXPECT_EQ((round_trip<AnyOf<int, bool>>(R"("7")")), "7");
  EXPECT_EQ((round_trip<AnyOf<int, double>>(R"("7.5")")), "7.5");
}

TEST(SmartVariant, PrefersTextToWhatIsReadFromText) {
  EXPECT_EQ((index_of<AnyOf<DateTime, std::string>>(R"("2020-01-02T03:04:05Z")")), 1U);
  EXPECT_EQ((index_of<AnyOf<Color, std::string>>(R"("red")")), 0U);
  EXPECT_EQ((index_of<AnyOf<Color, std::string>>(R"("blue")")), 1U);
}

TEST(SmartVariant, TakesTheModelThatUsesMostOfTheInput) {
  using Model = AnyOf<Small, Big>;
  EXPECT_EQ(index_of<Model>(R"({"a":1})"), 0U);
  EXPECT_EQ(index_of<Model>(R"({"a":1,"b":2})"), 1U);
  EXPECT_EQ((index_of<AnyOf<Big, Small>>(R"({"a":1})")), 0U);
}

TEST(SmartVariant, TakesTheModelThatConvertsLess) {
  EXPECT_EQ((index_of<AnyOf<Small, Exact>>(R"({"a":"1"})")), 1U);
  EXPECT_EQ((index_of<AnyOf<Small, Exact>>(R"({"a":1})")), 0U);
}

TEST(SmartVariant, KeepsTheBestWhenALaterOneFitsToo) {
  EXPECT_EQ((round_trip<AnyOf<Big, Small>>(R"({"a":1,"b":2})")), R"({"a":1,"b":2})");
  EXPECT_EQ((round_trip<AnyOf<Small, json>>(R"({"a":1,"b":2})")), R"({"a":1})");
  EXPECT_EQ((round_trip<AnyOf<json, Small>>(R"({"a":1})")), R"({"a":1})");
}

TEST(SmartVariant, ReportsEveryAlternativeUnderItsLabel) {
  EXPECT_EQ((faults_of<AnyOf<int, Small>>(R"("x")")),
            R"([{"type":"int_parsing","loc":["int"],)"
            R"("msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"},)"
            R"({"type":"model_attributes_type","loc":["Small"],)"
            R"("msg":"Input should be a valid dictionary or object to extract fields from","input":"x"}])");
}

TEST(SmartVariant, PutsTheLabelBeforeWhatIsWithin) {
  EXPECT_EQ((faults_of<std::vector<AnyOf<std::vector<int>, Big>>>(R"([[],[1,"x"]])")),
            R"([{"type":"int_parsing","loc":[1,"list[int]",1],)"
            R"("msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"},)"
            R"({"type":"model_attributes_type","loc":[1,"Big"],)"
            R"("msg":"Input should be a valid dictionary or object to extract fields from","input":[1,"x"]}])");
}

TEST(SmartVariant, AddsNothingForAnOptional) {
  EXPECT_EQ((faults_of<std::optional<int>>("[]")),
            R"([{"type":"int_type","loc":[],"msg":"Input should be a valid integer","input":[]}])");
  EXPECT_EQ((words_of<std::optional<AnyOf<int, std::string>>>("null")), "ok");
}

TEST(SmartVariant, LooksOnceAtEachAlternativeOfEachLevel) {
  std::string text = "{}";
  for (int i = 0; i < 300; ++i) text = R"({"next":[)" + text + "]}";
  EXPECT_EQ(words_of<Branch>(text), "ok");
}

TEST(Labels, AreThoseOfPydantic) {
  const auto label = []<class T>(std::type_identity<T>) { return detail::type_label(detail::type_of<T>); };
  EXPECT_EQ(label(std::type_identity<bool>{}), "bool");
  EXPECT_EQ(label(std::type_identity<double>{}), "float");
  EXPECT_EQ(label(std::type_identity<std::string>{}), "str");
  EXPECT_EQ((label(std::type_identity<Field<int, gt(0)>>{})), "constrained-int");
  EXPECT_EQ((label(std::type_identity<Field<int, schema::description("d")>>{})), "int");
  EXPECT_EQ(label(std::type_identity<std::vector<std::set<int>>>{}), "list[set[int]]");
  EXPECT_EQ((label(std::type_identity<std::map<std::string, double>>{})), "dict[str,float]");
  EXPECT_EQ((label(std::type_identity<std::tuple<int, Cat>>{})), "tuple[int, Cat]");
  EXPECT_EQ((label(std::type_identity<std::optional<AnyOf<int, Uuid>>>{})), "nullable[union[int,uuid]]");
  EXPECT_EQ((label(std::type_identity<Literal<"a", 1>>{})), "literal['a',1]");
  EXPECT_EQ(label(std::type_identity<DateTime>{}), "datetime");
  EXPECT_EQ(label(std::type_identity<std::chrono::seconds>{}), "timedelta");
  EXPECT_EQ(label(std::type_identity<Color>{}), "Color");
  EXPECT_EQ(label(std::type_identity<json>{}), "any");
}

TEST(TaggedVariant, TakesTheAlternativeOfTheTag) {
  EXPECT_EQ(round_trip<Tagged>(R"({"name":"rex","kind":"dog"})"), R"({"kind":"dog","name":"rex"})");
  EXPECT_EQ(round_trip<Tagged>(R"({"kind":"lion","lives":1})"), R"({"kind":"lion","lives":1})");
  EXPECT_EQ(round_trip<Owner>(R"({"pet":{"kind":"cat","lives":9}})"),
            R"({"pet":{"kind":"cat","lives":9},"second":null})");
}

TEST(TaggedVariant, ReportsFaultsUnderTheTag) {
  EXPECT_EQ(faults_of<Owner>(R"({"pet":{"kind":"lion","lives":"x"},"second":{"kind":"dog","name":""}})"),
            R"([{"type":"int_parsing","loc":["pet","lion","lives"],)"
            R"("msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"},)"
            R"({"type":"string_too_short","loc":["second","dog","name"],)"
            R"("msg":"String should have at least 1 character","input":"","ctx":{"min_length":1}}])");
}

TEST(TaggedVariant, ReportsAMissingTag) {
  EXPECT_EQ(faults_of<Tagged>(R"({"lives":1})"),
            R"([{"type":"union_tag_not_found","loc":[],"msg":"Unable to extract tag using discriminator 'kind'",)"
            R"("input":{"lives":1},"ctx":{"discriminator":"'kind'"}}])");
}

TEST(TaggedVariant, ReportsAnUnknownTag) {
  EXPECT_EQ(faults_of<Tagged>(R"({"kind":"cow"})"),
            R"([{"type":"union_tag_invalid","loc":[],"msg":"Input tag 'cow' found using 'kind' does not match any of )"
            R"(the expected tags: 'cat', 'lion', 'dog'","input":{"kind":"cow"},)"
            R"("ctx":{"discriminator":"'kind'","tag":"cow","expected_tags":"'cat', 'lion', 'dog'"}}])");
  EXPECT_EQ(words_of<Tagged>(R"({"kind":null})").substr(0, 41), "union_tag_invalid: Input tag 'None' found");
}

TEST(TaggedVariant, RefusesWhatIsNoObject) {
  EXPECT_EQ(words_of<Tagged>("[]"),
            "model_attributes_type: Input should be a valid dictionary or object to extract fields from");
}

TEST(TaggedVariant, KnowsIntegerTags) {
  using Versions = Field<AnyOf<Numbered, NumberedToo>, discriminator("version")>;
  EXPECT_EQ(round_trip<Versions>(R"({"version":3,"y":1})"), R"({"version":3,"y":1})");
  EXPECT_EQ(words_of<Versions>(R"({"version":"1","x":1})"),
            "union_tag_invalid: Input tag '1' found using 'version' does not match any of the expected tags: 1, 2, 3");
}

TEST(VariantFromText, PrefersTheText) {
  AnyOf<int, std::string> value;
  EXPECT_EQ(faults_of_text("1", value), "ok");
  EXPECT_EQ(value.index(), 1U);
}

TEST(VariantFromText, TakesTheFirstThatConverts) {
  AnyOf<double, int> value;
  EXPECT_EQ(faults_of_text("1", value), "ok");
  EXPECT_EQ(value.index(), 0U);
}

TEST(VariantFromText, ReportsEveryAlternative) {
  AnyOf<double, int, std::vector<int>> value;
  EXPECT_EQ(faults_of_text("x", value),
            R"([{"type":"float_parsing","loc":["float"],)"
            R"("msg":"Input should be a valid number, unable to parse string as a number","input":"x"},)"
            R"({"type":"int_parsing","loc":["int"],)"
            R"("msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"},)"
            R"({"type":"list_type","loc":["list[int]"],"msg":"Input should be a valid list","input":"x"}])");
}

}  // namespace decode_variant_test
