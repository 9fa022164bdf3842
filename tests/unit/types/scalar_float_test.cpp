// SPDX-License-Identifier: MIT
#include "types/scalar_float.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace serval::detail::scalar_float_test {

constexpr double infinity = std::numeric_limits<double>::infinity();

double taken(std::string_view text) {
  double value = 0;
  Fault fault;
  EXPECT_TRUE(parse_float(text, value, fault)) << text;
  EXPECT_TRUE(fault.type.empty()) << text;
  return value;
}

std::string bound(double value) {
  std::string text;
  append_bound(text, value);
  return text;
}

TEST(ParseFloat, TakesDecimalLiterals) {
  const struct {
    std::string_view text;
    double value;
  } rows[] = {{"1", 1},         {"1.5", 1.5},    {"5.", 5},
              {".5", 0.5},      {"+1", 1},       {"-.5", -0.5},
              {"1e5", 1e5},     {"1E5", 1e5},    {"1.e5", 1e5},
              {".5e1", 5},      {"1e-3", 1e-3},  {"1e+3", 1000},
              {"\t1.5\n", 1.5}, {" 1 ", 1},      {"\u00A01", 1},
              {"0.1", 0.1},     {"007.50", 7.5}, {"123456789012345678901234567890", 123456789012345678901234567890.0}};
  for (const auto& row : rows) EXPECT_EQ(taken(row.text), row.value) << row.text;
}

TEST(ParseFloat, TakesUnderscoresInside) {
  const struct {
    std::string_view text;
    double value;
  } rows[] = {{"1_0", 10}, {"1_0.5", 10.5}, {"1.5_0", 1.5}, {"1e1_0", 1e10}, {"0_0", 0}, {"1_000_000.25", 1000000.25}};
  for (const auto& row : rows) EXPECT_EQ(taken(row.text), row.value) << row.text;
  EXPECT_EQ(taken("1_" + std::string(300, '0')), 1e300);
}

TEST(ParseFloat, RefusesMisplacedUnderscores) {
  for (const std::string_view text : {"_1", "1_", "1__0", "5._", "_", " 1_0 "}) {
    double value = 0;
    Fault fault;
    EXPECT_FALSE(parse_float(text, value, fault)) << text;
    EXPECT_EQ(fault.type, "float_parsing") << text;
  }
}

TEST(ParseFloat, TakesInfinityInAnyCase) {
  for (const std::string_view text : {"inf", "+inf", "Infinity", "INF", " infinity "}) EXPECT_EQ(taken(text), infinity);
  for (const std::string_view text : {"-inf", "-iNfInItY"}) EXPECT_EQ(taken(text), -infinity);
}

TEST(ParseFloat, TakesNanInAnyCase) {
  for (const std::string_view text : {"nan", "NaN", "-nan", "+NAN", " nan "}) EXPECT_TRUE(std::isnan(taken(text)));
}

TEST(ParseFloat, MakesWhatIsTooLargeInfinite) {
  EXPECT_EQ(taken("1e400"), infinity);
  EXPECT_EQ(taken("-1e400"), -infinity);
  EXPECT_EQ(taken("1e99999999999999999999"), infinity);
  EXPECT_EQ(taken(std::string(400, '9')), infinity);
  EXPECT_EQ(taken("0." + std::string(100, '0') + "1e500"), infinity);
  EXPECT_EQ(taken("1.7976931348623159e308"), infinity);
}

TEST(ParseFloat, MakesWhatIsTooSmallZero) {
  EXPECT_EQ(taken("1e-400"), 0.0);
  EXPECT_TRUE(std::signbit(taken("-1e-400")));
  EXPECT_EQ(taken("1e-99999999999999999999"), 0.0);
  EXPECT_EQ(taken("0." + std::string(400, '0') + "1"), 0.0);
  EXPECT_EQ(taken("1" + std::string(100, '0') + "e-500"), 0.0);
}

TEST(ParseFloat, KeepsTheEndsOfTheRange) {
  EXPECT_EQ(taken("1.7976931348623157e308"), std::numeric_limits<double>::max());
  EXPECT_EQ(taken("2.2250738585072014e-308"), std::numeric_limits<double>::min());
  EXPECT_EQ(taken("4.9e-324"), std::numeric_limits<double>::denorm_min());
  EXPECT_TRUE(std::signbit(taken("-0")));
}

TEST(ParseFloat, RefusesWhatIsNoNumber) {
  for (const std::string_view text : {"",
                                      " ",
                                      "abc",
                                      "0x1p3",
                                      "0x10",
                                      "1e",
                                      "1e+",
                                      "e5",
                                      ".",
                                      "++1",
                                      "--1",
                                      "+-1",
                                      "1,5",
                                      "٣",
                                      "1 5",
                                      "1f",
                                      "nan(1)",
                                      "infinit",
                                      "i",
                                      "+",
                                      "-",
                                      "1..5",
                                      "\x1C"
                                      "1",
                                      "True"}) {
    double value = 0;
    Fault fault;
    EXPECT_FALSE(parse_float(text, value, fault)) << text;
    EXPECT_EQ(fault.type, "float_parsing") << text;
  }
}

TEST(ScanDecimal, TakesNoWordsAndNoSpaces) {
  double value = 0;
  EXPECT_TRUE(scan_decimal("-1.5e1", value));
  EXPECT_EQ(value, -15.0);
  for (const std::string_view text : {"inf", "-nan", " 1", "1 ", "1_0", "-", ""}) {
    EXPECT_FALSE(scan_decimal(text, value)) << text;
  }
}

TEST(AppendBound, DropsTheFractionOfWholeNumbers) {
  EXPECT_EQ(bound(0.0), "0");
  EXPECT_EQ(bound(1.0), "1");
  EXPECT_EQ(bound(-100.0), "-100");
  EXPECT_EQ(bound(1234567890.0), "1234567890");
}

TEST(AppendBound, WritesTheShortestDigits) {
  EXPECT_EQ(bound(1.5), "1.5");
  EXPECT_EQ(bound(0.1), "0.1");
  EXPECT_EQ(bound(-123.456), "-123.456");
}

TEST(AppendBound, NeverWritesAnExponent) {
  EXPECT_EQ(bound(1e23), "100000000000000000000000");
  EXPECT_EQ(bound(1.25e-7), "0.000000125");
  EXPECT_EQ(bound(infinity), "inf");
}

}  // namespace serval::detail::scalar_float_test
