// SPDX-License-Identifier: MIT
#include <serval/http/status.hpp>

#include <gtest/gtest.h>

namespace serval::status_test {

TEST(ReasonPhrase, NamesRegisteredCodes) {
  EXPECT_EQ(http::reason_phrase(100), "Continue");
  EXPECT_EQ(http::reason_phrase(status::ok), "OK");
  EXPECT_EQ(http::reason_phrase(status::not_found), "Not Found");
  EXPECT_EQ(http::reason_phrase(511), "Network Authentication Required");
}

TEST(ReasonPhrase, FollowsRfc9110WhereNamesChanged) {
  EXPECT_EQ(http::reason_phrase(413), "Content Too Large");
  EXPECT_EQ(http::reason_phrase(414), "URI Too Long");
  EXPECT_EQ(http::reason_phrase(422), "Unprocessable Content");
}

TEST(ReasonPhrase, IsEmptyForUnregisteredCodes) {
  for (const int code : {104, 299, 306, 419, 427, 430, 499, 509, 512, 599})
    EXPECT_EQ(http::reason_phrase(code), "") << code;
}

TEST(ReasonPhrase, IsEmptyOutsideTheRange) {
  for (const int code : {-1, 0, 99, 600, 999, 1 << 30}) EXPECT_EQ(http::reason_phrase(code), "") << code;
}

TEST(StatusHasBody, NotForInformationNoContentAndNotModified) {
  for (const int code : {100, 101, 103, 204, 205, 304}) EXPECT_FALSE(http::status_has_body(code)) << code;
}

TEST(StatusHasBody, ForAllOthers) {
  for (const int code : {200, 201, 206, 301, 307, 404, 500}) EXPECT_TRUE(http::status_has_body(code)) << code;
}

}  // namespace serval::status_test
