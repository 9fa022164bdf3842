// SPDX-License-Identifier: MIT
#include <serval/schema/partial.hpp>

#include <optional>
#include <string>

#include <gtest/gtest.h>

#include <serval/schema/codec.hpp>

#include "schema/json_schema.hpp"

namespace partial_test {

using namespace serval;

struct Todo {
  Field<std::string, min_length(1)> title;
  Default<bool> done = false;
  std::optional<std::string> note;
  int priority;

  static void check(const Todo& todo, schema::Errors& errors) {
    if (todo.priority > 9) errors.add("priority", "too much");
  }
};
struct Envelope {
  Partial<Todo> patch;
};
using Patch = Partial<Todo>;
struct TodoUpdate : Partial<Todo> {};
struct TodoReplacement : Partial<Todo> {};

std::string faults_of(std::string_view text) {
  try {
    static_cast<void>(decode_json<Patch>(text));
  } catch (const DecodeError& error) {
    return schema::to_json_text(error.issues());
  }
  return "none";
}

TEST(Partial, KnowsWhichMembersCame) {
  const auto patch = decode_json<Patch>(R"({"done":true,"note":null})");
  EXPECT_FALSE(patch.has(&Todo::title));
  EXPECT_TRUE(patch.has(&Todo::done));
  EXPECT_TRUE(patch.has(&Todo::note));
  EXPECT_FALSE(patch.has(&Todo::priority));
  EXPECT_TRUE(patch.value.done);
}

TEST(Partial, IsEmptyWhenNothingCame) {
  EXPECT_TRUE(decode_json<Patch>("{}").empty());
  EXPECT_TRUE(decode_json<Patch>(R"({"unknown":1})").empty());
  EXPECT_FALSE(decode_json<Patch>(R"({"priority":1})").empty());
}

TEST(Partial, AppliesOnlyWhatCame) {
  Todo todo{.title = "old", .done = true, .note = "keep", .priority = 3};
  decode_json<Patch>(R"({"title":"new","priority":4})").apply_to(todo);
  EXPECT_EQ(encode_json(todo), R"({"title":"new","done":true,"note":"keep","priority":4})");
}

TEST(Partial, AppliesNull) {
  Todo todo{.title = "old", .done = true, .note = "gone", .priority = 3};
  decode_json<Patch>(R"({"note":null})").apply_to(todo);
  EXPECT_FALSE(todo.note.has_value());
}

TEST(Partial, GivesAChangedCopy) {
  const Todo todo{.title = "old", .done = false, .note = {}, .priority = 3};
  const Todo changed = decode_json<Patch>(R"({"title":"new"})").applied_to(todo);
  EXPECT_EQ(changed.title, "new");
  EXPECT_EQ(todo.title, "old");
}

TEST(Partial, ValidatesWhatCame) {
  EXPECT_EQ(faults_of(R"({"title":"","priority":"x"})"),
            R"({"detail":[{"type":"string_too_short","loc":["title"],)"
            R"("msg":"String should have at least 1 character","input":"","ctx":{"min_length":1}},)"
            R"({"type":"int_parsing","loc":["priority"],)"
            R"("msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"}]})");
}

TEST(Partial, RefusesNullForAMemberThatCannotBeNull) {
  EXPECT_NE(faults_of(R"({"priority":null})").find("int_type"), std::string::npos);
}

TEST(Partial, DoesNotRunTheCheckOfTheWhole) { EXPECT_EQ(faults_of(R"({"priority":10})"), "none"); }

TEST(Partial, RefusesWhatIsNoObject) { EXPECT_NE(faults_of("[]").find("model_attributes_type"), std::string::npos); }

TEST(Partial, WritesOnlyWhatCame) {
  EXPECT_EQ(encode_json(decode_json<Patch>(R"({"priority":4,"note":null})")), R"({"note":null,"priority":4})");
  EXPECT_EQ(encode_json(Patch{}), "{}");
}

TEST(Partial, WritesANullThatCameAlthoughUnsetOnesAreLeftOut) {
  const auto patch = decode_json<Patch>(R"({"done":false,"note":null})");
  EXPECT_EQ(encode_json(patch, {.exclude_unset = true}), R"({"done":false,"note":null})");
  EXPECT_EQ(encode_json(patch, {.exclude_none = true}), R"({"done":false})");
}

TEST(Partial, StandsWithinAModel) {
  const auto envelope = decode_json<Envelope>(R"({"patch":{"done":true}})");
  EXPECT_TRUE(envelope.patch.has(&Todo::done));
  EXPECT_EQ(encode_json(envelope), R"({"patch":{"done":true}})");
}

TEST(NamedPartial, ReadsAndAppliesAsThePartial) {
  Todo todo{.title = "old", .done = true, .note = "keep", .priority = 3};
  const auto update = decode_json<TodoUpdate>(R"({"title":"new"})");
  EXPECT_TRUE(update.has(&Todo::title));
  EXPECT_FALSE(update.has(&Todo::note));
  update.apply_to(todo);
  EXPECT_EQ(encode_json(todo), R"({"title":"new","done":true,"note":"keep","priority":3})");
  EXPECT_EQ(encode_json(update), R"({"title":"new"})");
}

TEST(NamedPartial, IsAComponentOfItsOwnName) {
  detail::SchemaBuilder builder;
  const json update = builder.reference_or_inline(detail::type_of<TodoUpdate>);
  const json replacement = builder.reference_or_inline(detail::type_of<TodoReplacement>);
  const json patch = builder.reference_or_inline(detail::type_of<Patch>);
  EXPECT_EQ(update["$ref"], "#/components/schemas/TodoUpdate");
  EXPECT_EQ(replacement["$ref"], "#/components/schemas/TodoReplacement");
  json document = json::array({update, replacement, patch});
  const json schemas = builder.finish(document);
  EXPECT_EQ(schemas["TodoUpdate"]["title"], "TodoUpdate");
  EXPECT_FALSE(schemas["TodoUpdate"].contains("required"));
  EXPECT_TRUE(schemas.contains("Partial_Todo_"));
}

// --- of models that extend others ---------------------------------------------------------------

struct Vehicle {
  std::string type;
  Field<int, ge(1)> wheels;

  static void check(const Vehicle& vehicle, schema::Errors& errors) {
    if (vehicle.type.empty()) errors.add("type", "missing");
  }
};
struct Car {
  Extends<Vehicle> base;
  Default<std::string> type = "car";  // replaces the `type` of `Vehicle`
  std::optional<int> seats;
};
struct Cabriolet {
  int top_speed;
  Extends<Car> car;
};
struct CabrioletUpdate : Partial<Cabriolet> {};

TEST(PartialOfExtends, ReadsOneFlatObject) {
  const auto patch = decode_json<Partial<Cabriolet>>(R"({"wheels":3,"type":"cabriolet"})");
  EXPECT_TRUE(patch.has(&Vehicle::wheels));
  EXPECT_TRUE(patch.has(&Car::type));
  EXPECT_FALSE(patch.has(&Car::seats));
  EXPECT_FALSE(patch.has(&Cabriolet::top_speed));
  EXPECT_EQ(patch.value.car.base.wheels, 3);
  EXPECT_EQ(encode_json(patch), R"({"type":"cabriolet","wheels":3})");
}

TEST(PartialOfExtends, NeverHasAnOverriddenMember) {
  const auto patch = decode_json<Partial<Car>>(R"({"type":"van"})");
  EXPECT_TRUE(patch.has(&Car::type));
  EXPECT_FALSE(patch.has(&Vehicle::type));
}

TEST(PartialOfExtends, AppliesOnlyWhatCameAtEveryDepth) {
  Cabriolet cabriolet{.top_speed = 200, .car = Car{.base = Vehicle{"inner", 4}, .type = "outer", .seats = 2}};
  decode_json<Partial<Cabriolet>>(R"({"top_speed":180,"wheels":3,"seats":null})").apply_to(cabriolet);
  EXPECT_EQ(encode_json(cabriolet), R"({"top_speed":180,"type":"outer","wheels":3,"seats":null})");
  const Cabriolet changed = decode_json<CabrioletUpdate>(R"({"type":"new"})").applied_to(cabriolet);
  EXPECT_EQ(changed.car.type, "new");
  EXPECT_EQ(changed.car.base.type, "inner");
  EXPECT_EQ(changed.top_speed, 180);
}

TEST(PartialOfExtends, ValidatesWhatCame) {
  try {
    static_cast<void>(decode_json<Partial<Cabriolet>>(R"({"wheels":0})"));
    FAIL() << "no fault was found";
  } catch (const DecodeError& error) {
    ASSERT_EQ(error.issues().size(), 1U);
    EXPECT_EQ(error.issues().front().type, "greater_than_equal");
  }
}

TEST(PartialOfExtends, IsDescribedWithAllMembers) {
  detail::SchemaBuilder builder;
  json document = json::array({builder.reference_or_inline(detail::type_of<CabrioletUpdate>)});
  const json schema = builder.finish(document)["CabrioletUpdate"];
  EXPECT_EQ(schema["properties"].size(), 4U);
  EXPECT_EQ(schema["properties"]["wheels"]["minimum"], 1);
  EXPECT_TRUE(schema["properties"].contains("seats"));
  EXPECT_FALSE(schema.contains("required"));
}

}  // namespace partial_test
