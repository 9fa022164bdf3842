// SPDX-License-Identifier: MIT
#include <serval/security/constant_time.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace serval::constant_time_test {

TEST(ConstantTimeEqual, ComparesAllBytes) {
  EXPECT_TRUE(constant_time_equal("", ""));
  EXPECT_TRUE(constant_time_equal("secret", "secret"));
  EXPECT_TRUE(constant_time_equal(std::string_view("a\0b", 3), std::string_view("a\0b", 3)));
  EXPECT_FALSE(constant_time_equal(std::string_view("a\0b", 3), std::string_view("a\0c", 3)));
  const std::string secret = "0123456789abcdef";
  for (std::size_t i = 0; i < secret.size(); ++i) {
    for (const char bit : {'\x01', '\x80'}) {
      std::string sent = secret;
      sent[i] = static_cast<char>(sent[i] ^ bit);
      EXPECT_FALSE(constant_time_equal(sent, secret)) << i;
    }
  }
}

TEST(ConstantTimeEqual, RefusesOtherLengths) {
  EXPECT_FALSE(constant_time_equal("", "secret"));
  EXPECT_FALSE(constant_time_equal("secre", "secret"));
  EXPECT_FALSE(constant_time_equal("secrets", "secret"));
  EXPECT_FALSE(constant_time_equal("secret", ""));
}

}  // namespace serval::constant_time_test
