// SPDX-License-Identifier: MIT
// A member of a model replaces a member that it inherits.
#include <serval/schema/model_members.hpp>

#include <string>

#include <gtest/gtest.h>

#include <serval/schema/codec.hpp>
#include <serval/schema/json_schema.hpp>

#include "decode_fixture.hpp"

namespace serval::extends_test {

using serval::testing::faults_of;
using serval::testing::round_trip;

struct Vehicle {
  std::string type;
  int wheels;
};
struct Car {
  Extends<Vehicle> base;
  Default<std::string> type = "car";
  int seats;
};
struct Truck {
  int load;
  Field<int, le(18)> wheels;
  Extends<Vehicle> base;
};
struct Cabriolet {
  Extends<Car> car;
  Literal<"open"> type;
};

TEST(Extends, ReadsTheOuterMember) {
  const auto car = decode_json<Car>(R"({"type":"van","wheels":3,"seats":2})");
  EXPECT_EQ(car.type, "van");
  EXPECT_EQ(car.base.type, "");
  EXPECT_EQ(car.base.wheels, 3);
  EXPECT_EQ(decode_json<Car>(R"({"wheels":3,"seats":2})").type, "car");
}

TEST(Extends, WritesTheOuterMemberWhereTheFirstOfBothStands) {
  EXPECT_EQ(round_trip<Car>(R"({"wheels":4,"seats":2})"), R"({"type":"car","wheels":4,"seats":2})");
  EXPECT_EQ(round_trip<Truck>(R"({"load":7,"type":"t","wheels":6})"), R"({"load":7,"wheels":6,"type":"t"})");
  EXPECT_EQ(round_trip<Cabriolet>(R"({"type":"open","wheels":4,"seats":2})"),
            R"({"type":"open","wheels":4,"seats":2})");
}

TEST(Extends, ValidatesByTheOuterMember) {
  EXPECT_EQ(faults_of<Truck>(R"({"load":7,"type":"t","wheels":20})"),
            R"([{"type":"less_than_equal","loc":["wheels"],"msg":"Input should be less than or equal to 18",)"
            R"("input":20,"ctx":{"le":18}}])");
  EXPECT_EQ(faults_of<Cabriolet>(R"({"type":"car","wheels":4,"seats":2})"),
            R"([{"type":"literal_error","loc":["type"],"msg":"Input should be 'open'","input":"car",)"
            R"("ctx":{"expected":"'open'"}}])");
}

TEST(Extends, DescribesTheOuterMember) {
  const json schema = schema_of<Car>();
  EXPECT_EQ(schema["properties"].size(), 3U);
  EXPECT_EQ(schema["properties"].begin().key(), "type");
  EXPECT_EQ(schema["properties"]["type"]["default"], "car");
  EXPECT_EQ(schema["required"].dump(), R"(["wheels","seats"])");
}

TEST(Extends, SelectsTheOuterMember) {
  const Car car{.base = Vehicle{"inner", 4}, .type = "outer", .seats = 2};
  EXPECT_EQ(encode_json(car, {.include = {"type"}}), R"({"type":"outer"})");
  EXPECT_EQ(encode_json(car, {.exclude = {"type"}}), R"({"wheels":4,"seats":2})");
  EXPECT_EQ(encode_json(Car{.base = Vehicle{"inner", 4}, .seats = 2}, {.exclude_unset = true}),
            R"({"wheels":4,"seats":2})");
}

struct Named {
  Field<std::string, alias("kind")> type;
  Field<int, alias("n")> number;
};
struct Renamed {
  Extends<Named> base;
  std::string type;              // the same name in C++, a different one in JSON
  Field<int, alias("n")> count;  // a different name in C++, the same one in JSON
};

TEST(Extends, OverridesByNameAndByAlias) {
  EXPECT_EQ(round_trip<Renamed>(R"({"type":"a","n":1})"), R"({"type":"a","n":1})");
}

struct First {
  int id = 1;
};
struct Second {
  int id = 2;
  int more = 3;
};
struct Both {
  Extends<First> first;
  Extends<Second> second;
  int id;
};

TEST(Extends, OverridesTheMembersOfTwoBases) {
  EXPECT_EQ(round_trip<Both>(R"({"id":9,"more":4})"), R"({"id":9,"more":4})");
  EXPECT_EQ(detail::model_members<Both>.size(), 2U);
}

struct Hidden {
  Extends<Vehicle> base;
  Field<std::string, exclude> type;
};

TEST(Extends, OverridesByAMemberThatIsNotShown) {
  EXPECT_EQ(round_trip<Hidden>(R"({"type":"t","wheels":4})"), R"({"wheels":4})");
}

struct Line {
  int net = 1;
  int total() const { return net; }
  static constexpr auto computed() { return computed_members(computed_member("total", &Line::total)); }
};
struct TaxedLine {
  Extends<Line> line;
  int total() const { return line.net * 2; }
  static constexpr auto computed() { return computed_members(computed_member("total", &TaxedLine::total)); }
};

TEST(Extends, OverridesAComputedMember) { EXPECT_EQ(encode_json(TaxedLine{}), R"({"net":1,"total":2})"); }

}  // namespace serval::extends_test
