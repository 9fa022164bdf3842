// SPDX-License-Identifier: MIT
// Braces that construct or assign a holder may contain whatever may construct the value that it holds.
#include <serval/schema/field.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <serval/params/parameter.hpp>
#include <serval/schema/codec.hpp>

namespace field_braces_test {

using namespace serval;
using Texts = std::vector<std::string>;

struct Point {
  int x = 0;
  int y = 0;
  friend bool operator==(const Point&, const Point&) = default;
};
struct Item {
  std::string name;
  Field<double, gt(0)> price;
  Default<Texts> tags = {"a", "b"};
  Default<std::map<std::string, int>> stock = {{"here", 1}, {"there", 2}};
  Field<Point> place{{1, 2}};
  Nullable<Point> other = std::nullopt;
};
struct Node {
  Default<std::vector<Node>> children = {};
  Field<std::vector<Node>, max_length(3)> others;
};

TEST(Braces, MakeAModelWithLists) {
  const Item chair{"Chair", 49.9, {"wood"}};
  EXPECT_EQ(chair.tags, Texts{"wood"});
  EXPECT_EQ(chair.stock.at("there"), 2);
  EXPECT_EQ(encode_json(chair), R"({"name":"Chair","price":49.9,"tags":["wood"],"stock":{"here":1,"there":2},)"
                                R"("place":{"x":1,"y":2},"other":null})");
  EXPECT_EQ((Item{"Desk", 1.5, {}, {}, {{3, 4}}, {{5, 6}}}.place.y), 4);
}

TEST(Braces, InitialiseAMember) {
  EXPECT_EQ(decode_json<Item>(R"({"name":"x","price":1,"place":{"x":1,"y":1},"other":null})").tags, (Texts{"a", "b"}));
}

TEST(Braces, OfAClassMakeItsValue) {
  const Field<Point> field{{1, 2}};
  const Default<Point> optional = {{1, 2}};
  const Nullable<Point> nullable{{1, 2}};
  const Query<Point> parameter{{1, 2}};
  EXPECT_EQ(field, (Point{1, 2}));
  EXPECT_EQ(optional, (Point{1, 2}));
  EXPECT_EQ(nullable, (Point{1, 2}));
  EXPECT_EQ(parameter, (Point{1, 2}));
}

TEST(Braces, OfContainersMakeTheirElements) {
  const Field<std::set<int>> numbers{3, 1, 3};
  const Default<std::map<std::string, Point>> points = {{"a", {1, 2}}};
  const Query<Texts, "tag"> tags = {"a", "b", "c"};
  EXPECT_EQ(numbers.size(), 2U);
  EXPECT_EQ(points.at("a").y, 2);
  EXPECT_EQ(tags.size(), 3U);
}

TEST(Braces, WithNothingInThemMakeTheDefault) {
  const Default<Texts> list = {};
  const Field<Point> point = {};
  const Default<int> number = {};
  const Field<Point> inner{{}};
  const Nullable<int> nothing = {};
  EXPECT_TRUE(list.empty());
  EXPECT_EQ(point, Point());
  EXPECT_EQ(number, 0);
  EXPECT_EQ(inner, Point());
  EXPECT_FALSE(nothing.has_value());
}

TEST(Braces, AreAssignedAsTheValue) {
  Default<Texts> tags;
  EXPECT_FALSE(tags.is_set());
  tags = {"a", "b"};
  EXPECT_EQ(tags, (Texts{"a", "b"}));
  EXPECT_TRUE(tags.is_set());
  Default<Point> point;
  point = {3, 4};
  EXPECT_EQ(point, (Point{3, 4}));
  EXPECT_TRUE(point.is_set());
  Field<Texts, min_length(1)> field;
  field = {"x"};
  EXPECT_EQ(field.size(), 1U);
  Query<Texts, "q"> query;
  query = {"x", "y"};
  EXPECT_EQ(query.size(), 2U);
}

TEST(Braces, LeaveCopiesCopies) {
  const Default<Texts> from = {"a"};
  const Default<Texts> copy{from};
  const Default<Texts> other = from;
  const Field<Texts> field{Texts{"b"}};
  Field<Texts> moved{Field<Texts>{"c", "d"}};
  EXPECT_EQ(copy, from);
  EXPECT_EQ(other, from);
  EXPECT_EQ(field, Texts{"b"});
  EXPECT_EQ(moved.size(), 2U);
  moved = field;
  EXPECT_EQ(moved, Texts{"b"});
}

TEST(Braces, OfTextsAndNumbersHoldOneValue) {
  const Default<std::string> text = {"abc"};
  const Field<std::string> other{"abc"};
  const Default<int> number{5};
  const Field<std::optional<int>, ge(0)> maybe{7};
  const Default<json> value = json{{"a", 1}};
  EXPECT_EQ(text, "abc");
  EXPECT_EQ(other, "abc");
  EXPECT_EQ(number, 5);
  EXPECT_EQ(maybe, 7);
  EXPECT_EQ(encode_json(value), R"({"a":1})");
}

TEST(Braces, MakeAModelThatContainsItself) {
  const Node tree{{Node{}, Node{{Node{}}, {}}}, {}};
  EXPECT_EQ(tree.children.size(), 2U);
  EXPECT_EQ(tree.children[1].children.size(), 1U);
}

}  // namespace field_braces_test
