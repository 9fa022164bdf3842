// SPDX-License-Identifier: MIT
#include "types/scalar_bool.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace serval::detail::scalar_bool_test {

bool taken(std::string_view text) {
  bool value = false;
  Fault fault;
  EXPECT_TRUE(parse_bool(text, value, fault)) << text;
  return value;
}

std::string from_double(double number) {
  bool value = false;
  Fault fault;
  if (!bool_from_double(number, value, fault)) return std::string(fault.type);
  return value ? "true" : "false";
}

std::string from_integer(const Integer& number) {
  bool value = false;
  Fault fault;
  if (!bool_from_integer(number, value, fault)) return std::string(fault.type);
  return value ? "true" : "false";
}

TEST(ParseBool, TakesTheWordsOfTruthInAnyCase) {
  for (const std::string_view text : {"true", "1", "on", "yes", "y", "t", "TRUE", "tRuE", "ON", "Y"}) {
    EXPECT_TRUE(taken(text)) << text;
  }
}

TEST(ParseBool, TakesTheWordsOfFalsehoodInAnyCase) {
  for (const std::string_view text : {"false", "0", "off", "no", "n", "f", "FALSE", "Off", "N"}) {
    EXPECT_FALSE(taken(text)) << text;
  }
}

TEST(ParseBool, RefusesEverythingElse) {
  for (const std::string_view text : {"", "2", "1.0", " true", "true ", "00", "enable", "tr", "-1"}) {
    bool value = false;
    Fault fault;
    EXPECT_FALSE(parse_bool(text, value, fault)) << text;
    EXPECT_EQ(fault.type, "bool_parsing") << text;
  }
}

TEST(BoolFromInteger, TakesZeroAndOneOnly) {
  EXPECT_EQ(from_integer(Integer::of(0)), "false");
  EXPECT_EQ(from_integer(Integer::of(1)), "true");
  EXPECT_EQ(from_integer(Integer::of(2)), "bool_parsing");
  EXPECT_EQ(from_integer(Integer::of(-1)), "bool_parsing");
  EXPECT_EQ(from_integer({0, false, true}), "bool_parsing");
}

TEST(BoolFromDouble, TakesZeroAndOneOnly) {
  EXPECT_EQ(from_double(0.0), "false");
  EXPECT_EQ(from_double(-0.0), "false");
  EXPECT_EQ(from_double(1.0), "true");
}

TEST(BoolFromDouble, TellsOtherWholeNumbersFromTheRest) {
  EXPECT_EQ(from_double(2.0), "bool_parsing");
  EXPECT_EQ(from_double(0.5), "bool_type");
  EXPECT_EQ(from_double(1e300), "bool_type");
  EXPECT_EQ(from_double(std::nan("")), "bool_type");
}

}  // namespace serval::detail::scalar_bool_test
