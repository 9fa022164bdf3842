// SPDX-License-Identifier: MIT
#include <serval/schema/field.hpp>

#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include <gtest/gtest.h>

#include <serval/json/json.hpp>
#include <serval/schema/codec.hpp>

namespace field_test {

using namespace serval;

struct Item {
  std::string name;
  Field<double, gt(0)> price;
  Default<double> tax = 10.5;
  Field<std::string, max_length(9)> code;
  Default<std::vector<int>> sizes = std::vector<int>{1, 2};
  Nullable<std::string> owner;
  Field<std::optional<int>, ge(0)> stock;
  Default<Field<int, ge(1)>> count = 1;
};
struct Person {
  std::string name;
  int age = 0;
};
struct Employee {
  Extends<Person> person;
  int salary = 0;
};
struct Box {
  Field<Person, schema::description("who")> who;
};

struct Sum {
  int amount = 0;
  int value(int times) const { return amount * times; }
  int operator*(int times) const { return amount * times; }
};
struct Pointer {
  int to = 0;
};
int operator*(const Pointer& pointer) { return pointer.to; }
struct Factor {
  int amount = 0;
};
struct Sealed final {
  int amount = 0;
};
int operator*(const Factor& left, int right) { return left.amount * right; }

TEST(Field, CalculatesAsItsValue) {
  Field<double, gt(0)> price = 2.5;
  price *= 2;
  price += 1;
  EXPECT_EQ(price * 2, 12.0);
  EXPECT_EQ(-price, -6.0);
  const double copy = price;
  EXPECT_EQ(copy, 6.0);
  ++price;
  EXPECT_EQ(price.value(), 7.0);
}

TEST(Field, ComparesAsItsValue) {
  const Field<int, gt(0)> count = 3;
  EXPECT_TRUE(count == 3);
  EXPECT_TRUE(3 <= count);
  EXPECT_TRUE(count < 4.5);
  const Field<std::string, min_length(1)> name = "ann";
  EXPECT_TRUE(name == "ann");
  EXPECT_TRUE(name == std::string("ann"));
  EXPECT_TRUE(name < std::string("bob"));
}

TEST(Field, HasTheMethodsOfItsClass) {
  Field<std::string, max_length(9)> code = "ab";
  code += "cd";
  code.push_back('e');
  EXPECT_EQ(code.size(), 5U);
  EXPECT_EQ(code.substr(1, 2), "bc");
  Field<std::vector<int>, max_length(3)> sizes = std::vector<int>{1, 2};
  sizes.push_back(3);
  int sum = 0;
  for (int size : sizes) sum += size;
  EXPECT_EQ(sum, 6);
}

TEST(Field, GivesItsValueWhateverItsTypeIs) {
  Field<std::vector<int>, min_length(1)> list = {1};
  list.value().push_back(2);
  (*list).push_back(3);
  EXPECT_EQ(*list, (std::vector{1, 2, 3}));
  static_assert(std::is_same_v<decltype(list.value()), std::vector<int>&>);
  const Default<std::string> text = "text";
  static_assert(std::is_same_v<decltype(*text), const std::string&>);
  EXPECT_EQ(text.value() + *text, "texttext");
  const Field<Factor> factor = Factor{2};
  EXPECT_EQ((*factor).amount + factor * 3, 8);
  static_assert(sizeof(list) == sizeof(std::vector<int>));
}

template <class T>
concept HasArrow = requires(T& value) {
  value.operator->();
};

TEST(Field, ReachesMembersOfItsValueByAnArrow) {
  Field<std::string, min_length(1)> text = "text";
  text->push_back('s');
  EXPECT_EQ(text->size(), 5U);
  static_assert(std::is_same_v<decltype(text.operator->()), std::string*>);
  const Default<Factor> factor = Factor{2};
  EXPECT_EQ(factor->amount, 2);
  static_assert(std::is_same_v<decltype(factor.operator->()), const Factor*>);
  const Field<Sealed> sealed = Sealed{3};
  EXPECT_EQ(sealed->amount, 3);
  const Field<Sum> sum = Sum{4};
  EXPECT_EQ(sum->amount, 4);
  const Field<json> object = json{{"a", 1}};
  EXPECT_EQ(object->at("a"), 1);
  const Default<Field<std::string>> nested = "text";
  EXPECT_EQ(nested->size(), 4U);
  static_assert(sizeof(text) == sizeof(std::string));
}

TEST(Field, LeavesItsClassItsOwnArrow) {
  Field<std::optional<Factor>> maybe = Factor{2};
  EXPECT_EQ(maybe->amount, 2);
  Default<std::optional<std::string>> text = "text";
  EXPECT_EQ(text->size(), 4U);
  EXPECT_EQ(Nullable<std::string>("text")->size(), 4U);
  static_assert(!HasArrow<Field<Pointer>>, "its * does not give the value");
  static_assert(!HasArrow<Field<int>> && !HasArrow<Default<Field<int>>> && HasArrow<Field<Factor>>);
}

TEST(Field, LeavesItsClassWhatHasTheNameOfValueOrStar) {
  const Field<std::optional<int>> number = 3;
  EXPECT_EQ(*number + number.value(), 6);
  const Field<Sum> sum = Sum{2};
  EXPECT_EQ(sum.value(2) + sum * 3, 10);
  const Field<Pointer> pointer = Pointer{4};
  EXPECT_EQ(*pointer, 4);
  EXPECT_EQ(pointer.value().to, 4);
  const Field<json> object = json{{"a", 1}};
  EXPECT_EQ(object.value("a", 0), 1);
  EXPECT_EQ((*object)["a"], 1);
  const Default<Field<std::string>> nested = "text";
  static_assert(std::is_same_v<decltype(*nested), const std::string&>);
}

TEST(Field, IsTakenWhereItsValueIs) {
  const auto by_reference = [](const std::string& text) { return text + "!"; };
  const auto by_value = [](double number) { return number / 2; };
  EXPECT_EQ(by_reference(Field<std::string>("a")), "a!");
  EXPECT_EQ(by_value(Field<double, gt(0)>(3)), 1.5);
}

TEST(Field, IsAssignedFromValuesAndFields) {
  Field<int, gt(0)> first = 1;
  const Field<int, gt(0)> second = 2;
  first = second;
  EXPECT_EQ(first, 2);
  first = 5;
  EXPECT_EQ(first, 5);
  Field<std::string> text;
  text = "literal";
  text = std::string("moved");
  EXPECT_EQ(text, "moved");
}

TEST(Field, BehavesAsAPlainStructToo) {
  const Box box{.who = Person{"ann", 3}};
  EXPECT_EQ(box.who.name, "ann");
}

TEST(Field, GoesIntoJsonOfHandlers) {
  const Field<double, gt(0)> price = 2.5;
  const Field<std::string> name = "ann";
  const Default<int> count = 3;
  const json value{{"price", price}, {"name", name}, {"count", count}};
  EXPECT_EQ(schema::to_text(value), R"({"price":2.5,"name":"ann","count":3})");
}

TEST(Field, StandsInAggregatesWithDesignatedInitialisers) {
  const Item item{.name = "pen", .price = 1.5, .tax = 2, .code = "x", .owner = std::nullopt, .stock = 4};
  EXPECT_EQ(encode_json(item), R"({"name":"pen","price":1.5,"tax":2.0,"code":"x","sizes":[1,2],"owner":null,)"
                               R"("stock":4,"count":1})");
}

TEST(Field, CopiesAndMovesWithItsAggregate) {
  Item item{.name = "pen", .price = 1.5, .code = "x", .owner = "o", .stock = 1};
  Item copy = item;
  copy.price = 9;
  item = std::move(copy);
  EXPECT_EQ(item.price, 9.0);
}

TEST(Default, KeepsItsInitialiser) {
  const auto item = decode_json<Item>(R"({"name":"a","price":1,"code":"c","owner":"o"})");
  EXPECT_EQ(item.tax, 10.5);
  EXPECT_EQ(item.sizes.size(), 2U);
  EXPECT_FALSE(item.tax.is_set());
}

TEST(Default, KnowsWhetherItWasGivenOrAssigned) {
  auto item = decode_json<Item>(R"({"name":"a","price":1,"code":"c","owner":"o","tax":10.5})");
  EXPECT_TRUE(item.tax.is_set());
  EXPECT_FALSE(item.count.is_set());
  item.count = 4;
  EXPECT_TRUE(item.count.is_set());
  EXPECT_EQ(item.count, 4);
}

TEST(Default, RefusesNull) {
  EXPECT_THROW(static_cast<void>(decode_json<Item>(R"({"name":"a","price":1,"code":"c","owner":"o","tax":null})")),
               DecodeError);
}

TEST(Nullable, IsAnOptional) {
  Nullable<std::string> owner;
  EXPECT_FALSE(owner.has_value());
  owner = "ann";
  EXPECT_EQ(*owner, "ann");
  EXPECT_EQ(owner->size(), 3U);
  owner = std::nullopt;
  EXPECT_FALSE(owner);
}

TEST(Nullable, MayBeNullButMustBeGiven) {
  EXPECT_FALSE(decode_json<Item>(R"({"name":"a","price":1,"code":"c","owner":null})").owner.has_value());
  try {
    static_cast<void>(decode_json<Item>(R"({"name":"a","price":1,"code":"c"})"));
    FAIL();
  } catch (const DecodeError& error) {
    ASSERT_EQ(error.issues().size(), 1U);
    EXPECT_EQ(error.issues()[0].type, "missing");
    EXPECT_EQ(std::get<std::string>(error.issues()[0].loc[0]), "owner");
  }
}

TEST(Extends, GivesItsMembersToTheModel) {
  Employee employee{.person = Person{"ann", 30}, .salary = 5};
  EXPECT_EQ(employee.person.name, "ann");
  EXPECT_EQ(encode_json(employee), R"({"name":"ann","age":30,"salary":5})");
  employee.person = Person{"bob", 31};
  EXPECT_EQ(employee.person.age, 31);
}

}  // namespace field_test
