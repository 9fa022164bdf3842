// SPDX-License-Identifier: MIT
#include <serval/http/http_error.hpp>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace serval::http_error_test {

TEST(HttpError, WithoutDetailNamesTheReason) {
  const HttpError error(404);
  EXPECT_EQ(error.status(), 404);
  EXPECT_EQ(error.detail_json(), R"("Not Found")");
}

TEST(HttpError, WithoutDetailIsEmptyTextForAnUnknownCode) { EXPECT_EQ(HttpError(499).detail_json(), R"("")"); }

TEST(HttpError, QuotesItsDetail) { EXPECT_EQ(HttpError(400, "say \"no\"\n").detail_json(), R"("say \"no\"\n")"); }

TEST(HttpError, ReplacesInvalidUtf8InItsDetail) { EXPECT_EQ(HttpError(400, "\xFF").detail_json(), "\"\uFFFD\""); }

TEST(HttpError, TakesTextOfEveryKind) {
  const std::string text = "a";
  EXPECT_EQ(HttpError(400, text).detail_json(), R"("a")");
  EXPECT_EQ(HttpError(400, std::string_view("b")).detail_json(), R"("b")");
}

TEST(HttpError, TakesAnyJson) {
  EXPECT_EQ(HttpError(422, nlohmann::json{{"code", 7}}).detail_json(), R"({"code":7})");
  EXPECT_EQ(HttpError(422, nlohmann::json("text")).detail_json(), R"("text")");
}

TEST(HttpError, KeepsTheOrderOfOrderedJson) {
  EXPECT_EQ(HttpError(422, nlohmann::ordered_json{{"z", 1}, {"a", 2}}).detail_json(), R"({"z":1,"a":2})");
}

TEST(HttpError, ReplacesInvalidUtf8InJson) {
  EXPECT_EQ(HttpError(422, nlohmann::json::array({"\xFF"})).detail_json(), "[\"\uFFFD\"]");
}

TEST(HttpError, CarriesHeaders) {
  const HttpError error(401, "Who?", {{"www-authenticate", "Bearer"}});
  EXPECT_EQ(error.headers().get("WWW-Authenticate"), "Bearer");
}

TEST(HttpError, CarriesHeadersBesideJson) {
  const HttpError error(503, nlohmann::json::array(), {{"retry-after", "1"}});
  EXPECT_EQ(error.headers().get("retry-after"), "1");
}

TEST(HttpError, RefusesAHeaderThatWouldSplitTheAnswer) {
  EXPECT_THROW(HttpError(400, "x", {{"a", "b\r\nc: d"}}), std::invalid_argument);
}

TEST(HttpError, SaysStatusAndDetailToLogs) { EXPECT_STREQ(HttpError(404, "Gone").what(), R"(404: "Gone")"); }

TEST(HttpError, RefusesAStatusThatNoAnswerCanHave) {
  for (const int status : {-1, 0, 99, 100, 199, 600, 1000})
    EXPECT_THROW(HttpError{status}, std::invalid_argument) << status;
  EXPECT_NO_THROW(HttpError{200});
  EXPECT_NO_THROW(HttpError{599});
}

TEST(HttpError, IsAStandardException) { EXPECT_THROW(throw HttpError(418), std::exception); }

}  // namespace serval::http_error_test
