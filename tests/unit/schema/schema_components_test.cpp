// SPDX-License-Identifier: MIT
// A type that is used in requests and in responses: one component, or two.
#include "schema/json_schema.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace store {
struct Price {
  double euros = 0;
};
struct Item {
  Price price;
};
struct Order {
  std::vector<Item> items;
};
struct Note {
  std::string text;
};
struct Tree {
  Note note;
  std::vector<Tree> children;
};
}  // namespace store
namespace archive {
struct Item {
  store::Price price;
};
}  // namespace archive

template <>
struct serval::Convert<store::Price> {
  static store::Price from_wire(double euros) { return {euros}; }
  static double to_wire(const store::Price& price) { return price.euros; }
  static constexpr std::string_view schema = R"({"type":["number","string"]})";
  static constexpr std::string_view output_schema = R"({"type":"number"})";
};

namespace serval::detail::schema_components_test {

/// Requests the schemas of types in both modes.
template <class... Ts>
struct Both {
  SchemaBuilder builder;
  json document = json::array();
  json schemas;

  Both() {
    (ask<Ts>(), ...);
    schemas = builder.finish(document);
  }
  template <class T>
  void ask() {
    for (const schema::SchemaMode mode : {schema::SchemaMode::input, schema::SchemaMode::output}) {
      builder.set_mode(mode);
      document.push_back(builder.reference_or_inline(type_of<T>));
    }
  }
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const auto& [name, schema] : schemas.items()) all.push_back(name);
    return all;
  }
};

TEST(ComponentsOfBothModes, AreOneWhereTheyAreEqual) {
  const Both<store::Tree> both;
  EXPECT_EQ(both.names(), (std::vector<std::string>{"Note", "Tree"}));
  EXPECT_EQ(both.document[0], both.document[1]);
}

TEST(ComponentsOfBothModes, AreTwoWhereTheyDifferOrReferToSuchAsDo) {
  const Both<store::Order> both;
  EXPECT_EQ(both.names(), (std::vector<std::string>{"Item-Input", "Item-Output", "Order-Input", "Order-Output"}));
  EXPECT_EQ(both.document[1]["$ref"], "#/components/schemas/Order-Output");
  EXPECT_EQ(both.schemas["Order-Output"]["properties"]["items"]["items"]["$ref"], "#/components/schemas/Item-Output");
  EXPECT_EQ(both.schemas["Item-Output"]["properties"]["price"]["type"], "number");
  EXPECT_EQ(both.schemas["Item-Output"]["title"], "Item");
}

TEST(ComponentsOfBothModes, HavePlainNamesWhereOneModeIsAskedFor) {
  SchemaBuilder builder;
  builder.set_mode(schema::SchemaMode::output);
  json document = builder.reference_or_inline(type_of<store::Item>);
  const json schemas = builder.finish(document);
  EXPECT_EQ(document["$ref"], "#/components/schemas/Item");
  EXPECT_EQ(schemas["Item"]["properties"]["price"]["type"], "number");
}

TEST(ComponentsOfBothModes, OfOneNameHaveLongNames) {
  const Both<store::Item, archive::Item> both;
  EXPECT_EQ(both.names(), (std::vector<std::string>{"archive__Item-Input", "archive__Item-Output", "store__Item-Input",
                                                    "store__Item-Output"}));
}

TEST(ComponentsOfBothModes, MayBeRefused) {
  SchemaBuilder builder;
  builder.use_one_mode();
  builder.set_mode(schema::SchemaMode::output);
  json document = builder.reference_or_inline(type_of<store::Item>);
  EXPECT_EQ(builder.finish(document)["Item"]["properties"]["price"]["type"], (json{"number", "string"}));
}

}  // namespace serval::detail::schema_components_test
