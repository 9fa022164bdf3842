// SPDX-License-Identifier: MIT
#include <serval/params/json_response.hpp>

#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>

namespace serval::json_response_test {

TEST(JsonResponse, IsCompactJsonWithItsStatus) {
  const JsonResponse response(json{{"b", 1}, {"a", {1.0, nullptr}}}, 202);
  EXPECT_EQ(response.status(), 202);
  EXPECT_EQ(response.content_type(), "application/json");
  EXPECT_EQ(response.body(), R"({"b":1,"a":[1.0,null]})");
}

TEST(JsonResponse, HasNullForAnInfinity) {
  EXPECT_EQ(JsonResponse(json(std::numeric_limits<double>::infinity())).body(), "null");
}

}  // namespace serval::json_response_test
