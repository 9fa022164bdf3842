// SPDX-License-Identifier: MIT
#include "schema/decoder.hpp"

#include <array>
#include <deque>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <system_error>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/schema/decode_fixture.hpp"

namespace bank {
struct Money {
  long cents = 0;
};
class Secret {  // neither an aggregate nor described
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};
struct Point {
  int x = 0;
  int y = 0;
};
void to_json(serval::json& out, const Point& point) { out = serval::json::array({point.x, point.y}); }
void from_json(const serval::json& in, Point& point) {
  if (!in.is_array() || in.size() != 2) throw std::runtime_error("a point is two numbers");
  point = {in[0].get<int>(), in[1].get<int>()};
}
}  // namespace bank

template <>
struct serval::Convert<bank::Money> {
  static bank::Money from_wire(const std::string& text) {
    if (text == "gone") throw std::system_error(std::make_error_code(std::errc::not_connected), "bank");
    if (text.find('.') == std::string::npos) throw std::invalid_argument("no cents in '" + text + "'");
    return {std::stol(text.substr(0, text.find('.'))) * 100 + std::stol(text.substr(text.find('.') + 1))};
  }
  static std::string to_wire(const bank::Money& money) {
    return std::to_string(money.cents / 100) + "." + std::to_string(money.cents % 100);
  }
};
template <>
struct serval::Convert<bank::Secret> {
  static bank::Secret from_wire(const std::string& text) { return bank::Secret(text); }
  static std::string to_wire(const bank::Secret&) { return "***"; }
};

namespace decoder_test {

using namespace serval;
using serval::testing::faults_of;
using serval::testing::faults_of_text;
using serval::testing::faults_of_texts;
using serval::testing::round_trip;
using serval::testing::words_of;

const std::string int_parsing = "int_parsing: Input should be a valid integer, unable to parse string as an integer";

TEST(Lists, AreReadItemByItem) {
  EXPECT_EQ(round_trip<std::vector<int>>("[1,2.0,\"3\"]"), "[1,2,3]");
  EXPECT_EQ(round_trip<std::deque<std::string>>(R"(["a"])"), R"(["a"])");
  EXPECT_EQ(round_trip<std::list<double>>("[]"), "[]");
  EXPECT_EQ(round_trip<std::vector<bool>>("[true,0,\"yes\"]"), "[true,false,true]");
  EXPECT_EQ(round_trip<std::vector<std::vector<int>>>("[[1],[],[2,3]]"), "[[1],[],[2,3]]");
}

TEST(Lists, ReportEveryItemAtItsIndex) {
  EXPECT_EQ(faults_of<std::vector<int>>(R"([1,"x",3,null])"),
            R"([{"type":"int_parsing","loc":[1],)"
            R"("msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"},)"
            R"({"type":"int_type","loc":[3],"msg":"Input should be a valid integer","input":null}])");
}

TEST(Lists, RefuseWhatIsNone) {
  for (const char* text : {"true", "1", "1.5", R"("a")", "null", "{}"})
    EXPECT_EQ(words_of<std::vector<int>>(text), "list_type: Input should be a valid list") << text;
}

TEST(Sets, DropDuplicates) {
  EXPECT_EQ(round_trip<std::set<int>>("[3,1,\"3\",2]"), "[1,2,3]");
  EXPECT_EQ(decode_json<std::unordered_set<std::string>>(R"(["a","a"])").size(), 1U);
}

TEST(Sets, ReportItemsAndWhatIsNone) {
  EXPECT_EQ(words_of<std::set<int>>(R"(["x","y"])"), int_parsing + "; " + int_parsing);
  EXPECT_EQ(words_of<std::set<int>>("{}"), "set_type: Input should be a valid set");
  EXPECT_EQ(words_of<std::set<int>>("null"), "set_type: Input should be a valid set");
}

TEST(Sets, RefuseNaN) {
  const std::string finite = "finite_number: Input should be a finite number";
  EXPECT_EQ(words_of<std::set<double>>(R"(["nan",1,2,3])"), finite);
  EXPECT_EQ(words_of<std::unordered_set<float>>(R"([1,"nan"])"), finite);
  EXPECT_EQ((words_of<std::set<std::tuple<int, std::optional<double>>>>(R"([[1,"nan"]])")), finite);
  EXPECT_EQ(faults_of<std::set<double>>(R"([1,"nan"])"),
            R"([{"type":"finite_number","loc":[1],"msg":"Input should be a finite number","input":"nan"}])");
  EXPECT_EQ(words_of<std::set<double>>(R"(["inf","-inf"])"), "ok");
  EXPECT_EQ((words_of<std::tuple<std::set<double>, double>>(R"([[1],"nan"])")), "ok");
  std::set<double> out;
  EXPECT_NE(faults_of_texts({"1", "nan"}, out).find("finite_number"), std::string::npos);
}

TEST(Arrays, MayHaveNoItems) {
  using None = std::array<int, 0>;
  struct Holder {
    std::optional<None> a;
  };
  EXPECT_EQ(round_trip<Holder>(R"({"a":[]})"), R"({"a":[]})");
  EXPECT_EQ(words_of<Holder>(R"({"a":[1]})"), "too_long: List should have at most 0 items after validation, not 1");
  EXPECT_EQ(words_of<None>("{}"), "list_type: Input should be a valid list");
  None out;
  EXPECT_EQ(faults_of_texts({}, out), "ok");
  EXPECT_NE(faults_of_texts({"1"}, out).find("too_long"), std::string::npos);
}

TEST(Arrays, TakeAsManyItemsAsTheyHave) {
  using Three = std::array<int, 3>;
  EXPECT_EQ(round_trip<Three>("[1,2,3]"), "[1,2,3]");
  EXPECT_EQ(words_of<Three>("[1,2]"), "too_short: List should have at least 3 items after validation, not 2");
  EXPECT_EQ(words_of<Three>("[1,2,3,4]"), "too_long: List should have at most 3 items after validation, not 4");
  EXPECT_EQ(words_of<Three>(R"([1,"x"])"), int_parsing);
  EXPECT_EQ(words_of<Three>("{}"), "list_type: Input should be a valid list");
}

TEST(Tuples, TakeOneTypeForEachPlace) {
  EXPECT_EQ((round_trip<std::tuple<int, std::string, bool>>(R"([1,"a",true])")), R"([1,"a",true])");
  EXPECT_EQ((round_trip<std::pair<int, std::string>>(R"([1,"a"])")), R"([1,"a"])");
}

TEST(Tuples, MayHaveNoItems) {
  EXPECT_EQ(round_trip<std::tuple<>>("[]"), "[]");
  EXPECT_EQ(words_of<std::tuple<>>("[1]"), "too_long: Tuple should have at most 0 items after validation, not 1");
}

TEST(Tuples, ReportWhatIsMissingAtItsIndex) {
  EXPECT_EQ((faults_of<std::tuple<int, std::string>>("[1]")),
            R"([{"type":"missing","loc":[1],"msg":"Field required","input":[1]}])");
}

TEST(Tuples, RefuseWhatIsTooMuchOrNone) {
  EXPECT_EQ((faults_of<std::tuple<int, int>>("[1,2,3]")),
            R"([{"type":"too_long","loc":[],"msg":"Tuple should have at most 2 items after validation, not 3",)"
            R"("input":[1,2,3],"ctx":{"field_type":"Tuple","max_length":2,"actual_length":3}}])");
  EXPECT_EQ((words_of<std::tuple<int, int>>("1")), "tuple_type: Input should be a valid tuple");
}

TEST(Maps, TakeInfiniteKeysButNoNaN) {
  EXPECT_EQ((round_trip<std::map<double, int>>(R"({"inf":1,"-Infinity":2,"0.5":3,"infinity":4})")),
            R"({"-inf":2,"0.5":3,"inf":4})");
  EXPECT_EQ(
      (faults_of<std::map<double, int>>(R"({"nan":1})")),
      R"([{"type":"finite_number","loc":["nan","[key]"],"msg":"Input should be a finite number","input":"nan"}])");
  EXPECT_EQ((words_of<std::unordered_map<float, double>>(R"({"nan":"nan","1":"nan"})")),
            "finite_number: Input should be a finite number");
  EXPECT_EQ((words_of<std::map<int, double>>(R"({"1":"nan"})")), "ok");
}

TEST(Maps, ReadKeysFromTexts) {
  EXPECT_EQ((round_trip<std::map<int, double>>(R"({"1":2.5,"-3":1})")), R"({"-3":1.0,"1":2.5})");
  EXPECT_EQ((round_trip<std::map<std::string, int>>(R"({"a\n":1})")), R"({"a\n":1})");
  EXPECT_EQ((round_trip<std::map<bool, int>>(R"({"yes":1})")), R"({"true":1})");
}

TEST(Maps, TakeTheLastOfARepeatedKey) {
  EXPECT_EQ((round_trip<std::map<std::string, int>>(R"({"a":1,"a":2})")), R"({"a":2})");
}

TEST(Maps, ReportKeysAndValues) {
  EXPECT_EQ((faults_of<std::map<int, int>>(R"({"x":"y"})")),
            R"([{"type":"int_parsing","loc":["x","[key]"],)"
            R"("msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"},)"
            R"({"type":"int_parsing","loc":["x"],)"
            R"("msg":"Input should be a valid integer, unable to parse string as an integer","input":"y"}])");
}

TEST(Maps, ReportEscapedKeysDecoded) {
  EXPECT_EQ((faults_of<std::map<std::string, std::map<std::string, int>>>(R"({"\u0061":{"\u0062":null}})")),
            R"([{"type":"int_type","loc":["a","b"],"msg":"Input should be a valid integer","input":null}])");
}

TEST(Maps, RefuseWhatIsNone) {
  for (const char* text : {"true", "1", "1.5", R"("a")", "null", "[]"})
    EXPECT_EQ((words_of<std::map<int, int>>(text)), "dict_type: Input should be a valid dictionary") << text;
}

TEST(Optionals, AreEmptyForNull) {
  EXPECT_FALSE(decode_json<std::optional<int>>("null").has_value());
  EXPECT_EQ(decode_json<std::optional<int>>("3"), 3);
  EXPECT_EQ(words_of<std::optional<int>>(R"("x")"), int_parsing);
}

TEST(JsonValues, TakeEverything) {
  EXPECT_EQ(round_trip<json>(R"({"b":[1,2.5,"x",null,true],"a":{}})"), R"({"b":[1,2.5,"x",null,true],"a":{}})");
  EXPECT_EQ(round_trip<nlohmann::json>("[1]"), "[1]");
  EXPECT_EQ((round_trip<std::map<std::string, json>>(R"({"a":null})")), R"({"a":null})");
}

TEST(ConvertedTypes, AreCarriedByAnother) {
  EXPECT_EQ(decode_json<bank::Money>(R"("12.34")").cents, 1234);
  EXPECT_EQ(round_trip<std::vector<bank::Money>>(R"(["1.5"])"), R"(["1.5"])");
}

TEST(ConvertedTypes, ReportWhatTheyThrow) {
  EXPECT_EQ(faults_of<bank::Money>(R"("12")"),
            R"([{"type":"value_error","loc":[],"msg":"Value error, no cents in '12'","input":"12",)"
            R"("ctx":{"error":{}}}])");
}

TEST(ConvertedTypes, ReportWhatTheirWireTypeRefuses) {
  EXPECT_EQ(words_of<bank::Money>("12"), "string_type: Input should be a valid string");
  EXPECT_EQ((words_of<Field<bank::Money, max_length(3)>>(R"("12.3")")),
            "string_too_long: String should have at most 3 characters");
}

TEST(ConvertedTypes, LetFaultsOfTheProgramThrough) {
  EXPECT_THROW((void)decode_json<bank::Money>(R"("gone")"), std::system_error);
}

TEST(ConvertedTypes, MayHavePrivateMembers) {
  EXPECT_EQ(decode_json<bank::Secret>(R"("x")").text(), "x");
  EXPECT_EQ(round_trip<bank::Secret>(R"("x")"), R"("***")");
}

TEST(ConvertedTypes, AreKeysOfMaps) {
  using Names = std::map<std::string, bank::Money>;
  EXPECT_EQ(round_trip<Names>(R"({"a":"1.2"})"), R"({"a":"1.2"})");
}

TEST(TypesOfNlohmann, ConvertThemselves) {
  EXPECT_EQ(decode_json<bank::Point>("[1,2]").y, 2);
  EXPECT_EQ(round_trip<std::vector<bank::Point>>("[[1,2],[3,4]]"), "[[1,2],[3,4]]");
  EXPECT_EQ(faults_of<bank::Point>("[1]"),
            R"([{"type":"value_error","loc":[],"msg":"Value error, a point is two numbers","input":[1],)"
            R"("ctx":{"error":{}}}])");
}

TEST(Inputs, BeyondDoubleAreShownAsNull) {
  EXPECT_EQ(faults_of<std::string>("-1e999"),
            R"([{"type":"string_type","loc":[],"msg":"Input should be a valid string","input":null}])");
  EXPECT_EQ(faults_of<int>(R"([1e400,{"a":-1e400},1.5])"),
            R"([{"type":"int_type","loc":[],"msg":"Input should be a valid integer","input":[null,{"a":null},1.5]}])");
}

TEST(Texts, AreReadAsScalars) {
  int number = 0;
  EXPECT_EQ(faults_of_text("42", number), "ok");
  EXPECT_EQ(number, 42);
  std::optional<double> real;
  EXPECT_EQ(faults_of_text("2.5", real), "ok");
  EXPECT_EQ(real, 2.5);
  bank::Money money;
  EXPECT_EQ(faults_of_text("1.25", money), "ok");
  EXPECT_EQ(money.cents, 125);
  json value;
  EXPECT_EQ(faults_of_text("[1]", value), "ok");
  EXPECT_EQ(value, "[1]");
}

TEST(Texts, ReportWhatTheyCannotBe) {
  int number = 0;
  EXPECT_EQ(faults_of_text("x", number),
            R"([{"type":"int_parsing","loc":[],)"
            R"("msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"}])");
  bank::Money money;
  EXPECT_EQ(faults_of_text("1", money),
            R"([{"type":"value_error","loc":[],"msg":"Value error, no cents in '1'","input":"1",)"
            R"("ctx":{"error":{}}}])");
}

TEST(Texts, AreNeitherListsNorMapsNorModels) {
  std::vector<int> list;
  EXPECT_EQ(faults_of_text("1", list),
            R"([{"type":"list_type","loc":[],"msg":"Input should be a valid list","input":"1"}])");
  std::map<int, int> map;
  EXPECT_NE(faults_of_text("1", map).find("dict_type"), std::string::npos);
  std::tuple<int> tuple;
  EXPECT_NE(faults_of_text("1", tuple).find("tuple_type"), std::string::npos);
}

TEST(SeveralTexts, FillListsSetsAndArrays) {
  std::vector<int> list;
  EXPECT_EQ(faults_of_texts({"1", "2"}, list), "ok");
  EXPECT_EQ(list, (std::vector<int>{1, 2}));
  std::optional<std::set<std::string>> set;
  EXPECT_EQ(faults_of_texts({"b", "a", "b"}, set), "ok");
  EXPECT_EQ(set->size(), 2U);
  std::array<int, 2> array{};
  EXPECT_EQ(faults_of_texts({"1", "2"}, array), "ok");
  EXPECT_EQ(array[1], 2);
}

TEST(SeveralTexts, ReportItemsAndLengths) {
  std::vector<int> list;
  EXPECT_EQ(faults_of_texts({"1", "x"}, list),
            R"([{"type":"int_parsing","loc":[1],)"
            R"("msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"}])");
  EXPECT_EQ(faults_of_texts({"1", "2"}, list, &detail::rules_of<max_length(1)>),
            R"([{"type":"too_long","loc":[],"msg":"List should have at most 1 item after validation, not 2",)"
            R"("input":["1","2"],"ctx":{"field_type":"List","max_length":1,"actual_length":2}}])");
  std::set<int> set;
  EXPECT_EQ(faults_of_texts({"1", "1"}, set, &detail::rules_of<max_length(1)>), "ok");
  EXPECT_NE(faults_of_texts({"1", "1"}, set, &detail::rules_of<min_length(2)>).find("too_short"), std::string::npos);
}

TEST(Places, StandBeforeWhatIsFoundWithin) {
  std::vector<schema::Issue> issues;
  detail::Decoder decoder(issues);
  decoder.enter("query");
  decoder.enter("limit");
  int limit = 0;
  EXPECT_FALSE(decoder.decode(detail::type_of<int>, nullptr, std::string_view("x"), &limit));
  decoder.leave();
  decoder.enter("missing");
  decoder.report_missing("null");
  decoder.leave();
  decoder.leave();
  EXPECT_EQ(schema::to_json_text(issues),
            R"({"detail":[{"type":"int_parsing","loc":["query","limit"],)"
            R"("msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"},)"
            R"({"type":"missing","loc":["query","missing"],"msg":"Field required","input":null}]})");
}

}  // namespace decoder_test
