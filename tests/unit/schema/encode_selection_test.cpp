// SPDX-License-Identifier: MIT
#include "schema/encode_selection.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include <serval/schema/codec.hpp>

namespace encode_selection_test {

using namespace serval;

struct Owner {
  std::string name = "ann";
  Field<int, alias("zipCode")> zip = 1234;
};
struct Item {
  int id = 1;
  Field<std::string, alias("itemName")> name = "Lamp";
  Owner owner;
  std::vector<Owner> sellers{Owner{}};
  std::map<std::string, Owner> by_name{};
};

TEST(HasPath, FindsMembersByTheirNamesInCppThroughContainers) {
  const auto has = [](std::string_view path) { return detail::has_path(detail::type_of<Item>, path); };
  for (const std::string_view path : {"id", "name", "owner", "owner.zip", "sellers.name", "by_name.zip"}) {
    EXPECT_TRUE(has(path)) << path;
  }
  for (const std::string_view path : {"", "ID", "itemName", "owner.", "owner.zipCode", "id.x", ".id", "owner.name.x"}) {
    EXPECT_FALSE(has(path)) << path;
  }
  EXPECT_TRUE(detail::has_path(detail::type_of<std::vector<std::optional<Item>>>, "owner.name"));
  EXPECT_TRUE(detail::has_path(detail::type_of<json>, "anything"));
}

TEST(Include, WritesTheNamedMembersAlone) {
  EXPECT_EQ(encode_json(Item{}, {.include = {"name", "id"}}), R"({"id":1,"itemName":"Lamp"})");
  EXPECT_EQ(encode_json(Item{}, {.include = {"owner"}}), R"({"owner":{"name":"ann","zipCode":1234}})");
  EXPECT_EQ(encode_json(Item{}, {.include = {"nothing"}}), "{}");
}

TEST(Include, GoesInsideWithDots) {
  EXPECT_EQ(encode_json(Item{}, {.include = {"owner.name", "sellers.zip"}}),
            R"({"owner":{"name":"ann"},"sellers":[{"zipCode":1234}]})");
}

TEST(Exclude, LeavesTheNamedMembersOut) {
  EXPECT_EQ(encode_json(Item{}, {.exclude = {"owner", "sellers", "by_name"}}), R"({"id":1,"itemName":"Lamp"})");
  EXPECT_EQ(encode_json(Item{}, {.exclude = {"id", "name", "owner.zip", "sellers.name", "by_name"}}),
            R"({"owner":{"name":"ann"},"sellers":[{"zipCode":1234}]})");
}

TEST(Exclude, WinsOverInclude) {
  EXPECT_EQ(encode_json(Item{}, {.include = {"id", "owner"}, .exclude = {"id", "owner.name"}}),
            R"({"owner":{"zipCode":1234}})");
}

TEST(Exclude, LooksThroughLists) {
  EXPECT_EQ(encode_json(std::vector<Owner>{{}, {}}, {.exclude = {"zip"}}), R"([{"name":"ann"},{"name":"ann"}])");
}

struct Nested {
  Default<Owner> owner = Owner{};
  Default<int> count = 0;
};

TEST(Include, ComparesWholeMembersWithTheirDefaults) {
  const Nested changed{.owner = Owner{"bob"}};
  EXPECT_EQ(encode_json(changed, {.exclude_defaults = true, .include = {"owner.zip", "count"}}),
            R"({"owner":{"zipCode":1234}})");
  EXPECT_EQ(encode_json(Nested{}, {.exclude_defaults = true, .include = {"owner.zip", "count"}}), "{}");
  Nested assigned;
  (*assigned.owner).name = "bob";  // changed in place, so it does not count as set
  EXPECT_EQ(encode_json(assigned, {.exclude_unset = true, .include = {"owner.zip"}}), R"({"owner":{"zipCode":1234}})");
}

TEST(Exclude, ComparesWholeMembersWithTheirDefaults) {
  const Nested changed{.owner = Owner{"bob"}};
  EXPECT_EQ(encode_json(changed, {.exclude_defaults = true, .exclude = {"owner.name"}}),
            R"({"owner":{"zipCode":1234}})");
  // A name in the top-level exclusion list does not exclude the member of that name in the inner model.
  EXPECT_EQ(encode_json(changed, {.exclude_defaults = true, .exclude = {"name"}}),
            R"({"owner":{"name":"bob","zipCode":1234}})");
}

TEST(ExcludeNone, ComparesWholeMembersWithTheirDefaults) {
  struct Limits {
    Default<std::optional<int>> most = 5;
  };
  struct Settings {
    Default<Limits> limits = Limits{};
  };
  EXPECT_EQ(encode_json(Settings{.limits = Limits{std::nullopt}}, {.exclude_none = true, .exclude_defaults = true}),
            R"({"limits":{}})");
  EXPECT_EQ(encode_json(Settings{}, {.exclude_none = true, .exclude_defaults = true}), "{}");
}

TEST(ByAlias, WritesNamesOfCppWhereItIsFalse) {
  EXPECT_EQ(encode_json(Item{}, {.by_alias = false, .exclude = {"sellers", "by_name"}}),
            R"({"id":1,"name":"Lamp","owner":{"name":"ann","zip":1234}})");
}

}  // namespace encode_selection_test
