// SPDX-License-Identifier: MIT
#include "types/scalar_datetime.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace serval::detail::scalar_time_test {

constexpr std::string_view prefix = "Input should be in a valid time format, ";

/// Returns the time, or the error without its prefix.
std::string outcome(bool ok, const TimeOfDay& value, const Fault& fault) {
  if (ok) return value.to_string();
  EXPECT_EQ(fault.type, "time_parsing");
  EXPECT_EQ(fault.msg.substr(0, prefix.size()), prefix);
  return fault.msg.substr(prefix.size());
}

std::string read(std::string_view text) {
  TimeOfDay value;
  Fault fault;
  const bool ok = parse_time(text, value, fault);
  return outcome(ok, value, fault);
}

std::string from(double number) {
  TimeOfDay value;
  Fault fault;
  const bool ok = time_from_double(number, value, fault);
  return outcome(ok, value, fault);
}

std::string from(const Integer& number) {
  TimeOfDay value;
  Fault fault;
  const bool ok = time_from_integer(number, value, fault);
  return outcome(ok, value, fault);
}

TEST(ParseTime, TakesTimesWithAndWithoutSecondsAndZone) {
  EXPECT_EQ(read("12:30"), "12:30:00");
  EXPECT_EQ(read("12:30:01.5"), "12:30:01.500000");
  EXPECT_EQ(read("12:30:01,5"), "12:30:01.500000");
  EXPECT_EQ(read("12:30:01.123456789Z"), "12:30:01.123456Z");
  EXPECT_EQ(read("00:00z"), "00:00:00Z");
  EXPECT_EQ(read("23:59:59.999999+0130"), "23:59:59.999999+01:30");
  EXPECT_EQ(read("12:30-05:00"), "12:30:00-05:00");
}

TEST(ParseTime, TakesNoNumbers) {
  EXPECT_EQ(read("3600"), "input is too short");
  EXPECT_EQ(read("86399"), "invalid time separator, expected `:`");
}

TEST(ParseTime, RefusesWhatIsNoTime) {
  EXPECT_EQ(read(""), "input is too short");
  EXPECT_EQ(read("1:30:00"), "invalid character in hour");
  EXPECT_EQ(read("25:00"), "hour value is outside expected range of 0-23");
  EXPECT_EQ(read("12:60"), "minute value is outside expected range of 0-59");
  EXPECT_EQ(read("12:30 "), "invalid timezone sign");
  EXPECT_EQ(read("12:30+25:00"), "timezone offset must be less than 24 hours");
}

TEST(TimeFromNumber, TakesSecondsOfTheDayInUtc) {
  EXPECT_EQ(from(Integer::of(0)), "00:00:00Z");
  EXPECT_EQ(from(Integer::of(86399)), "23:59:59Z");
  EXPECT_EQ(from(1.5), "00:00:01.500000Z");
  EXPECT_EQ(from(86399.999999), "23:59:59.999999Z");
}

TEST(TimeFromNumber, RefusesTheRest) {
  EXPECT_EQ(from(Integer::of(-1)), "time in seconds should be positive");
  EXPECT_EQ(from(Integer{0, true, true}), "time in seconds should be positive");
  EXPECT_EQ(from(Integer::of(86400)), "numeric times may not exceed 86,399 seconds");
  EXPECT_EQ(from(Integer{0, false, true}), "numeric times may not exceed 86,399 seconds");
  EXPECT_EQ(from(-0.5), "time in seconds should be positive");
  EXPECT_EQ(from(86399.9999999), "numeric times may not exceed 86,399 seconds");
  EXPECT_EQ(from(INFINITY), "numeric times may not exceed 86,399 seconds");
  EXPECT_EQ(from(std::nan("")), "NaN values not permitted");
}

}  // namespace serval::detail::scalar_time_test
