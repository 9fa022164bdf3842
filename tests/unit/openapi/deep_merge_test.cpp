// SPDX-License-Identifier: MIT
#include "openapi/deep_merge.hpp"

#include <gtest/gtest.h>

namespace serval::openapi::deep_merge_test {

json merged(std::string_view target, std::string_view update) {
  json value = schema::parse_json(target);
  deep_merge(value, schema::parse_json(update));
  return value;
}

TEST(DeepMerge, GoesIntoObjects) {
  EXPECT_EQ(merged(R"({"a":{"b":1,"c":2}})", R"({"a":{"c":3,"d":4},"e":5})"),
            schema::parse_json(R"({"a":{"b":1,"c":3,"d":4},"e":5})"));
}
TEST(DeepMerge, PutsArraysBehindOneAnother) {
  EXPECT_EQ(merged(R"({"a":[1]})", R"({"a":[1,2]})"), schema::parse_json(R"({"a":[1,1,2]})"));
}
TEST(DeepMerge, ReplacesWhatIsOfAnotherKind) {
  EXPECT_EQ(merged(R"({"a":[1],"b":{"c":1},"d":1})", R"({"a":{},"b":[],"d":null})"),
            schema::parse_json(R"({"a":{},"b":[],"d":null})"));
}

}  // namespace serval::openapi::deep_merge_test
