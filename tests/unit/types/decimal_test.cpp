// SPDX-License-Identifier: MIT
#include <serval/types/decimal.hpp>

#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace decimal_test {

using namespace serval;

std::string read(std::string_view text) { return Decimal(text).to_string(); }

TEST(Decimal, KeepsItsDigits) {
  EXPECT_EQ(read("1.10"), "1.10");
  EXPECT_EQ(read(" -0.00 "), "-0.00");
  EXPECT_EQ(read("+001.5"), "1.5");
  EXPECT_EQ(read(".5"), "0.5");
  EXPECT_EQ(read("5."), "5");
  EXPECT_EQ(read("1_000.000_1"), "1000.0001");
  EXPECT_EQ(read("123456789012345678901234567890.123"), "123456789012345678901234567890.123");
}

TEST(Decimal, WritesExponentsAsPythonDoes) {
  EXPECT_EQ(read("1e5"), "1E+5");
  EXPECT_EQ(read("12e3"), "1.2E+4");
  EXPECT_EQ(read("1e-6"), "0.000001");
  EXPECT_EQ(read("1e-7"), "1E-7");
  EXPECT_EQ(read("123E-2"), "1.23");
  EXPECT_EQ(read("0e3"), "0E+3");
}

TEST(Decimal, RefusesOtherTexts) {
  for (const char* text : {"", ".", "abc", "1__0", "_1", "1_", "1e", "1e+", "--1", "1,5", "0x1", "1e99999999999999"})
    EXPECT_THROW(Decimal{text}, std::invalid_argument) << text;
  EXPECT_THROW(Decimal("NaN"), std::invalid_argument);
  EXPECT_THROW(Decimal("NaN1"), std::invalid_argument);
}

TEST(Decimal, ComparesByValue) {
  EXPECT_EQ(Decimal("1.10"), Decimal("1.1"));
  EXPECT_EQ(Decimal("0.0"), Decimal("-0e9"));
  EXPECT_EQ(Decimal("1e3"), Decimal(1000));
  EXPECT_LT(Decimal("-2"), Decimal("-1.999"));
  EXPECT_LT(Decimal("9.99"), Decimal("10"));
  EXPECT_GT(Decimal("1e999999999999"), Decimal("9e999999999998"));
  EXPECT_LT(Decimal("-1"), Decimal("0"));
  EXPECT_LT(Decimal("1.0001"), Decimal("1.001"));
}

TEST(Decimal, IsWhatItWasMadeOf) {
  EXPECT_EQ(Decimal(-17).to_string(), "-17");
  EXPECT_EQ(Decimal(std::int64_t{-9223372036854775807} - 1).to_string(), "-9223372036854775808");
  EXPECT_EQ(Decimal().to_string(), "0");
  EXPECT_EQ(Decimal("-1.25").to_double(), -1.25);
}

}  // namespace decimal_test
