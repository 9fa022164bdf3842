// SPDX-License-Identifier: MIT
// How a model differs between requests and responses: computed members, excluded members, names.
#include <serval/schema/computed.hpp>

#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <serval/schema/codec.hpp>
#include <serval/schema/json_schema.hpp>

namespace computed_test {

using namespace serval;

struct Line {
  double price;
  int count = 1;
  double sum() const { return price * count; }
  static constexpr auto computed() { return computed_members(computed_member("sum", &Line::sum)); }
};
struct Invoice {
  Extends<Line> line;
  std::vector<Line> more;
  std::optional<std::string> note() const {
    return more.empty() ? std::nullopt : std::optional<std::string>("several");
  }
  static constexpr auto computed() {
    return computed_members(computed_member("note", &Invoice::note, schema::description("how many")));
  }
};
class Account {
 public:
  static constexpr auto describe() { return schema::members(schema::member("owner", &Account::owner_, exclude)); }
  static constexpr auto computed() { return computed_members(computed_member("length", &Account::length)); }
  int length() const noexcept { return static_cast<int>(owner_.size()); }

 private:
  std::string owner_;
};
struct User {
  std::string name;
  Field<std::string, exclude> password;
  Field<int, alias("userId"), serialization_alias("id")> user_id;
};
struct Plain {
  Line line;
};

TEST(ComputedMembers, ComeAfterTheOthers) {
  EXPECT_EQ(encode_json(Line{2.5, 2}), R"({"price":2.5,"count":2,"sum":5.0})");
  EXPECT_EQ(encode_json(Invoice{{Line{2, 2}}, {Line{1, 1}}}),
            R"({"price":2.0,"count":2,"more":[{"price":1.0,"count":1,"sum":1.0}],"sum":4.0,"note":"several"})");
  EXPECT_EQ(encode_json(decode_json<Account>(R"({"owner":"ann"})")), R"({"length":3})");
}

TEST(ComputedMembers, AreNotRead) { EXPECT_EQ(decode_json<Line>(R"({"price":1,"count":2,"sum":99})").sum(), 2); }

TEST(ComputedMembers, StandInTheSchemaOfAnswersOnly) {
  EXPECT_FALSE(schema_of<Line>()["properties"].contains("sum"));
  const json schema = schema_of<Line>(schema::SchemaMode::output);
  EXPECT_EQ(schema["properties"]["sum"].dump(), R"({"type":"number","title":"Sum","readOnly":true})");
  EXPECT_EQ(schema["required"], json({"price", "count", "sum"}));
  EXPECT_EQ(schema_of<Invoice>(schema::SchemaMode::output)["properties"]["note"]["description"], "how many");
}

TEST(ComputedMembers, OfInnerModelsStandInTheirSchemas) {
  EXPECT_TRUE(schema_of<Plain>(schema::SchemaMode::output)["$defs"].begin()->at("properties").contains("sum"));
}

TEST(ExcludedMembers, AreReadAndNotWritten) {
  const auto user = decode_json<User>(R"({"name":"ann","password":"x","userId":7})");
  EXPECT_EQ(user.password, "x");
  EXPECT_EQ(encode_json(user), R"({"name":"ann","id":7})");
}

TEST(ExcludedMembers, StandInTheSchemaOfRequestsOnly) {
  EXPECT_TRUE(schema_of<User>()["properties"].contains("password"));
  EXPECT_EQ(schema_of<User>(schema::SchemaMode::output)["required"], json({"name", "id"}));
  EXPECT_EQ(schema_of<User>(schema::SchemaMode::output)["properties"]["id"]["title"], "Id");
  EXPECT_EQ(schema_of<User>()["properties"]["userId"]["title"], "Userid");
}

}  // namespace computed_test
