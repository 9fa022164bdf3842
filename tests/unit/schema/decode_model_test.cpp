// SPDX-License-Identifier: MIT
// How decoder.hpp reads models. decoder_test.cpp tests maps, which the same source file implements.
#include "schema/decoder.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/schema/decode_fixture.hpp"

namespace decode_model_test {

using namespace serval;
using serval::testing::faults_of;
using serval::testing::round_trip;
using serval::testing::words_of;

struct Image {
  std::string url;
  Default<int> width = 10;
};
struct Item {
  std::string name;
  Field<double, gt(0)> price;
  std::optional<std::string> note;
  Default<std::vector<Image>> images;
};
struct Closed {
  static constexpr ModelConfig model_config{.extra = schema::Extra::forbid};
  int a;
  std::optional<int> b;
};
struct Aliased {
  Field<int, alias("itemCount")> item_count;
  Field<std::string, alias("with \"quotes\"")> text;
};
struct Nothing {};
struct Node {
  int value;
  std::vector<Node> children;
};
struct Chain {
  std::map<std::string, Chain> next;
};
struct Range {
  int low;
  int high;
  Default<std::string> label = "x";

  static void check(const Range& range, schema::Errors& errors) {
    if (range.low > range.high) errors.add("low is above high");
    if (range.high > 100) errors.add("high", "too high");
    if (range.label == "bad") errors.add("label", "bad label");
  }
};
struct Holder {
  std::vector<Range> ranges;
};
struct Wide {
  Extends<Range> range;
  Extends<Image> image;
  bool own;

  static void check(const Wide& wide, schema::Errors& errors) {
    if (!wide.own) errors.add("own", "must be own");
  }
};

const std::string missing = "missing: Field required";

TEST(Models, AreReadByName) {
  EXPECT_EQ(round_trip<Item>(R"({"price":1,"name":"pen","images":[{"url":"u"}]})"),
            R"({"name":"pen","price":1.0,"note":null,"images":[{"url":"u","width":10}]})");
  EXPECT_EQ(round_trip<Nothing>("{}"), "{}");
}

TEST(Models, ReportEveryFaultInTheOrderOfDeclaration) {
  EXPECT_EQ(faults_of<Item>(R"({"images":[{"width":"x"},{"url":1}],"price":0})"),
            R"([{"type":"missing","loc":["name"],"msg":"Field required",)"
            R"("input":{"images":[{"width":"x"},{"url":1}],"price":0}},)"
            R"({"type":"greater_than","loc":["price"],"msg":"Input should be greater than 0","input":0,)"
            R"("ctx":{"gt":0.0}},)"
            R"({"type":"missing","loc":["images",0,"url"],"msg":"Field required","input":{"width":"x"}},)"
            R"({"type":"int_parsing","loc":["images",0,"width"],)"
            R"("msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"},)"
            R"({"type":"string_type","loc":["images",1,"url"],"msg":"Input should be a valid string","input":1}])");
}

TEST(Models, ReportAMissingMemberWithTheWholeObject) {
  EXPECT_EQ(faults_of<Image>("{}"), R"([{"type":"missing","loc":["url"],"msg":"Field required","input":{}}])");
}

TEST(Models, RefuseWhatIsNoObject) {
  for (const char* text : {"true", "1", "1.5", R"("a")", "null", "[]"}) {
    EXPECT_EQ(words_of<Item>(text),
              "model_attributes_type: Input should be a valid dictionary or object to extract fields from")
        << text;
  }
}

TEST(Models, TakeTheLastOfARepeatedKey) {
  EXPECT_EQ(round_trip<Image>(R"({"url":1,"url":"u","width":1,"width":2})"), R"({"url":"u","width":2})");
}

TEST(Models, FindMembersWhoseNamesAreEscaped) {
  EXPECT_EQ(round_trip<Image>(R"({"\u0075rl":"u"})"), R"({"url":"u","width":10})");
}

TEST(Models, TellNullFromAbsent) {
  EXPECT_EQ(words_of<Item>(R"({"name":"a","price":1,"note":null})"), "ok");
  EXPECT_EQ(words_of<Item>(R"({"name":"a","price":1,"images":null})"), "list_type: Input should be a valid list");
  EXPECT_EQ(words_of<Item>(R"({"name":null,"price":1})"), "string_type: Input should be a valid string");
}

TEST(Extras, AreIgnored) { EXPECT_EQ(words_of<Image>(R"({"url":"u","more":1})"), "ok"); }

TEST(Extras, AreForbiddenOnRequestInTheirOrder) {
  EXPECT_EQ(faults_of<Closed>(R"({"z":1,"b":"x","y":[2],"z":3})"),
            R"([{"type":"missing","loc":["a"],"msg":"Field required","input":{"z":3,"b":"x","y":[2]}},)"
            R"({"type":"int_parsing","loc":["b"],)"
            R"("msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"},)"
            R"({"type":"extra_forbidden","loc":["z"],"msg":"Extra inputs are not permitted","input":3},)"
            R"({"type":"extra_forbidden","loc":["y"],"msg":"Extra inputs are not permitted","input":[2]}])");
}

TEST(Aliases, ReplaceTheNameOnTheWire) {
  EXPECT_EQ(round_trip<Aliased>(R"({"itemCount":1,"with \"quotes\"":"t"})"),
            R"({"itemCount":1,"with \"quotes\"":"t"})");
  EXPECT_EQ(faults_of<Aliased>(R"({"item_count":1,"with \"quotes\"":"t"})"),
            R"([{"type":"missing","loc":["itemCount"],"msg":"Field required",)"
            R"("input":{"item_count":1,"with \"quotes\"":"t"}}])");
}

TEST(Models, MayContainThemselves) {
  const std::string tree = R"({"value":1,"children":[{"value":2,"children":[{"value":3,"children":[]}]}]})";
  EXPECT_EQ(round_trip<Node>(tree), tree);
  EXPECT_EQ(faults_of<Node>(R"({"value":1,"children":[{"value":2,"children":[{"value":3}]}]})"),
            R"([{"type":"missing","loc":["children",0,"children",0,"children"],"msg":"Field required",)"
            R"("input":{"value":3}}])");
}

TEST(Models, NestAsDeepAsTheTextMay) {
  std::string text = "{}";
  for (int i = 0; i < 490; ++i) text = R"({"next":{"a":)" + text + "}}";
  EXPECT_EQ(words_of<Chain>(text).substr(0, 7), "missing");
  std::string whole = R"({"next":{}})";
  for (int i = 0; i < 490; ++i) whole = R"({"next":{"a":)" + whole + "}}";
  EXPECT_EQ(round_trip<Chain>(whole), whole);
}

TEST(Checks, ReportTheModelAndItsMembers) {
  EXPECT_EQ(faults_of<Holder>(R"({"ranges":[{"low":1,"high":2},{"low":300,"high":200}]})"),
            R"([{"type":"value_error","loc":["ranges",1],"msg":"Value error, low is above high",)"
            R"("input":{"low":300,"high":200},"ctx":{"error":{}}},)"
            R"({"type":"value_error","loc":["ranges",1,"high"],"msg":"Value error, too high","input":200,)"
            R"("ctx":{"error":{}}}])");
}

TEST(Checks, DoNotRunOnWhatIsNotWhole) { EXPECT_EQ(words_of<Range>(R"({"low":5})"), missing); }

TEST(Checks, OfExtendedModelsRunFirst) {
  EXPECT_EQ(words_of<Wide>(R"({"low":2,"high":1,"url":"u","own":false})"),
            "value_error: Value error, low is above high; value_error: Value error, must be own");
}

TEST(Extends, ReadsOneFlatObject) {
  const std::string wide = R"({"low":1,"high":2,"label":"x","url":"u","width":3,"own":true})";
  EXPECT_EQ(round_trip<Wide>(wide), wide);
  EXPECT_EQ(words_of<Wide>(R"({"low":1,"own":true})"), missing + "; " + missing);
}

TEST(FindMember, LooksAtTheHintFirst) {
  const detail::Model& model = detail::model_of<Item>;
  EXPECT_EQ(detail::find_member(model, "price", 1), 1U);
  EXPECT_EQ(detail::find_member(model, "name", 3), 0U);
  EXPECT_EQ(detail::find_member(model, "none", 2), 4U);
  EXPECT_EQ(detail::find_member(detail::model_of<Nothing>, "none", 0), 0U);
}

}  // namespace decode_model_test
