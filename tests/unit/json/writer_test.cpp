// SPDX-License-Identifier: MIT
#include "json/writer.hpp"

#include <cstdint>
#include <limits>
#include <string>

#include <gtest/gtest.h>

namespace serval::detail::json_writer_test {

std::string python(double value) {
  std::string out;
  return append_double(out, value, FloatStyle::python) ? out : "refused";
}

std::string model(double value) {
  std::string out;
  return append_double(out, value, FloatStyle::model) ? out : "refused";
}

std::string python_float(float value) {
  std::string out;
  return append_float(out, value, FloatStyle::python) ? out : "refused";
}

TEST(AppendInt, WritesTheWholeRange) {
  std::string out;
  append_int(out, std::numeric_limits<std::int64_t>::min());
  append_int(out, 0);
  append_uint(out, std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(out, "-9223372036854775808018446744073709551615");
}

TEST(AppendDouble, KeepsThePointOfWholeNumbers) {
  EXPECT_EQ(python(1.0), "1.0");
  EXPECT_EQ(python(0.0), "0.0");
  EXPECT_EQ(python(-0.0), "-0.0");
  EXPECT_EQ(python(-12345.0), "-12345.0");
  EXPECT_EQ(model(1.0), "1.0");
  EXPECT_EQ(model(-0.0), "-0.0");
}

TEST(AppendDouble, WritesTheShortestDigits) {
  EXPECT_EQ(python(0.1), "0.1");
  EXPECT_EQ(python(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(python(35.4), "35.4");
  EXPECT_EQ(python(-1234.5678), "-1234.5678");
  EXPECT_EQ(python(123456789012345.0), "123456789012345.0");
  EXPECT_EQ(python(5e-324), "5e-324");
  EXPECT_EQ(python(1.7976931348623157e308), "1.7976931348623157e+308");
}

TEST(AppendDouble, WritesAnExponentFrom1e16On) {
  EXPECT_EQ(python(9007199254740992.0), "9007199254740992.0");
  EXPECT_EQ(python(9999999999999998.0), "9999999999999998.0");
  EXPECT_EQ(python(1e16), "1e+16");
  EXPECT_EQ(python(12345678901234567890.0), "1.2345678901234567e+19");
  EXPECT_EQ(model(9999999999999998.0), "9999999999999998.0");
  EXPECT_EQ(model(1e16), "1e+16");
  EXPECT_EQ(model(1e22), "1e+22");
}

TEST(AppendDouble, WritesSmallNumbersInPythonStyle) {
  EXPECT_EQ(python(0.001), "0.001");
  EXPECT_EQ(python(0.0001), "0.0001");
  EXPECT_EQ(python(0.00012345), "0.00012345");
  EXPECT_EQ(python(0.00001), "1e-05");
  EXPECT_EQ(python(0.000099), "9.9e-05");
  EXPECT_EQ(python(1e-7), "1e-07");
  EXPECT_EQ(python(1.5e-10), "1.5e-10");
}

TEST(AppendDouble, WritesSmallNumbersInModelStyle) {
  EXPECT_EQ(model(0.0001), "0.0001");
  EXPECT_EQ(model(0.00001), "0.00001");
  EXPECT_EQ(model(0.000099), "0.000099");
  EXPECT_EQ(model(0.000001), "1e-6");
  EXPECT_EQ(model(1e-7), "1e-7");
  EXPECT_EQ(model(-2.5e-7), "-2.5e-7");
}

TEST(AppendDouble, RefusesWhatJsonCannotSay) {
  std::string out = "kept";
  EXPECT_FALSE(append_double(out, std::numeric_limits<double>::quiet_NaN(), FloatStyle::python));
  EXPECT_FALSE(append_double(out, -std::numeric_limits<double>::infinity(), FloatStyle::model));
  EXPECT_EQ(out, "kept");
}

TEST(AppendFloat, WritesTheShortestDigitsOfAFloat) {
  EXPECT_EQ(python_float(0.1F), "0.1");
  EXPECT_EQ(python_float(3.4028235e38F), "3.4028235e+38");
  EXPECT_EQ(python_float(16777216.0F), "16777216.0");
  EXPECT_EQ(python_float(1073741824.0F), "1073741800.0");
  EXPECT_EQ(python_float(1e-5F), "1e-05");
}

TEST(AppendFloat, RefusesWhatJsonCannotSay) {
  EXPECT_EQ(python_float(std::numeric_limits<float>::infinity()), "refused");
}

}  // namespace serval::detail::json_writer_test
