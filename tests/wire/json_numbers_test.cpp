// SPDX-License-Identifier: MIT
// Numbers that JSON cannot express, over a socket: no body that contains them leads to status 500.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include <serval/serval.hpp>

#include "tests/wire/support/exchange.hpp"

namespace serval::json_numbers_test {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::StartsWith;

struct Offer {
  std::string name;
  double price = 0;
};

std::string answer_to_body(const std::string& path, const std::string& body) {
  App app;
  app.post("/offer")([](Offer offer) { return offer; });
  app.post("/any")([](json any) { return any; });
  return testing::post(app, path, testing::json_type, body);
}

TEST(JsonNumbers, BeyondDoubleAreShownAsNullIn422) {
  EXPECT_THAT(
      answer_to_body("/offer", R"({"name":-1e999,"price":1})"),
      AllOf(StartsWith("HTTP/1.1 422 "), EndsWith(R"({"detail":[{"type":"string_type","loc":["body","name"],)"
                                                  R"("msg":"Input should be a valid string","input":null}]})")));
  EXPECT_THAT(answer_to_body("/offer", R"({"price":1,"extra":[1e400]})"),
              AllOf(StartsWith("HTTP/1.1 422 "), EndsWith(R"("input":{"price":1,"extra":[null]}}]})")));
}

TEST(JsonNumbers, ThatAreNoJsonAreRefused) {
  EXPECT_THAT(answer_to_body("/any", R"({"a":NaN})"),
              AllOf(StartsWith("HTTP/1.1 422 "),
                    EndsWith(R"({"detail":[{"type":"json_invalid","loc":["body",5],"msg":"JSON decode error",)"
                             R"("input":{},"ctx":{"error":"Expecting value"}}]})")));
}

TEST(JsonNumbers, BeyondDoubleAreAnsweredAsNull) {
  EXPECT_THAT(answer_to_body("/any", R"({"a":[1e400,2]})"),
              AllOf(StartsWith("HTTP/1.1 200 "), EndsWith(R"({"a":[null,2]})")));
  EXPECT_THAT(answer_to_body("/offer", R"({"name":"x","price":1e400})"),
              AllOf(StartsWith("HTTP/1.1 200 "), EndsWith(R"({"name":"x","price":null})")));
}

}  // namespace serval::json_numbers_test
