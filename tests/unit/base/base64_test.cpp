// SPDX-License-Identifier: MIT
#include "base/base64.hpp"

#include <string>

#include <gtest/gtest.h>

namespace serval::base64_test {

std::string encoded(std::string_view bytes) {
  std::string out;
  detail::append_base64(out, bytes);
  return out;
}

/// Returns the bytes, or the error in parentheses.
std::string decoded(std::string_view text) {
  std::string out = "what stood there";
  const std::string error = detail::decode_base64(text, out);
  return error.empty() ? out : "(" + error + ")";
}

// The test vectors of RFC 4648 section 10.
TEST(Base64, IsPadded) {
  EXPECT_EQ(encoded(""), "");
  EXPECT_EQ(encoded("f"), "Zg==");
  EXPECT_EQ(encoded("fo"), "Zm8=");
  EXPECT_EQ(encoded("foo"), "Zm9v");
  EXPECT_EQ(encoded("foob"), "Zm9vYg==");
}

TEST(Base64, ReadsBothAlphabetsWithOrWithoutPadding) {
  EXPECT_EQ(decoded(""), "");
  EXPECT_EQ(decoded("Zm9vYg=="), "foob");
  EXPECT_EQ(decoded("Zm9vYg"), "foob");
  EXPECT_EQ(decoded("-_8="), "\xFB\xFF");
  EXPECT_EQ(decoded("+/8="), "\xFB\xFF");
}

TEST(Base64, SaysWhatIsWrong) {
  EXPECT_EQ(decoded("a!b="), "(Invalid symbol 33, offset 1.)");
  EXPECT_EQ(decoded("aGVsb"), "(Invalid input length: 5)");
  EXPECT_EQ(decoded("TQ="), "(Invalid padding)");
  EXPECT_EQ(decoded("===="), "(Invalid padding)");
  EXPECT_EQ(decoded("TR=="), "(Invalid last symbol 82, offset 1.)");
}

}  // namespace serval::base64_test
