// SPDX-License-Identifier: MIT
#include "schema/json_schema.hpp"

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include <serval/schema/json_schema.hpp>

namespace shop {
enum class Color { red, green };
struct Item {
  static constexpr serval::ModelConfig model_config{.extra = serval::schema::Extra::forbid,
                                                    .description = "What is sold"};
  std::string name;
  std::optional<std::string> note;
  serval::Field<double, serval::gt(0), serval::schema::description("net"), serval::schema::example(9.5),
                serval::schema::deprecated>
      price;
  serval::Default<double> tax = 10.5;
  serval::Default<Color> color = Color::green;
  serval::Default<std::vector<std::string>> tags;
  std::optional<int> stock = 5;
  serval::Nullable<int> camelCase;
  serval::Field<int, serval::schema::hidden> secret;
};
template <class T>
struct Page {
  std::vector<T> items;
};
struct Node {
  int value;
  std::vector<Node> children;
};
struct Ping;
struct Pong {
  std::vector<Ping> pings;
};
struct Ping {
  std::optional<Pong> pong;
};
struct Cat {
  serval::Literal<"cat", "lion"> kind;
};
struct Dog {
  serval::Literal<"dog"> kind;
};
struct Members {
  Item item;
  std::optional<Item> maybe_item;
  serval::Field<Color, serval::schema::description("which")> color;
  serval::Field<std::optional<int>, serval::ge(1), serval::schema::title("Given"), serval::schema::example(3)> bounded;
  serval::Field<int, serval::alias("x2y_z")> aliased;
  std::optional<std::variant<int, std::string>> either;
  serval::Field<std::variant<Cat, Dog>, serval::discriminator("kind")> pet;
};
struct Empty {};
struct Money {
  int cents = 0;
};
struct Price {
  int cents = 0;
};
}  // namespace shop
namespace other {
struct Item {
  int x;
};
}  // namespace other

template <>
struct serval::Convert<shop::Money> {
  static shop::Money from_wire(const int& cents) { return {cents}; }
  static int to_wire(const shop::Money& money) { return money.cents; }
};
template <>
struct serval::Convert<shop::Price> {
  static shop::Price from_wire(const std::string&) { return {}; }
  static std::string to_wire(const shop::Price&) { return {}; }
  static constexpr std::string_view schema = R"({"type":"string","format":"price"})";
};

namespace json_schema_test {

using namespace serval;

/// Returns the schema of a type that needs no components.
template <class T>
json plain() {
  detail::SchemaBuilder builder;
  return builder.reference_or_inline(detail::type_of<T>);
}

/// Returns the properties of a model.
template <class T>
json properties() {
  detail::SchemaBuilder builder;
  json reference = builder.reference_or_inline(detail::type_of<T>);
  const std::string name = reference["$ref"].get<std::string>().substr(21);
  return builder.finish(reference)[name]["properties"];
}

// nlohmann::json ignores the order of members.
#define EXPECT_JSON(actual, expected) EXPECT_EQ(nlohmann::json(actual), nlohmann::json::parse(expected))

TEST(TitleOf, CapitalisesEveryRunOfLetters) {
  EXPECT_EQ(detail::title_of("item_id"), "Item Id");
  EXPECT_EQ(detail::title_of("x-token"), "X-Token");
  EXPECT_EQ(detail::title_of("itemQuery"), "Itemquery");
  EXPECT_EQ(detail::title_of("x2y_z"), "X2Y Z");
  EXPECT_EQ(detail::title_of("read_items_items__get"), "Read Items Items  Get");
  EXPECT_EQ(detail::title_of(""), "");
}

TEST(ComponentName, KeepsOnlyWhatReferencesMayHold) {
  EXPECT_EQ(detail::component_name("Page<Item>"), "Page_Item_");
  EXPECT_EQ(detail::component_name("a-b.c_1"), "a-b.c_1");
}

TEST(ScalarSchema, SaysTypeAndFormat) {
  EXPECT_JSON(plain<int>(), R"({"type":"integer"})");
  EXPECT_JSON(plain<unsigned char>(), R"({"type":"integer"})");
  EXPECT_JSON(plain<float>(), R"({"type":"number"})");
  EXPECT_JSON(plain<bool>(), R"({"type":"boolean"})");
  EXPECT_JSON(plain<std::string>(), R"({"type":"string"})");
  EXPECT_JSON(plain<DateTime>(), R"({"type":"string","format":"date-time"})");
  EXPECT_JSON(plain<std::chrono::sys_seconds>(), R"({"type":"string","format":"date-time"})");
  EXPECT_JSON(plain<std::chrono::year_month_day>(), R"({"type":"string","format":"date"})");
  EXPECT_JSON(plain<TimeOfDay>(), R"({"type":"string","format":"time"})");
  EXPECT_JSON(plain<std::chrono::seconds>(), R"({"type":"string","format":"duration"})");
  EXPECT_JSON(plain<Uuid>(), R"({"type":"string","format":"uuid"})");
  EXPECT_JSON(plain<json>(), "{}");
}

TEST(ScalarSchema, SaysConstraints) {
  EXPECT_JSON((plain<Field<int, gt(1), ge(2), lt(9), le(8), multiple_of(2)>>()),
              R"({"type":"integer","exclusiveMinimum":1,"minimum":2,"exclusiveMaximum":9,"maximum":8,"multipleOf":2})");
  EXPECT_JSON((plain<Field<std::string, min_length(1), max_length(5), pattern("^a")>>()),
              R"({"type":"string","minLength":1,"maxLength":5,"pattern":"^a"})");
}

TEST(LiteralSchema, IsConstOrEnum) {
  EXPECT_JSON(plain<Literal<"a">>(), R"({"type":"string","const":"a"})");
  EXPECT_JSON((plain<Literal<"a", "b">>()), R"({"type":"string","enum":["a","b"]})");
  EXPECT_JSON((plain<Literal<1, 2>>()), R"({"type":"integer","enum":[1,2]})");
  EXPECT_JSON((plain<Literal<1, "b">>()), R"({"enum":[1,"b"]})");
}

TEST(ContainerSchema, SaysItemsAndBounds) {
  EXPECT_JSON((plain<Field<std::vector<int>, min_length(1), max_length(3)>>()),
              R"({"type":"array","items":{"type":"integer"},"minItems":1,"maxItems":3})");
  EXPECT_JSON(plain<std::set<std::string>>(), R"({"type":"array","items":{"type":"string"},"uniqueItems":true})");
  EXPECT_JSON((plain<std::array<int, 2>>()),
              R"({"type":"array","items":{"type":"integer"},"minItems":2,"maxItems":2})");
  EXPECT_JSON((plain<std::tuple<int, std::string>>()),
              R"({"type":"array","prefixItems":[{"type":"integer"},{"type":"string"}],"minItems":2,"maxItems":2})");
  EXPECT_JSON(plain<std::vector<json>>(), R"({"type":"array","items":{}})");
}

TEST(ContainerSchema, OfNoItemsSaysSo) {
  EXPECT_JSON((plain<std::array<int, 0>>()),
              R"({"type":"array","items":{"type":"integer"},"minItems":0,"maxItems":0})");
  EXPECT_JSON(plain<std::tuple<>>(), R"({"type":"array","minItems":0,"maxItems":0})");
}

struct Subscription {
  serval::Default<std::chrono::sys_seconds> until = std::chrono::sys_seconds::max();
};

TEST(ModelSchema, LeavesOutADefaultThatNoTextCanSay) {
  EXPECT_JSON(properties<Subscription>(), R"({"until":{"type":"string","format":"date-time","title":"Until"}})");
}

TEST(MapSchema, SaysValuesAndWhatIsKnownOfKeys) {
  EXPECT_JSON((plain<std::map<std::string, int>>()), R"({"type":"object","additionalProperties":{"type":"integer"}})");
  EXPECT_JSON((plain<std::map<int, json>>()), R"({"type":"object","additionalProperties":true})");
  EXPECT_JSON((plain<Field<std::map<Uuid, int>, min_length(1)>>()),
              R"({"type":"object","additionalProperties":{"type":"integer"},"propertyNames":{"format":"uuid"},)"
              R"("minProperties":1})");
}

TEST(UnionSchema, ListsAlternatives) {
  EXPECT_JSON(plain<std::optional<int>>(), R"({"anyOf":[{"type":"integer"},{"type":"null"}]})");
  EXPECT_JSON((plain<std::variant<int, std::string>>()), R"({"anyOf":[{"type":"integer"},{"type":"string"}]})");
  EXPECT_JSON((plain<std::optional<std::variant<int, std::string>>>()),
              R"({"anyOf":[{"type":"integer"},{"type":"string"},{"type":"null"}]})");
}

TEST(ConvertedSchema, IsThatOfTheWireUnlessGiven) {
  EXPECT_JSON(plain<shop::Money>(), R"({"type":"integer"})");
  EXPECT_JSON((plain<Field<shop::Money, gt(0)>>()), R"({"type":"integer","exclusiveMinimum":0})");
  EXPECT_JSON((plain<Field<shop::Price, max_length(9)>>()), R"({"type":"string","format":"price","maxLength":9})");
}

TEST(ModelSchema, SaysEverythingOfAModel) {
  EXPECT_JSON(schema_of<shop::Item>(), R"({
    "type": "object", "title": "Item", "description": "What is sold", "additionalProperties": false,
    "required": ["name", "price", "camelCase"],
    "properties": {
      "name": {"type": "string", "title": "Name"},
      "note": {"anyOf": [{"type": "string"}, {"type": "null"}], "title": "Note"},
      "price": {"type": "number", "exclusiveMinimum": 0, "title": "Price", "description": "net", "examples": [9.5],
                "deprecated": true},
      "tax": {"type": "number", "title": "Tax", "default": 10.5},
      "color": {"$ref": "#/$defs/Color", "default": "green"},
      "tags": {"type": "array", "items": {"type": "string"}, "title": "Tags", "default": []},
      "stock": {"anyOf": [{"type": "integer"}, {"type": "null"}], "title": "Stock", "default": 5},
      "camelCase": {"anyOf": [{"type": "integer"}, {"type": "null"}], "title": "Camelcase"}},
    "$defs": {"Color": {"type": "string", "enum": ["red", "green"], "title": "Color"}}})");
}

TEST(ModelSchema, OfNoMembersRequiresNothing) {
  EXPECT_JSON(schema_of<shop::Empty>(), R"({"properties":{},"type":"object","title":"Empty"})");
}

TEST(MemberSchema, HasNoTitleWhereTheTypeHasOne) {
  const json members = properties<shop::Members>();
  EXPECT_JSON(members["item"], R"({"$ref":"#/components/schemas/Item"})");
  EXPECT_JSON(members["maybe_item"], R"({"anyOf":[{"$ref":"#/components/schemas/Item"},{"type":"null"}]})");
  EXPECT_JSON(members["color"], R"({"$ref":"#/components/schemas/Color","description":"which"})");
}

TEST(MemberSchema, PutsConstraintsOfAnOptionalWithin) {
  EXPECT_JSON(properties<shop::Members>()["bounded"],
              R"({"anyOf":[{"type":"integer","minimum":1},{"type":"null"}],"title":"Given","examples":[3]})");
}

TEST(MemberSchema, TakesItsTitleFromTheAlias) {
  EXPECT_JSON(properties<shop::Members>()["x2y_z"], R"({"type":"integer","title":"X2Y Z"})");
}

TEST(MemberSchema, MapsTagsToReferences) {
  EXPECT_JSON(properties<shop::Members>()["pet"], R"({
    "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}], "title": "Pet",
    "discriminator": {"propertyName": "kind", "mapping": {"cat": "#/components/schemas/Cat",
      "lion": "#/components/schemas/Cat", "dog": "#/components/schemas/Dog"}}})");
}

TEST(PartialSchema, RequiresNothing) {
  EXPECT_JSON(schema_of<Partial<shop::Node>>(), R"({
    "type": "object", "title": "Partial[Node]",
    "properties": {"value": {"type": "integer", "title": "Value"},
                   "children": {"type": "array", "items": {"$ref": "#/$defs/Node"}, "title": "Children"}},
    "$defs": {"Node": {"type": "object", "title": "Node", "required": ["value", "children"],
      "properties": {"value": {"type": "integer", "title": "Value"},
                     "children": {"type": "array", "items": {"$ref": "#/$defs/Node"}, "title": "Children"}}}}})");
}

TEST(Recursion, Ends) {
  const json node = schema_of<shop::Node>();
  EXPECT_EQ(node["$ref"], "#/$defs/Node");
  EXPECT_TRUE(node["$defs"].contains("Node"));
  const json pong = schema_of<shop::Pong>();
  EXPECT_EQ(pong["$defs"].size(), 2U);
}

TEST(Components, AreSortedAndNamedOnce) {
  detail::SchemaBuilder builder;
  json document = json::array();
  document.push_back(builder.reference_or_inline(detail::type_of<shop::Page<shop::Node>>));
  document.push_back(builder.reference_or_inline(detail::type_of<Field<shop::Node, schema::description("d")>>));
  document.push_back(builder.reference_or_inline(detail::type_of<shop::Cat>));
  EXPECT_JSON(document, R"([{"$ref":"#/components/schemas/Page_Node_"},
                            {"$ref":"#/components/schemas/Node","description":"d"},
                            {"$ref":"#/components/schemas/Cat"}])");
  const json all = builder.finish(document);
  std::vector<std::string> names;
  for (const auto& [name, schema] : all.items()) names.push_back(name);
  EXPECT_EQ(names, (std::vector<std::string>{"Cat", "Node", "Page_Node_"}));
  EXPECT_EQ(all["Page_Node_"]["title"], "Page[Node]");
}

TEST(Components, OfOneNameGetLongerOnes) {
  detail::SchemaBuilder builder;
  json document{{"mine", builder.reference_or_inline(detail::type_of<shop::Page<shop::Item>>)}};
  document["first"] = builder.reference_or_inline(detail::type_of<shop::Item>);
  document["second"] = builder.reference_or_inline(detail::type_of<other::Item>);
  const json all = builder.finish(document);
  EXPECT_EQ(document["first"]["$ref"], "#/components/schemas/shop__Item");
  EXPECT_EQ(document["second"]["$ref"], "#/components/schemas/other__Item");
  EXPECT_FALSE(all.contains("Item"));
  EXPECT_EQ(all["other__Item"]["title"], "Item");
  EXPECT_EQ(all["Page_Item_"]["properties"]["items"]["items"]["$ref"], "#/components/schemas/shop__Item");
}

TEST(Components, MayBeOthersThanTypes) {
  detail::SchemaBuilder builder;
  json document = builder.add_component("Body_create_item", {{"type", "object"}});
  EXPECT_EQ(document["$ref"], "#/components/schemas/Body_create_item");
  EXPECT_JSON(builder.finish(document), R"({"Body_create_item":{"type":"object"}})");
}

TEST(Parameters, HaveTitlesUnlessBareReferences) {
  detail::SchemaBuilder builder;
  const auto titled = [&]<class T>(std::type_identity<T>, const detail::Rules& rules) {
    return builder.titled(detail::type_of<T>, &rules, "item_id");
  };
  EXPECT_JSON(titled(std::type_identity<int>{}, detail::rules_of<ge(1), default_to(5), schema::description("d")>),
              R"({"type":"integer","minimum":1,"title":"Item Id","description":"d","default":5})");
  EXPECT_JSON(
      titled(std::type_identity<std::optional<std::string>>{}, detail::rules_of<max_length(5), schema::title("T")>),
      R"({"anyOf":[{"type":"string","maxLength":5},{"type":"null"}],"title":"T"})");
  EXPECT_JSON(titled(std::type_identity<shop::Color>{}, detail::rules_of<default_to(shop::Color::green)>),
              R"({"$ref":"#/components/schemas/Color","default":"green"})");
  EXPECT_JSON(titled(std::type_identity<std::optional<shop::Cat>>{}, detail::rules_of<"x">),
              R"({"anyOf":[{"$ref":"#/components/schemas/Cat"},{"type":"null"}],"title":"Item Id"})");
  EXPECT_JSON(titled(std::type_identity<std::vector<std::string>>{}, detail::rules_of<default_json(R"(["a"])")>),
              R"({"type":"array","items":{"type":"string"},"title":"Item Id","default":["a"]})");
}

TEST(Parameters, JoinTheirRulesWithThoseOfTheField) {
  detail::SchemaBuilder builder;
  EXPECT_JSON(builder.titled(detail::type_of<Field<int, gt(0), schema::description("field")>>, &detail::rules_of<le(9)>,
                             "size"),
              R"({"type":"integer","exclusiveMinimum":0,"maximum":9,"title":"Size","description":"field"})");
}

struct Shown {
  static constexpr ModelConfig model_config{
      .title = "A thing",
      .examples = R"([{"size":3}])",
      .json_schema_extra = R"({"x-owner":"ann"})",
  };
  Field<int, schema::example(1), schema::example(2), schema::json_schema_extra(R"({"x-unit":"m"})")> size;
};

TEST(SchemaOfAModel, ShowsExamplesAndWhatElseItIsGiven) {
  EXPECT_EQ(schema_of<Shown>().dump(),
            R"({"properties":{"size":{"type":"integer","examples":[1,2],"x-unit":"m","title":"Size"}},"type":"object",)"
            R"("required":["size"],"title":"A thing","examples":[{"size":3}],"x-owner":"ann"})");
}

template <class T>
struct PageOf {
  std::vector<T> items;
};
struct Row {
  int x;
};
struct Pages {
  PageOf<Row> rows;
  std::variant<PageOf<int>, int> either;
};

TEST(SchemaOfAModel, NamesClassTemplatesAsPydanticDoes) {
  const json definitions = schema_of<Pages>()["$defs"];
  EXPECT_EQ(definitions["PageOf_Row_"]["title"], "PageOf[Row]");
  EXPECT_EQ(definitions["PageOf_int_"]["title"], "PageOf[int]");
}

}  // namespace json_schema_test
