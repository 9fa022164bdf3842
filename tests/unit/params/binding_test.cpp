// SPDX-License-Identifier: MIT
// Registration of a route reports what is wrong with its handler, and says what to change.
#include <serval/params/binding.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <serval/serval.hpp>
#include <serval/types.hpp>

#include "tests/unit/support/setup_error.hpp"

namespace serval::binding_test {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;

enum class Color { red, green };

struct Item {
  std::string name;
};
struct Filter {
  int limit;
  std::vector<std::string> tags;
};
struct BadFilter {
  int limit;
  Item item;
};
struct Line {
  Field<std::string, pattern("(")> code;
};
struct Order {
  std::vector<Line> lines;
};
struct Viewing {
  std::string_view text;
};
struct ListOfViewing {
  std::vector<Viewing> items;
};

/// Returns the text of the error that registering the handler throws.
template <class F>
std::string error_of(std::string_view path, F handler) {
  App app;
  return serval::error_of([&] { app.post(path)(handler); });
}

TEST(Binding, NamesRouteAndPlaceOfAnError) {
  App app;
  const int line = __LINE__ + 2;
  try {
    app.get("/a/{b}")([] { return 1; });
    FAIL();
  } catch (const SetupError& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr("binding_test.cpp:" + std::to_string(line)), HasSubstr("GET /a/{b}: ")));
    EXPECT_EQ(error.where().line(), static_cast<std::uint_least32_t>(line));
  }
}

TEST(Binding, RefusesAPathParameterThatThePathLacks) {
  EXPECT_THAT(error_of("/items", [](Path<int, "id">) {}),
              EndsWith("the handler takes Path \"id\", but the path has no {id}; rename one of them"));
}

TEST(Binding, ListsTheNamesOfThePathWhereOneIsMisspelt) {
  EXPECT_THAT(error_of("/users/{user}/items/{item_id}", [](Path<int, "user">, Path<int, "id">) {}),
              EndsWith("but the path has no {id}; rename one of them (the path has {user}, {item_id})"));
}

TEST(Binding, RefusesAPathParameterThatNobodyTakes) {
  EXPECT_THAT(error_of("/items/{id}", [](Query<int, "id">) {}),
              EndsWith("the path has {id}, but the handler does not take it; add an argument Path<T, \"id\"> or remove "
                       "it from the path"));
}

TEST(Binding, LetsAHandlerOfTheWholeRequestReadThePathItself) {
  EXPECT_EQ(error_of("/items/{id}", [](Request&) {}), "no error");
  EXPECT_EQ(error_of("/items/{id}", [](const Request&) {}), "no error");
}

TEST(Binding, DoesNotTakeTheResponseForTheRequest) {
  EXPECT_THAT(error_of("/items/{id}", [](Response&) {}), HasSubstr("the path has {id}"));
}

TEST(Binding, RefusesAParameterWithoutAName) {
  EXPECT_THAT(error_of("/", [](Query<int>) {}),
              EndsWith("Query has no name; write it as the second template argument"));
  EXPECT_THAT(error_of("/", [](Header<std::vector<int>>) {}), HasSubstr("Header has no name"));
}

TEST(Binding, RefusesTwoWholeBodies) {
  EXPECT_THAT(error_of("/", [](Item, Body<Filter>) {}),
              EndsWith("the handler takes several bodies; give each a name, so that they become members of one JSON "
                       "object: Body<Item, \"item\">"));
}

TEST(Binding, RefusesAWholeBodyBesideANamedOne) {
  EXPECT_THAT(error_of("/", [](Item, Body<int, "count">) {}), HasSubstr("takes several bodies"));
}

TEST(Binding, TakesSeveralNamedBodies) {
  EXPECT_EQ(error_of("/", [](Body<Item, "item">, Body<int, "count">) {}), "no error");
}

TEST(Binding, RefusesAParameterThatIsTakenTwice) {
  EXPECT_THAT(error_of("/", [](Query<int, "q">, Query<std::string, "q">) {}),
              EndsWith("the handler takes Query \"q\" twice; use one of them"));
  EXPECT_THAT(error_of("/", [](Header<int, "x_a">, Header<int, "X-A">) {}), HasSubstr("\"X-A\" twice"));
}

TEST(Binding, TakesOneNameFromTwoSources) {
  EXPECT_EQ(error_of("/", [](Query<int, "q">, Header<int, "q">, Cookie<int, "q">) {}), "no error");
}

TEST(Binding, RefusesATypeThatNoTextCanBeReadInto) {
  EXPECT_THAT(
      error_of("/", [](Query<Item, "item">) {}),
      EndsWith("Query \"item\" has a type that no text can be read into; use a single value, a list of them, or "
               "a struct without a name"));
  EXPECT_THAT(error_of("/", [](Query<std::map<std::string, int>, "m">) {}), HasSubstr("no text can be read into"));
}

TEST(Binding, RefusesAListInThePath) {
  EXPECT_THAT(error_of("/{id}", [](Path<std::vector<int>, "id">) {}),
              EndsWith("Path \"id\" has a type that no text can be read into; use a single value"));
}

TEST(Binding, RefusesAWholeStructFromThePath) {
  EXPECT_THAT(error_of("/{limit}", [](Path<Filter>) {}), HasSubstr("a struct cannot be read from the path"));
}

TEST(Binding, RefusesAStructOfParametersWithAMemberOfNoText) {
  EXPECT_THAT(
      error_of("/", [](Query<BadFilter>) {}),
      EndsWith("the member \"item\" of BadFilter cannot be read from text; use a single value or a list of them"));
}

TEST(Binding, RefusesAnOptionalStructOfParameters) {
  EXPECT_THAT(error_of("/", [](Query<std::optional<Filter>>) {}),
              HasSubstr("of a struct cannot be optional; make its members optional"));
}

TEST(Binding, RefusesAViewInABody) {
  EXPECT_THAT(error_of("/", [](Viewing) {}),
              EndsWith("Body has a std::string_view in it, which could dangle; make it a std::string"));
  EXPECT_THAT(error_of("/", [](ListOfViewing) {}), HasSubstr("has a std::string_view in it"));
}

TEST(Binding, RefusesRulesOfNestedModelsThatDoNotFit) {
  EXPECT_THAT(error_of("/", [](Order) {}), HasSubstr("Line.code: the pattern '(' is not a valid regular expression"));
  EXPECT_THAT(error_of("/", [](Body<std::optional<Order>, "order">) {}), HasSubstr("Body \"order\": Line.code: "));
}

TEST(Binding, RefusesARuleThatDoesNotFitTheType) {
  EXPECT_THAT(error_of("/", [](Query<int, "n", multiple_of(0)>) {}), HasSubstr("Query \"n\": "));
  EXPECT_THAT(error_of("/", [](Query<Email, "e", max_length(3)>) {}), HasSubstr("Query \"e\": "));
  EXPECT_THAT(error_of("/", [](Query<std::string, "s", pattern("(")>) {}), HasSubstr("Query \"s\": "));
}

TEST(Binding, RefusesADefaultOfAPathParameter) {
  EXPECT_THAT(error_of("/{id}", [](Path<int, "id", default_to(1)>) {}),
              EndsWith("Path \"id\" has a default, but a path parameter is always there"));
}

TEST(Binding, RefusesADefaultThatDoesNotFitTheType) {
  EXPECT_THAT(error_of("/", [](Query<int, "n", default_to("many")>) {}),
              HasSubstr("Query \"n\": its default \"many\" does not fit its type: Input should be a valid integer"));
  EXPECT_THAT(error_of("/", [](Query<std::string, "s", default_to(1)>) {}), HasSubstr("its default 1 does not fit"));
  EXPECT_THAT(error_of("/", [](Query<std::vector<int>, "l", default_json("[1,\"x\"]")>) {}),
              HasSubstr("its default [1,\"x\"] does not fit"));
}

TEST(Binding, RefusesADefaultThatIsNoJson) {
  EXPECT_THAT(error_of("/", [](Query<std::vector<int>, "l", default_json("[1,")>) {}),
              EndsWith("its default_json is not valid JSON: [1,"));
}

TEST(Binding, RefusesAnEnumeratorAsDefaultOfAnotherType) {
  EXPECT_THAT(error_of("/", [](Query<int, "n", default_to(Color::red)>) {}),
              EndsWith("its default is an enumerator, its type is not an enumeration"));
}

TEST(Binding, RefusesAnEnumeratorWithoutANameAsDefault) {
  EXPECT_THAT(error_of("/", [](Query<Color, "c", default_to(static_cast<Color>(7))>) {}),
              AllOf(HasSubstr("Query \"c\": the value 7 of the enumeration "), HasSubstr("has no name")));
}

TEST(Binding, TakesDefaultsThatFit) {
  EXPECT_EQ(
      error_of("/", [](Query<int, "a", default_to(1)>, Query<double, "b", default_to(1.5)>,
                       Query<bool, "c", default_to(true)>, Query<std::string, "d", default_to("x")>,
                       Query<Color, "e", default_to(Color::green)>, Query<std::set<int>, "f", default_json("[1,2]")>,
                       Query<std::optional<Color>, "g", default_to(Color::red)>) {}),
      "no error");
}

}  // namespace serval::binding_test
