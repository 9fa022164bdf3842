// SPDX-License-Identifier: MIT
#include <serval/openapi/part.hpp>

#include <gtest/gtest.h>

namespace serval::openapi::part_test {

struct Options {
  Part extra{};
};

TEST(Part, IsEmptyByDefault) {
  EXPECT_TRUE(Options().extra.empty());
  EXPECT_EQ(Options().extra.value(), json::object());
}

TEST(Part, IsWrittenAsJsonIs) {
  const Options pairs{.extra = {{"x-a", 1}, {"x-b", {{"c", true}}}}};
  EXPECT_EQ(schema::to_text(pairs.extra.value()), R"({"x-a":1,"x-b":{"c":true}})");
  const Options value{.extra = json{{"x-a", {1, 2}}}};
  EXPECT_EQ(schema::to_text(value.extra.value()), R"({"x-a":[1,2]})");
  const Options read{.extra = schema::parse_json("[1]")};
  EXPECT_EQ(schema::to_text(read.extra.value()), "[1]");
}

TEST(Part, CopiesShareTheValue) {
  const Part part = {{"a", 1}};
  const Part copy = part;
  EXPECT_EQ(&copy.value(), &part.value());
}

}  // namespace serval::openapi::part_test
