// SPDX-License-Identifier: MIT
#include <string>
#include <variant>

#include <gtest/gtest.h>

#include <serval/schema/json_schema.hpp>

#include "tests/unit/schema/decode_fixture.hpp"

namespace none_test {

using namespace serval;
using serval::testing::faults_of;
using serval::testing::round_trip;
using serval::testing::words_of;

TEST(None, IsNullAlone) {
  EXPECT_EQ(round_trip<std::monostate>("null"), "null");
  EXPECT_EQ(words_of<std::monostate>("1"), "none_required: Input should be None");
  EXPECT_EQ(words_of<std::monostate>(R"("")"), "none_required: Input should be None");
  EXPECT_EQ(schema_of<std::monostate>().dump(), R"({"type":"null"})");
}

TEST(None, MakesAVariantNullable) {
  using Maybe = std::variant<std::monostate, int, bool>;
  EXPECT_EQ(round_trip<Maybe>("null"), "null");
  EXPECT_EQ(round_trip<Maybe>("3"), "3");
  EXPECT_EQ(schema_of<Maybe>().dump(), R"({"anyOf":[{"type":"null"},{"type":"integer"},{"type":"boolean"}]})");
}

TEST(None, AddsNoFaultAndNoPlace) {
  EXPECT_EQ((faults_of<std::variant<std::monostate, int>>(R"("x")")),
            R"([{"type":"int_parsing","loc":[],"msg":"Input should be a valid integer, unable to parse string as an )"
            R"(integer","input":"x"}])");
  EXPECT_EQ((words_of<std::variant<std::monostate, int, bool>>("[]")),
            "int_type: Input should be a valid integer; bool_type: Input should be a valid boolean");
}

}  // namespace none_test
