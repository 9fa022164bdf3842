// SPDX-License-Identifier: MIT
#include <serval/schema/validated_by.hpp>

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/schema/decode_fixture.hpp"

namespace validated_by_test {

using namespace serval;
using serval::testing::faults_of;
using serval::testing::faults_of_text;
using serval::testing::faults_of_texts;
using serval::testing::words_of;

void must_be_book(std::string_view id) {
  if (!id.starts_with("isbn-")) throw std::invalid_argument("not a book");
}
std::string shout(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}
std::string trim(std::string_view text) {
  if (text == "?") throw std::invalid_argument("no question");
  const std::size_t begin = text.find_first_not_of(' ');
  return begin == std::string_view::npos ? "" : std::string(text.substr(begin, text.find_last_not_of(' ') - begin + 1));
}
int half(int value) noexcept { return value / 2; }
void must_be_even(const int& value) {
  if (value % 2 != 0) throw std::domain_error("odd");
}
void must_be_sorted(const std::vector<int>& values) {
  if (!std::is_sorted(values.begin(), values.end())) throw std::invalid_argument("not sorted");
}
void break_down(int) { throw std::runtime_error("the disk is full"); }

struct Range {
  int low;
  int high;
};
void must_not_be_empty(const Range& range) {
  if (range.low >= range.high) throw std::invalid_argument("empty range");
}
struct Query_ {
  Default<Field<std::string, validated_by<must_be_book>>> id = "none";
  std::vector<Field<int, validated_by<must_be_even>>> evens;
  std::optional<Field<Range, validated_by<must_not_be_empty>>> range;
};
class Account {
 public:
  static constexpr auto describe() {
    return schema::members(schema::member("owner", &Account::owner_, validated_by<shout>));
  }
  const std::string& owner() const { return owner_; }

 private:
  std::string owner_;
};

TEST(ValidatedBy, ReportsTheFunctionsText) {
  EXPECT_EQ((faults_of<Field<std::string, validated_by<must_be_book>>>(R"("imdb-1")")),
            R"([{"type":"value_error","loc":[],"msg":"Value error, not a book","input":"imdb-1","ctx":{"error":{}}}])");
  EXPECT_EQ((words_of<Field<std::string, validated_by<must_be_book>>>(R"("isbn-1")")), "ok");
}

TEST(ValidatedBy, TakesWhatTheFunctionGivesBack) {
  EXPECT_EQ((decode_json<Field<std::string, validated_by<shout>>>(R"("abc")")), "ABC");
  EXPECT_EQ((decode_json<Field<int, validated_by<half>>>(R"("8")")), 4);
}

TEST(ValidatedBy, CallsSeveralInTurn) {
  using Both = Field<int, validated_by<half>, validated_by<must_be_even>>;
  EXPECT_EQ(decode_json<Both>("8"), 4);
  EXPECT_EQ(words_of<Both>("6"), "value_error: Value error, odd");
}

TEST(ValidatedBy, ComesAfterTheOtherRules) {
  using Small = Field<int, lt(10), validated_by<must_be_even>>;
  EXPECT_EQ(words_of<Small>("11"), "less_than: Input should be less than 10");
  EXPECT_EQ(words_of<Small>(R"("x")"),
            "int_parsing: Input should be a valid integer, unable to parse string as an integer");
}

TEST(ValidatedBy, IsCalledForPresentValuesOnly) {
  using Maybe = Field<std::optional<int>, validated_by<must_be_even>>;
  EXPECT_EQ(words_of<Maybe>("null"), "ok");
  EXPECT_EQ(words_of<Maybe>("1"), "value_error: Value error, odd");
  EXPECT_EQ(words_of<Query_>(R"({"evens":[]})"), "ok");
}

TEST(ValidatedBy, WorksAtAnyDepth) {
  EXPECT_EQ(faults_of<Query_>(R"({"id":"x","evens":[2,3],"range":{"low":2,"high":1}})"),
            R"([{"type":"value_error","loc":["id"],"msg":"Value error, not a book","input":"x","ctx":{"error":{}}},)"
            R"({"type":"value_error","loc":["evens",1],"msg":"Value error, odd","input":3,"ctx":{"error":{}}},)"
            R"({"type":"value_error","loc":["range"],"msg":"Value error, empty range","input":{"low":2,"high":1},)"
            R"("ctx":{"error":{}}}])");
}

TEST(ValidatedBy, SeesWholeLists) {
  using Sorted = Field<std::vector<int>, validated_by<must_be_sorted>>;
  EXPECT_EQ(words_of<Sorted>("[1,2]"), "ok");
  EXPECT_EQ(words_of<Sorted>("[2,1]"), "value_error: Value error, not sorted");
  EXPECT_NE(words_of<Sorted>(R"([2,"x",1])").find("int_parsing"), std::string::npos);
  std::vector<int> out;
  EXPECT_EQ(
      faults_of_texts({"2", "1"}, out, &detail::rules_of<validated_by<must_be_sorted>>),
      R"([{"type":"value_error","loc":[],"msg":"Value error, not sorted","input":["2","1"],"ctx":{"error":{}}}])");
}

TEST(ValidatedBy, WorksOnParameters) {
  std::string out;
  EXPECT_EQ(faults_of_text("ab", out, &detail::rules_of<validated_by<shout>>), "ok");
  EXPECT_EQ(out, "AB");
  EXPECT_NE(faults_of_text("ab", out, &detail::rules_of<validated_by<must_be_book>>), "ok");
}

TEST(ValidatedBy, JoinsFieldAndParameter) {
  Field<int, validated_by<half>> out;
  EXPECT_EQ(faults_of_text("8", out, &detail::rules_of<lt(10), validated_by<half>>), "ok");
  EXPECT_EQ(out, 2);
}

TEST(ValidatedBy, CallsAllOfFieldAndParameterInThatOrder) {
  using Quarters = Field<int, validated_by<half>, validated_by<half>, validated_by<half>>;
  Quarters out;
  const detail::Rules& of_parameter =
      detail::rules_of<lt(100), validated_by<half>, validated_by<half>, validated_by<half>>;
  EXPECT_EQ(faults_of_text("64", out, &of_parameter), "ok");
  EXPECT_EQ(out, 1);
}

TEST(ValidatedBy, MarksADefaultAsSet) { EXPECT_TRUE(decode_json<Query_>(R"({"id":"isbn-1","evens":[]})").id.is_set()); }

TEST(ValidatedBy, WorksInDescriptions) { EXPECT_EQ(decode_json<Account>(R"({"owner":"ann"})").owner(), "ANN"); }

TEST(ValidatedBy, LetsOtherExceptionsPass) {
  EXPECT_THROW(static_cast<void>(decode_json<Field<int, validated_by<break_down>>>("1")), std::runtime_error);
}

TEST(PreparedBy, ComesBeforeConversion) {
  EXPECT_EQ((decode_json<Field<int, prepared_by<trim>>>(R"(" 7 ")")), 7);
  EXPECT_EQ((decode_json<Field<std::string, prepared_by<trim>, max_length(1)>>(R"("  a ")")), "a");
  bool out = false;
  EXPECT_EQ(faults_of_text("  true ", out, &detail::rules_of<prepared_by<trim>>), "ok");
  EXPECT_TRUE(out);
}

TEST(PreparedBy, LeavesOtherJsonTypesAlone) {
  EXPECT_EQ((decode_json<Field<int, prepared_by<trim>>>("7")), 7);
  EXPECT_EQ((words_of<Field<std::string, prepared_by<trim>>>("7")), "string_type: Input should be a valid string");
}

TEST(PreparedBy, ShowsWhatItMade) {
  EXPECT_EQ((faults_of<Field<std::string, prepared_by<trim>, min_length(1)>>(R"("  ")")),
            R"([{"type":"string_too_short","loc":[],"msg":"String should have at least 1 character","input":"",)"
            R"("ctx":{"min_length":1}}])");
  EXPECT_EQ((faults_of<Field<std::string, prepared_by<trim>>>(R"("?")")),
            R"([{"type":"value_error","loc":[],"msg":"Value error, no question","input":"?","ctx":{"error":{}}}])");
}

}  // namespace validated_by_test
