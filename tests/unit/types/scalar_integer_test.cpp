// SPDX-License-Identifier: MIT
#include "types/scalar_integer.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

namespace serval::detail::scalar_integer_test {

Integer taken(std::string_view text) {
  Integer value;
  Fault fault;
  EXPECT_TRUE(parse_integer(text, value, fault)) << text << ": " << fault.msg;
  EXPECT_TRUE(fault.type.empty()) << text;
  return value;
}

std::string refused(std::string_view text) {
  Integer value;
  Fault fault;
  EXPECT_FALSE(parse_integer(text, value, fault)) << text;
  return std::string(fault.type);
}

std::string refused(double number) {
  Integer value;
  Fault fault;
  EXPECT_FALSE(integer_from_double(number, value, fault)) << number;
  return std::string(fault.type);
}

TEST(ParseInteger, TakesSignsZerosSpacesUnderscoresAndZeroFractions) {
  const struct {
    std::string_view text;
    std::int64_t value;
  } rows[] = {{"1", 1},       {"-1", -1},    {"+1", 1},    {"01", 1},      {" 1 ", 1},           {"1_000", 1000},
              {"1.0", 1},     {"-0", 0},     {"0", 0},     {"00", 0},      {"-0.0", 0},          {"+0.0", 0},
              {"-01", -1},    {"1.000", 1},  {"0_1", 1},   {"0_0", 0},     {"1_0.0", 10},        {"+1_000.00", 1000},
              {"\t-1\n", -1}, {" +1.0 ", 1}, {"1_0 ", 10}, {"\u00A01", 1}, {"\u20031\u2003", 1}, {"1_000_0", 10000},
              {"000_1", 1}};
  for (const auto& row : rows) EXPECT_EQ(taken(row.text), Integer::of(row.value)) << row.text;
}

TEST(ParseInteger, RefusesWhatIsNoInteger) {
  for (const std::string_view text : {"1.5",
                                      "1e3",
                                      "",
                                      "abc",
                                      "0x10",
                                      "1,5",
                                      "1.",
                                      ".0",
                                      "1__0",
                                      "_1",
                                      "1_",
                                      "+-1",
                                      "-+1",
                                      "--1",
                                      "++1",
                                      "٣",
                                      "１",
                                      "1 .0",
                                      "1. 0",
                                      "1.00_0",
                                      "1_.0",
                                      "1._0",
                                      "- 1",
                                      "1 0",
                                      "-_1",
                                      "-",
                                      "+",
                                      " ",
                                      "-.0",
                                      "1.0.0",
                                      "1.0e0",
                                      "1.0_",
                                      "_",
                                      "1 _0",
                                      "\x1C"
                                      "1",
                                      "\uFEFF1",
                                      "0__1",
                                      "0-5",
                                      "inf",
                                      "true",
                                      "1\n2"}) {
    EXPECT_EQ(refused(text), "int_parsing") << text;
  }
}

TEST(ParseInteger, RefusesAZeroByte) { EXPECT_EQ(refused(std::string_view("1\0", 2)), "int_parsing"); }

TEST(ParseInteger, KeepsAllOf64Bits) {
  EXPECT_EQ(taken("9223372036854775807"), Integer::of(std::numeric_limits<std::int64_t>::max()));
  EXPECT_EQ(taken("-9223372036854775808"), Integer::of(std::numeric_limits<std::int64_t>::min()));
  EXPECT_EQ(taken("18446744073709551615"), Integer::of_unsigned(std::numeric_limits<std::uint64_t>::max()));
  EXPECT_EQ(taken("-18446744073709551615"), (Integer{std::numeric_limits<std::uint64_t>::max(), true, false}));
}

TEST(ParseInteger, KnowsTheSignOfWhatIsBeyond64Bits) {
  EXPECT_EQ(taken("18446744073709551616"), (Integer{0, false, true}));
  EXPECT_EQ(taken("-18446744073709551616"), (Integer{0, true, true}));
  EXPECT_EQ(taken("100_000_000_000_000_000_000.0"), (Integer{0, false, true}));
}

TEST(ParseInteger, ReadsEveryLengthAlike) {
  std::uint64_t expected = 0;
  std::string text;
  for (int length = 1; length <= 19; ++length) {
    expected = expected * 10 + 9;
    text += '9';
    EXPECT_EQ(taken(text), Integer::of_unsigned(expected)) << text;
  }
}

TEST(ParseInteger, BoundsTheNumberOfDigits) {
  EXPECT_TRUE(taken(std::string(4300, '1')).beyond);
  EXPECT_TRUE(taken(std::string(4300, '1') + ".0").beyond);
  EXPECT_EQ(refused(std::string(4301, '1')), "int_parsing_size");
  EXPECT_EQ(refused(' ' + std::string(4301, '1')), "int_parsing_size");
  EXPECT_EQ(refused(std::string(4301, '1') + ".0"), "int_parsing_size");
}

TEST(ParseInteger, CountsTheMinusAsADigitOfThatBound) {
  EXPECT_TRUE(taken('-' + std::string(4299, '1')).beyond);
  EXPECT_EQ(refused('-' + std::string(4300, '1')), "int_parsing_size");
}

TEST(ParseInteger, DoesNotCountWhatIsNoDigitOrMeansNothing) {
  EXPECT_EQ(taken(std::string(5000, '0')), Integer::of(0));
  EXPECT_EQ(taken(std::string(5000, ' ') + "1"), Integer::of(1));
  EXPECT_EQ(taken("1." + std::string(5000, '0')), Integer::of(1));
  EXPECT_EQ(refused(std::string(5000, 'x')), "int_parsing");
}

TEST(IntegerAs, ChecksTheRangeOfEachType) {
  EXPECT_EQ(Integer::of(127).as<std::int8_t>(), std::int8_t{127});
  EXPECT_EQ(Integer::of(128).as<std::int8_t>(), std::nullopt);
  EXPECT_EQ(Integer::of(-128).as<std::int8_t>(), std::int8_t{-128});
  EXPECT_EQ(Integer::of(-129).as<std::int8_t>(), std::nullopt);
  EXPECT_EQ(Integer::of(255).as<std::uint8_t>(), std::uint8_t{255});
  EXPECT_EQ(Integer::of(-1).as<std::uint8_t>(), std::nullopt);
  EXPECT_EQ(Integer::of(0).as<std::uint64_t>(), 0u);
}

TEST(IntegerAs, ReachesBothEndsOf64Bits) {
  constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
  EXPECT_EQ(Integer::of(lowest).as<std::int64_t>(), lowest);
  EXPECT_EQ((Integer{(std::uint64_t{1} << 63) + 1, true, false}).as<std::int64_t>(), std::nullopt);
  EXPECT_EQ(Integer::of_unsigned(std::uint64_t{1} << 63).as<std::int64_t>(), std::nullopt);
  EXPECT_EQ(Integer::of_unsigned(~std::uint64_t{0}).as<std::uint64_t>(), ~std::uint64_t{0});
}

TEST(IntegerAs, HasNoValueForWhatIsBeyond) { EXPECT_EQ((Integer{0, false, true}).as<std::uint64_t>(), std::nullopt); }

TEST(IntegerFromDouble, TakesWholeNumbers) {
  for (const double number : {0.0, -0.0, 1.0, -7.0, 1e18, 9223372036854774784.0, -9223372036854774784.0}) {
    Integer value;
    Fault fault;
    ASSERT_TRUE(integer_from_double(number, value, fault)) << number;
    EXPECT_EQ(value, Integer::of(static_cast<std::int64_t>(number)));
  }
}

TEST(IntegerFromDouble, RefusesFractions) {
  EXPECT_EQ(refused(1.5), "int_from_float");
  EXPECT_EQ(refused(-1e-9), "int_from_float");
}

TEST(IntegerFromDouble, RefusesWhatIsBeyond64Bits) {
  EXPECT_EQ(refused(9223372036854775808.0), "int_parsing_size");
  EXPECT_EQ(refused(-9223372036854775808.0), "int_parsing_size");
  EXPECT_EQ(refused(1e300), "int_parsing_size");
}

TEST(IntegerFromDouble, RefusesWhatIsNotFinite) {
  EXPECT_EQ(refused(std::nan("")), "finite_number");
  EXPECT_EQ(refused(INFINITY), "finite_number");
}

}  // namespace serval::detail::scalar_integer_test
