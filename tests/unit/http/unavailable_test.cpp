// SPDX-License-Identifier: MIT
#include <serval/http/unavailable.hpp>

#include <gtest/gtest.h>

namespace serval::unavailable_test {

TEST(Unavailable, Is503WithRetryAfter) {
  const Unavailable error;
  EXPECT_EQ(error.status(), 503);
  EXPECT_EQ(error.detail_json(), "\"The server is busy\"");
  EXPECT_EQ(error.headers().get("retry-after"), "1");
}

TEST(Unavailable, SaysWhenToComeBackInWholeSeconds) {
  EXPECT_EQ(Unavailable("later", std::chrono::minutes(2)).headers().get("retry-after"), "120");
  EXPECT_EQ(Unavailable("later", std::chrono::seconds(0)).headers().get("retry-after"), "1");
}

}  // namespace serval::unavailable_test
