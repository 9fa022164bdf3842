// SPDX-License-Identifier: MIT
#include "types/scalar_datetime.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace serval::detail::scalar_date_test {

constexpr std::string_view from_datetime_prefix = "Input should be a valid date or datetime, ";
constexpr std::string_view date_prefix = "Input should be a valid date in the format YYYY-MM-DD, ";

/// Returns the date, or the type of the fault.
std::string read(std::string_view text) {
  std::chrono::year_month_day value;
  Fault fault;
  return parse_date(text, value, fault) ? schema::to_iso_string(value) : std::string(fault.type);
}

std::string from(double number) {
  std::chrono::year_month_day value;
  Fault fault;
  return date_from_double(number, value, fault) ? schema::to_iso_string(value) : std::string(fault.type);
}

std::string from(std::int64_t number) {
  std::chrono::year_month_day value;
  Fault fault;
  return date_from_integer(Integer::of(number), value, fault) ? schema::to_iso_string(value) : std::string(fault.type);
}

std::string error_of(std::string_view text) {
  std::chrono::year_month_day value;
  Fault fault;
  EXPECT_FALSE(parse_date(text, value, fault)) << text;
  EXPECT_EQ(fault.type, "date_from_datetime_parsing") << text;
  return fault.msg.substr(from_datetime_prefix.size());
}

/// Returns the error of a time of day, which a datetime shows here.
std::string time_error_of(std::string_view time) { return error_of("2020-01-02T" + std::string(time)); }

TEST(ParseDate, TakesDates) {
  EXPECT_EQ(read("2020-02-29"), "2020-02-29");
  EXPECT_EQ(read("0001-01-01"), "0001-01-01");
  EXPECT_EQ(read("9999-12-31"), "9999-12-31");
}

TEST(ParseDate, TakesDatetimesAtMidnightWhateverTheZone) {
  EXPECT_EQ(read("2020-01-02T00:00:00Z"), "2020-01-02");
  EXPECT_EQ(read("2020-01-02 00:00"), "2020-01-02");
  EXPECT_EQ(read("2020-01-02T00:00+05:00"), "2020-01-02");
}

TEST(ParseDate, TakesUnixTimesAtMidnight) {
  EXPECT_EQ(read("1577836800"), "2020-01-01");
  EXPECT_EQ(read("1577836800.0"), "2020-01-01");
  EXPECT_EQ(read("1577836800000"), "2020-01-01");
  EXPECT_EQ(read("-86400"), "1969-12-31");
}

TEST(ParseDate, RefusesOtherTimesAsInexact) {
  for (const std::string_view text :
       {"2020-01-02T00:00:00.000001", "2020-01-02T03:04Z", "1577836801", "1577836800.5"}) {
    EXPECT_EQ(read(text), "date_from_datetime_inexact") << text;
  }
}

TEST(ParseDate, RefusesYearZero) {
  for (const std::string_view text : {"0000-01-01", "0000-01-01T00:00", "-62167219200000"}) {
    EXPECT_EQ(read(text), "date_parsing") << text;
  }
  EXPECT_EQ(read("0000-01-01T00:01"), "date_from_datetime_inexact");
}

TEST(ParseDate, MessagesOfYearZeroAndOfInexactTimes) {
  std::chrono::year_month_day value;
  Fault fault;
  ASSERT_FALSE(parse_date("0000-01-01", value, fault));
  EXPECT_EQ(fault.msg, std::string(date_prefix) + "year 0 is out of range");
  EXPECT_EQ(fault.ctx, R"({"error":"year 0 is out of range"})");
  ASSERT_FALSE(parse_date("2020-01-02T03:04Z", value, fault));
  EXPECT_EQ(fault.msg, "Datetimes provided to dates should have zero time - e.g. be exact dates");
  EXPECT_EQ(fault.ctx, "");
}

TEST(ParseDate, TellsWhatTheDatetimeAttemptMet) {
  const struct {
    std::string_view text;
    std::string_view error;
  } rows[] = {
      {"", "input is too short"},
      {"2020-1-2", "input is too short"},
      {"2020-01-02T", "input is too short"},
      {"not a date", "invalid character in year"},
      {"2020-0x-01", "invalid character in month"},
      {"2020-01-0x", "invalid character in day"},
      {"2020/01/02", "invalid date separator, expected `-`"},
      {"2020-13-01", "month value is outside expected range of 1-12"},
      {"2021-02-29", "day value is outside expected range"},
      {"2023-01-01x", "invalid datetime separator, expected `T`, `t`, `_` or space"},
      {"253402300800000", "dates after 9999 are not supported as unix timestamps"},
      {"-99999999999999", "dates before 0000 are not supported as unix timestamps"},
      {"253402300800000.5", "dates after 9999 are not supported as unix timestamps"},
  };
  for (const auto& row : rows) EXPECT_EQ(error_of(row.text), row.error) << row.text;
}

TEST(ParseDate, TellsWhatIsWrongWithATime) {
  const struct {
    std::string_view time;
    std::string_view error;
  } rows[] = {
      {"1:00", "input is too short"},
      {"x1:00", "invalid character in hour"},
      {"01-00", "invalid time separator, expected `:`"},
      {"01:x0", "invalid character in minute"},
      {"24:00", "hour value is outside expected range of 0-23"},
      {"24:60", "hour value is outside expected range of 0-23"},
      {"24:xx", "invalid character in minute"},
      {"01:60", "minute value is outside expected range of 0-59"},
      {"01:00:0", "invalid character in second"},
      {"01:00:60", "second value is outside expected range of 0-59"},
      {"01:00:00.", "second fraction digits missing after `.`"},
      {"01:00:00.Z", "second fraction digits missing after `.`"},
      {"01:00x", "invalid timezone sign"},
      {"01:00 ", "invalid timezone sign"},
      {"01:00+x", "invalid timezone hour"},
      {"01:00+1", "invalid timezone hour"},
      {"01:00+01", "invalid timezone minute"},
      {"01:00+01:0", "invalid timezone minute"},
      {"01:00+0160", "timezone minute value is outside expected range of 0-59"},
      {"01:00+24:00", "timezone offset must be less than 24 hours"},
      {"01:00Zx", "unexpected extra characters at the end of the input"},
      {"01:00+01:00x", "unexpected extra characters at the end of the input"},
      {"01:00\xE2\x88", "invalid timezone sign"},
  };
  for (const auto& row : rows) EXPECT_EQ(time_error_of(row.time), row.error) << row.time;
}

TEST(DateFromNumber, TakesUnixTimesAtMidnight) {
  EXPECT_EQ(from(std::int64_t{1577836800}), "2020-01-01");
  EXPECT_EQ(from(1577836800.0), "2020-01-01");
  EXPECT_EQ(from(-62135596800000.0), "0001-01-01");
}

TEST(DateFromNumber, RefusesTheRest) {
  EXPECT_EQ(from(std::int64_t{1577836801}), "date_from_datetime_inexact");
  EXPECT_EQ(from(0.5), "date_from_datetime_inexact");
  EXPECT_EQ(from(1e18), "date_from_datetime_parsing");
  EXPECT_EQ(from(std::nan("")), "date_from_datetime_parsing");
  EXPECT_EQ(from(std::int64_t{-62167219200000}), "date_parsing");
}

}  // namespace serval::detail::scalar_date_test
