// SPDX-License-Identifier: MIT
#include "schema/misplaced_rule.hpp"

#include <array>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include <serval/schema/type_of.hpp>
#include <serval/types.hpp>

namespace misplaced_rule_test {

using namespace serval;

template <class T, detail::Arg... Rules>
std::string misplaced() {
  return detail::find_misplaced_rule(detail::type_of<T>, detail::rules_of<Rules...>);
}

TEST(MisplacedRule, IsNamed) {
  EXPECT_EQ((misplaced<int, gt(0)>()), "");
  EXPECT_EQ((misplaced<std::optional<std::string>, max_length(3)>()), "");
  EXPECT_EQ((misplaced<std::string, gt(0)>()), "gt, ge, lt, le and multiple_of fit numbers only");
  EXPECT_EQ((misplaced<int, max_length(3)>()), "min_length and max_length fit texts, lists, sets and maps only");
  EXPECT_EQ((misplaced<std::array<int, 2>, max_length(3)>()),
            "min_length and max_length fit texts, lists, sets and maps only");
  EXPECT_EQ((misplaced<int, pattern("a")>()), "pattern fits texts only");
  EXPECT_EQ((misplaced<int, multiple_of(0)>()), "multiple_of needs a factor above 0");
  EXPECT_EQ((misplaced<int, discriminator("kind")>()), "discriminator fits variants only");
}

TEST(MisplacedRule, IsNamedForTextsOfOtherForms) {
  EXPECT_EQ((misplaced<Decimal, gt(0), max_digits(3), decimal_places(1)>()), "");
  EXPECT_EQ((misplaced<Decimal, multiple_of(2)>()), "multiple_of does not fit Decimal");
  EXPECT_EQ((misplaced<Bytes, max_length(2)>()), "");
  EXPECT_EQ((misplaced<Email, gt(2)>()), "gt, ge, lt, le and multiple_of fit numbers only");
  EXPECT_EQ((misplaced<double, max_digits(3)>()), "max_digits and decimal_places fit Decimal only");
  EXPECT_EQ((misplaced<int, past>()), "past and future fit dates and datetimes only");
  EXPECT_EQ((misplaced<int, aware>()), "aware and naive fit datetimes only");
  EXPECT_EQ((misplaced<int, finite_number>()), "finite_number fits floating-point numbers only");
}

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

TEST(MisplacedRule, FindsBoundsThatNoNumberMeets) {
  EXPECT_EQ((misplaced<double, le(infinity), lt(infinity), ge(-infinity), gt(-infinity)>()), "");
  EXPECT_EQ((misplaced<double, ge(infinity)>()), "gt and ge need a bound that is less than infinity");
  EXPECT_EQ((misplaced<double, gt(not_a_number)>()), "gt and ge need a bound that is less than infinity");
  EXPECT_EQ((misplaced<double, lt(-infinity)>()), "lt and le need a bound that is greater than -infinity");
  EXPECT_EQ((misplaced<double, le(not_a_number)>()), "lt and le need a bound that is greater than -infinity");
  EXPECT_EQ((misplaced<double, multiple_of(infinity)>()), "multiple_of needs a finite factor");
}

TEST(MisplacedRule, FindsExamplesThatCannotBeShown) {
  EXPECT_EQ((misplaced<double, schema::example(1.5)>()), "");
  EXPECT_EQ((misplaced<double, schema::example(infinity)>()),
            "an example cannot be shown in the document: an infinity or NaN cannot be shown in JSON");
  EXPECT_EQ((misplaced<std::optional<double>, schema::example(not_a_number)>()),
            "an example cannot be shown in the document: an infinity or NaN cannot be shown in JSON");
  EXPECT_EQ((misplaced<std::vector<int>, schema::example_json("[1,")>()).substr(0, 43),
            "an example cannot be shown in the document:");
}

TEST(MisplacedRule, FindsPatternsThatAreNone) {
  EXPECT_EQ((misplaced<std::string, pattern("(a")>()).substr(0, 54),
            "the pattern '(a' is not a valid regular expression: mi");
}

struct Tagged {
  Literal<"a"> kind;
};
struct Untagged {
  int x;
};

TEST(MisplacedRule, FindsAlternativesWithoutTag) {
  EXPECT_EQ((misplaced<std::variant<Tagged, Untagged>, discriminator("kind")>()),
            "Untagged has no Literal member \"kind\" that tells it from the other alternatives");
  EXPECT_EQ((misplaced<std::optional<std::variant<Tagged>>, discriminator("kind")>()), "");
}

struct Leaf {
  Field<int, multiple_of(0)> number;
};
struct Branch {
  int count;
  std::optional<Leaf> leaf;
};
struct Tree {
  Default<Field<std::vector<Tree>, max_length(2)>> children = {};
  std::vector<std::map<std::string, Branch>> branches;
};
struct Choice {
  std::variant<int, Leaf> choice;
};
struct Elements {
  std::vector<Field<Decimal, min_length(1)>> numbers;
};
struct Cycle {
  std::vector<Cycle> next;
  Field<int, ge(0)> number;
};

TEST(MisplacedRule, IsFoundInModels) {
  EXPECT_EQ(misplaced<Leaf>(), "Leaf.number: multiple_of needs a factor above 0");
  EXPECT_EQ(misplaced<std::optional<Leaf>>(), "Leaf.number: multiple_of needs a factor above 0");
  EXPECT_EQ(misplaced<Partial<Leaf>>(), "Leaf.number: multiple_of needs a factor above 0");
  EXPECT_EQ(misplaced<Elements>(), "Elements.numbers: min_length and max_length fit texts, lists, sets and maps only");
}

TEST(MisplacedRule, IsFoundAtAnyDepth) {
  EXPECT_EQ(misplaced<Tree>(), "Leaf.number: multiple_of needs a factor above 0");
  EXPECT_EQ(misplaced<Choice>(), "Leaf.number: multiple_of needs a factor above 0");
}

TEST(MisplacedRule, IsLookedForOnceInAModelThatContainsItself) { EXPECT_EQ(misplaced<Cycle>(), ""); }

}  // namespace misplaced_rule_test
