// SPDX-License-Identifier: MIT
#include "auth/base64url.hpp"

#include <gtest/gtest.h>

namespace serval::base64url_test {

using detail::base64url;
using detail::decode_base64url;

TEST(Base64Url, WritesTheVectorsOfRfc4648WithoutPadding) {
  EXPECT_EQ(base64url(""), "");
  EXPECT_EQ(base64url("f"), "Zg");
  EXPECT_EQ(base64url("fo"), "Zm8");
  EXPECT_EQ(base64url("foo"), "Zm9v");
  EXPECT_EQ(base64url("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64url("\xFB\xFF"), "-_8");
}

TEST(Base64Url, ReadsWhatItWrites) {
  std::string bytes;
  std::string read;
  for (int i = 0; i < 300; ++i) {
    ASSERT_TRUE(decode_base64url(base64url(bytes), read));
    ASSERT_EQ(read, bytes);
    bytes += static_cast<char>(i * 7);
  }
}

TEST(Base64Url, RefusesAnythingElse) {
  std::string read;
  for (const char* text : {"Zg==", "Zm9v\n", " Zm9v", "Zm+v", "Zm/v", "Z", "Zm9vY", "Zm9v.", "Z\x80gv"}) {
    EXPECT_FALSE(decode_base64url(text, read)) << text;
  }
}

TEST(Base64Url, RefusesBitsThatAreLeftOver) {
  std::string read;
  EXPECT_FALSE(decode_base64url("Zh", read));  // "Zg" with another last bit
  EXPECT_FALSE(decode_base64url("Zm9", read));
}

}  // namespace serval::base64url_test
