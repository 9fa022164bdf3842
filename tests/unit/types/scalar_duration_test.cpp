// SPDX-License-Identifier: MIT
#include "types/scalar_duration.hpp"

#include <serval/types/datetime.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace serval::detail::scalar_duration_test {

using std::chrono::microseconds;

constexpr std::string_view prefix = "Input should be a valid timedelta, ";

struct Row {
  std::string_view text;
  std::string_view outcome;
};

/// Returns the duration as ISO 8601, or the error without its prefix.
std::string outcome(bool ok, microseconds value, const Fault& fault) {
  EXPECT_EQ(ok, fault.type.empty());
  if (ok) return schema::to_iso_string(value);
  EXPECT_EQ(fault.type, "time_delta_parsing");
  EXPECT_EQ(fault.msg.substr(0, prefix.size()), prefix);
  return fault.msg.substr(prefix.size());
}

std::string read(std::string_view text) {
  microseconds value{};
  Fault fault;
  const bool ok = parse_duration(text, value, fault);
  return outcome(ok, value, fault);
}

std::string from(double number) {
  microseconds value{};
  Fault fault;
  const bool ok = duration_from_double(number, value, fault);
  return outcome(ok, value, fault);
}

std::string from(const Integer& number) {
  microseconds value{};
  Fault fault;
  const bool ok = duration_from_integer(number, value, fault);
  return outcome(ok, value, fault);
}

TEST(ParseDuration, TakesIsoDurations) {
  const Row rows[] = {{"P1DT2H", "P1DT2H"}, {"-P1D", "-P1D"},    {"+P1D", "P1D"},
                      {"P1W", "P7D"},       {"P1Y", "P1Y"},      {"P1M", "P30D"},
                      {"PT1M", "PT1M"},     {"P1DT", "P1D"},     {"P0D", "PT0S"},
                      {"P1D1D", "P2D"},     {"P1M1Y", "P1Y30D"}, {"P1Y2M3W4DT5H6M7.89S", "P1Y85DT5H6M7.89S"},
                      {"PT90M", "PT1H30M"}, {"PT86400S", "P1D"}, {"-P1DT2H3.5S", "-P1DT2H3.5S"}};
  for (const Row& row : rows) EXPECT_EQ(read(row.text), row.outcome) << row.text;
}

TEST(ParseDuration, TakesAFractionInTheLastQuantity) {
  const Row rows[] = {{"P1.5D", "P1DT12H"},
                      {"P1,5D", "P1DT12H"},
                      {"P1.D", "P1D"},
                      {"PT0.5S", "PT0.5S"},
                      {"PT0.1234567S", "PT0.123457S"},
                      {"PT0.9999999S", "PT1S"},
                      {"P1.123W", "P7DT20H39M50.4S"},
                      {"P0.5M", "P15D"},
                      {"P0.1Y", "P36DT12H"},
                      {"PT1.1H", "PT1H6M"},
                      {"PT00.30S", "PT0.3S"}};
  for (const Row& row : rows) EXPECT_EQ(read(row.text), row.outcome) << row.text;
  EXPECT_EQ(read("PT0." + std::string(1000, '9') + "S"), "PT1S");
}

TEST(ParseDuration, RefusesAFractionElsewhere) {
  for (const std::string_view text : {"P1.5D2H", "P1.5DT1H", "PT1.5H2M"}) {
    EXPECT_EQ(read(text), "quantity fraction invalid in duration") << text;
  }
}

TEST(ParseDuration, TakesHoursMinutesSeconds) {
  const Row rows[] = {{"01:02", "PT1H2M"},   {"01:02:03.4567891", "PT1H2M3.456789S"},
                      {"-01:02", "-PT1H2M"}, {"+01:00", "PT1H"},
                      {"1:00:00", "PT1H"},   {"0:00:00", "PT0S"},
                      {"24:00", "P1D"},      {"100:00", "P4DT4H"},
                      {"001:02", "PT1H2M"},  {"2400000000:00", "P273972Y220D"}};
  for (const Row& row : rows) EXPECT_EQ(read(row.text), row.outcome) << row.text;
}

TEST(ParseDuration, TakesDaysWithAndWithoutTime) {
  const Row rows[] = {{"10d", "P10D"},
                      {"10D", "P10D"},
                      {"10 d", "P10D"},
                      {"10 days", "P10D"},
                      {"10day", "P10D"},
                      {"10 DAYS 00:00", "P10D"},
                      {"10 Day, 01:02", "P10DT1H2M"},
                      {"10 d,01:02", "P10DT1H2M"},
                      {"10d01:02", "P10DT1H2M"},
                      {"-10d 01:02:03.5", "-P10DT1H2M3.5S"},
                      {"1d 1:00:00", "P1DT1H"},
                      {"10d,", "P10D"},
                      {"10 days, ", "P10D"}};
  for (const Row& row : rows) EXPECT_EQ(read(row.text), row.outcome) << row.text;
}

TEST(ParseDuration, TellsWhatIsWrongWithAnIsoDuration) {
  const Row rows[] = {{"", "input is too short"},
                      {"-", "input is too short"},
                      {"P", "input is too short"},
                      {"-P", "input is too short"},
                      {"PT", "input is too short"},
                      {"PX", "invalid digit in duration"},
                      {"P.5D", "invalid digit in duration"},
                      {"P-1D", "invalid digit in duration"},
                      {"P1D ", "invalid digit in duration"},
                      {"P1", "quantity invalid in date part of duration"},
                      {"P1H", "quantity invalid in date part of duration"},
                      {"P1d", "quantity invalid in date part of duration"},
                      {"PT1", "quantity invalid in time part of duration"},
                      {"PT1D", "quantity invalid in time part of duration"},
                      {"PTT1H", "`t` character repeated in duration"},
                      {"PT1HT", "`t` character repeated in duration"}};
  for (const Row& row : rows) EXPECT_EQ(read(row.text), row.outcome) << row.text;
}

TEST(ParseDuration, TellsWhatIsWrongWithDays) {
  constexpr std::string_view word = "\"day\" identifier in duration not correctly formatted";
  const Row rows[] = {{"x", "invalid digit in duration"},
                      {"p1d", "invalid digit in duration"},
                      {" 1d", "invalid digit in duration"},
                      {"10", word},
                      {"3600", word},
                      {"10 da", word},
                      {"10 x", word},
                      {"10 dAys", word},
                      {"1.5 days", word},
                      {"1dx", "input is too short"},
                      {"10 days 1:02", "input is too short"},
                      {"10 days,  01:02", "invalid character in hour"},
                      {"1d +1:00", "invalid character in hour"},
                      {"10 days, 25:00", "durations may not exceed 999,999,999 hours"},
                      {"10 days, 25:60", "minute value is outside expected range of 0-59"},
                      {"10 days 01:02Z", "unexpected extra characters at the end of the input"}};
  for (const Row& row : rows) EXPECT_EQ(read(row.text), row.outcome) << row.text;
}

TEST(ParseDuration, TellsWhatIsWrongWithATime) {
  const Row rows[] = {{"12345", "invalid character in hour"},
                      {"a2:34", "invalid character in hour"},
                      {"1234:", "input is too short"},
                      {"12:xx", "invalid character in minute"},
                      {"01:60", "minute value is outside expected range of 0-59"},
                      {"12:34:5", "invalid character in second"},
                      {"01:02:60", "second value is outside expected range of 0-59"},
                      {"01:02:03.", "second fraction digits missing after `.`"},
                      {"01:02Z", "unexpected extra characters at the end of the input"},
                      {"01:02:03.12345678x", "unexpected extra characters at the end of the input"}};
  for (const Row& row : rows) EXPECT_EQ(read(row.text), row.outcome) << row.text;
}

TEST(ParseDuration, BoundsItsQuantities) {
  const Row rows[] = {{"P4294967296D", "a numeric value in the duration is too large"},
                      {"P20000000Y", "a numeric value in the duration is too large"},
                      {"PT4294967295S1S", "a numeric value in the duration is too large"},
                      {"PT1193047H", "a numeric value in the duration is too large"},
                      {"P1000000000D", "durations may not exceed 999,999,999 days"},
                      {"1000000000d", "durations may not exceed 999,999,999 days"},
                      {"2400000001:00", "durations may not exceed 999,999,999 hours"},
                      {"99999999999:00", "durations may not exceed 999,999,999 hours"},
                      {"PT4294967295S", "P136Y70DT6H28M15S"}};
  for (const Row& row : rows) EXPECT_EQ(read(row.text), row.outcome) << row.text;
}

TEST(ParseDuration, RefusesWhatMicrosecondsCannotCount) {
  EXPECT_EQ(read("P106751990DT23H59M59.999999S"), "P292471Y75DT23H59M59.999999S");
  EXPECT_EQ(read("P106751991DT4H54.775807S"), "P292471Y76DT4H54.775807S");
  EXPECT_EQ(read("-P106751991DT4H54.775808S"), "-P292471Y76DT4H54.775808S");
  EXPECT_EQ(read("P106751991DT4H54.775808S"), "a numeric value in the duration is too large");
  EXPECT_EQ(read("-P106751991DT4H54.775809S"), "a numeric value in the duration is too large");
  EXPECT_EQ(read("-P999999999D"), "a numeric value in the duration is too large");
}

TEST(DurationFromNumber, TakesSeconds) {
  EXPECT_EQ(from(Integer::of(3600)), "PT1H");
  EXPECT_EQ(from(Integer::of(-1)), "-PT1S");
  EXPECT_EQ(from(0.5), "PT0.5S");
  EXPECT_EQ(from(-90061.5), "-P1DT1H1M1.5S");
  EXPECT_EQ(from(86399.9999999), "P1D");
  EXPECT_EQ(from(1e-7), "PT0S");
}

TEST(DurationFromNumber, RefusesTheRest) {
  constexpr std::string_view days = "durations may not exceed 999,999,999 days";
  EXPECT_EQ(from(Integer::of(86'400'000'000'000)), days);
  EXPECT_EQ(from(Integer{0, true, true}), days);
  EXPECT_EQ(from(8.64e13), days);
  EXPECT_EQ(from(-INFINITY), days);
  EXPECT_EQ(from(std::nan("")), "NaN values not permitted");
  EXPECT_EQ(from(Integer::of(86'399'999'913'600)), "a numeric value in the duration is too large");
}

}  // namespace serval::detail::scalar_duration_test
