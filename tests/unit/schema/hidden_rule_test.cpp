// SPDX-License-Identifier: MIT
// Members with the names of rules. Within the struct the member hides the rule, so the rule is written with its full
// name.
#include <serval/schema/rules.hpp>

#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <serval/params/parameter.hpp>
#include <serval/schema/codec.hpp>
#include <serval/schema/json_schema.hpp>

namespace hidden_rule_test {

using namespace serval;

struct Item {
  Field<std::string, serval::schema::title("The name"), serval::schema::description("as on the shelf")> name;
  std::optional<std::string> description;
  Field<double, gt(0), serval::schema::description("Net price in EUR")> price;
  Default<std::string> title = "none";
  Field<Default<int>, serval::schema::title("How many"), serval::schema::deprecated> count = 1;
  Field<std::vector<std::string>, serval::alias("other")> alias;
  bool deprecated = false;
  Field<std::string, serval::pattern("^a"), serval::schema::example("ab")> pattern;
  std::string example;
};

struct Arguments {
  Query<std::optional<std::string>, "title", serval::schema::title("Title")> title;
  Query<int, "n", serval::schema::description("a number"), default_to(1)> n;
  Header<std::optional<std::string>, "x-text", serval::schema::description("a text")> description;
};

class Account {
 public:
  static constexpr auto describe() {
    return schema::members(schema::member("owner", &Account::owner_, serval::schema::description("who owns it")));
  }
  std::string description() const { return owner_; }

 private:
  std::string owner_;
};

TEST(RuleNames, HiddenByMembersAreReachedByTheirFullName) {
  const json properties = schema_of<Item>()["properties"];
  EXPECT_EQ(properties["name"]["title"], "The name");
  EXPECT_EQ(properties["name"]["description"], "as on the shelf");
  EXPECT_EQ(properties["price"]["description"], "Net price in EUR");
  EXPECT_EQ(properties["count"]["title"], "How many");
  EXPECT_EQ(properties["count"]["deprecated"], true);
  EXPECT_TRUE(properties.contains("other"));
  EXPECT_EQ(properties["description"]["title"], "Description");
  EXPECT_EQ(properties["pattern"]["examples"], json({"ab"}));
}

TEST(RuleNames, HiddenByParametersAreReachedByTheirFullName) {
  Arguments arguments;
  arguments.n = 2;
  arguments.title = "x";
  EXPECT_EQ(arguments.n + 1, 3);
}

TEST(RuleNames, HiddenByFunctionsAreReachedByTheirFullName) {
  EXPECT_EQ(schema_of<Account>()["properties"]["owner"]["description"], "who owns it");
  EXPECT_EQ(decode_json<Account>(R"({"owner":"ann"})").description(), "ann");
}

}  // namespace hidden_rule_test
