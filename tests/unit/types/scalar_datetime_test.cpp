// SPDX-License-Identifier: MIT
#include "types/scalar_datetime.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace serval::detail::scalar_datetime_test {

constexpr std::string_view from_date_prefix = "Input should be a valid datetime or date, ";
constexpr std::string_view datetime_prefix = "Input should be a valid datetime, ";
constexpr std::string_view beyond_9999 = "dates after 9999 are not supported as unix timestamps";
constexpr std::string_view before_0000 = "dates before 0000 are not supported as unix timestamps";

struct Outcome {
  std::string text;  ///< the value as ISO 8601; empty if it was refused
  std::string type;
  std::string error;  ///< the message without its prefix
};

Outcome outcome(bool ok, const DateTime& value, const Fault& fault) {
  EXPECT_EQ(ok, fault.type.empty());
  if (ok) return {value.to_string(), "", ""};
  const std::string_view prefix = fault.type == "datetime_parsing" ? datetime_prefix : from_date_prefix;
  EXPECT_EQ(fault.msg.substr(0, prefix.size()), prefix);
  return {"", std::string(fault.type), fault.msg.substr(prefix.size())};
}

Outcome read(std::string_view text) {
  DateTime value;
  Fault fault;
  const bool ok = parse_datetime(text, value, fault);
  return outcome(ok, value, fault);
}

Outcome from(double number) {
  DateTime value;
  Fault fault;
  const bool ok = datetime_from_double(number, value, fault);
  return outcome(ok, value, fault);
}

Outcome from(const Integer& number) {
  DateTime value;
  Fault fault;
  const bool ok = datetime_from_integer(number, value, fault);
  return outcome(ok, value, fault);
}

std::string error_of(std::string_view text) {
  const Outcome result = read(text);
  EXPECT_EQ(result.type, "datetime_from_date_parsing") << text;
  return result.error;
}

TEST(ParseDatetime, TakesEachSeparator) {
  for (const std::string_view text :
       {"2020-01-02T03:04:05", "2020-01-02t03:04:05", "2020-01-02_03:04:05", "2020-01-02 03:04:05"}) {
    EXPECT_EQ(read(text).text, "2020-01-02T03:04:05");
  }
}

TEST(ParseDatetime, SecondsMayBeLeftOut) { EXPECT_EQ(read("2020-01-02T03:04Z").text, "2020-01-02T03:04:00Z"); }

TEST(ParseDatetime, TakesFractionsAfterPointOrComma) {
  EXPECT_EQ(read("2020-01-02T03:04:05.5").text, "2020-01-02T03:04:05.500000");
  EXPECT_EQ(read("2020-01-02T03:04:05,000600").text, "2020-01-02T03:04:05.000600");
}

TEST(ParseDatetime, CutsFractionsBeyondTheMicrosecond) {
  EXPECT_EQ(read("2020-01-02T03:04:05.1234567Z").text, "2020-01-02T03:04:05.123456Z");
  EXPECT_EQ(read("2020-01-02T03:04:05.9999999999999Z").text, "2020-01-02T03:04:05.999999Z");
}

TEST(ParseDatetime, KeepsTheZone) {
  EXPECT_EQ(read("2020-01-02T03:04:05z").text, "2020-01-02T03:04:05Z");
  EXPECT_EQ(read("2020-01-02T03:04:05-00:00").text, "2020-01-02T03:04:05Z");
  EXPECT_EQ(read("2020-01-02T03:04:05+05:30").text, "2020-01-02T03:04:05+05:30");
  EXPECT_EQ(read("2020-01-02T03:04:05-0800").text, "2020-01-02T03:04:05-08:00");
  EXPECT_EQ(read("2020-01-02T03:04:05+23:59").text, "2020-01-02T03:04:05+23:59");
  EXPECT_EQ(read("2020-01-02T03:04:05\u221205:00").text, "2020-01-02T03:04:05-05:00");
}

TEST(ParseDatetime, ABareDateIsMidnight) { EXPECT_EQ(read("2020-01-02").text, "2020-01-02T00:00:00"); }

TEST(ParseDatetime, TakesYearsOneTo9999) {
  EXPECT_EQ(read("0001-01-01T00:00").text, "0001-01-01T00:00:00");
  EXPECT_EQ(read("9999-12-31T23:59:59.999999-23:59").text, "9999-12-31T23:59:59.999999-23:59");
}

TEST(ParseDatetime, RefusesYearZero) {
  for (const std::string_view text : {"0000-01-01", "0000-12-31T23:59:59", "-62167219200000", "-62135596800001"}) {
    const Outcome result = read(text);
    EXPECT_EQ(result.type, "datetime_parsing") << text;
    EXPECT_EQ(result.error, "year 0 is out of range") << text;
  }
}

TEST(ParseDatetime, TakesUnixTimes) {
  EXPECT_EQ(read("1577836800").text, "2020-01-01T00:00:00Z");
  EXPECT_EQ(read("1577923445.5").text, "2020-01-02T00:04:05.500000Z");
  EXPECT_EQ(read("1577923445.1234567").text, "2020-01-02T00:04:05.123457Z");
  EXPECT_EQ(read("20200102").text, "1970-08-22T19:08:22Z");
  EXPECT_EQ(read("+5").text, "1970-01-01T00:00:05Z");
  EXPECT_EQ(read("0005").text, "1970-01-01T00:00:05Z");
  EXPECT_EQ(read("1.").text, "1970-01-01T00:00:01Z");
  EXPECT_EQ(read(".5").text, "1970-01-01T00:00:00.500000Z");
  EXPECT_EQ(read("1.5e3").text, "1970-01-01T00:25:00Z");
}

TEST(ParseDatetime, CountsNegativeUnixTimesDown) {
  EXPECT_EQ(read("-1").text, "1969-12-31T23:59:59Z");
  EXPECT_EQ(read("-1.25").text, "1969-12-31T23:59:58.750000Z");
  EXPECT_EQ(read("-0.0000001").text, "1970-01-01T00:00:00Z");
}

TEST(ParseDatetime, ReadsLargeUnixTimesAsMilliseconds) {
  EXPECT_EQ(read("20000000000").text, "2603-10-11T11:33:20Z");
  EXPECT_EQ(read("20000000001").text, "1970-08-20T11:33:20.001000Z");
  EXPECT_EQ(read("20000000000.5").text, "1970-08-20T11:33:20.000500Z");
  EXPECT_EQ(read("-20000000000").text, "1336-03-23T12:26:40Z");
  EXPECT_EQ(read("-20000000001").text, "1969-05-14T12:26:39.999000Z");
  EXPECT_EQ(read("253402300799999").text, "9999-12-31T23:59:59.999000Z");
  EXPECT_EQ(read("30000000000000.5").text, "2920-08-30T05:20:00.000500Z");
}

TEST(ParseDatetime, RefusesUnixTimesOutsideTheCalendar) {
  EXPECT_EQ(error_of("253402300800000"), beyond_9999);
  EXPECT_EQ(error_of("9223372036854775807"), beyond_9999);
  EXPECT_EQ(error_of("-62167219200001"), before_0000);
}

TEST(ParseDatetime, TellsWhatTheDateAttemptMet) {
  const struct {
    std::string_view text;
    std::string_view error;
  } rows[] = {
      {"", "input is too short"},
      {"2020-1-2", "input is too short"},
      {"nan", "input is too short"},
      {"1e5", "input is too short"},
      {"not a date", "invalid character in year"},
      {" 2020-01-02", "invalid character in year"},
      {"2020/01/02", "invalid date separator, expected `-`"},
      {"2020-01x02", "invalid date separator, expected `-`"},
      {"99999999999999999999", "invalid date separator, expected `-`"},
      {"2020-0x-01", "invalid character in month"},
      {"2020-01-0x", "invalid character in day"},
      {"2023-13-01T00:00:00", "month value is outside expected range of 1-12"},
      {"2020-00-01", "month value is outside expected range of 1-12"},
      {"2020-02-30", "day value is outside expected range"},
      {"2021-02-29", "day value is outside expected range"},
      {"2020-01-00", "day value is outside expected range"},
      {"2023-01-01T25:00:00", "unexpected extra characters at the end of the input"},
      {"2020-01-02x03:04", "unexpected extra characters at the end of the input"},
      {"2020-01-02T", "unexpected extra characters at the end of the input"},
      {"2020-01-02T03:04:05.Z", "unexpected extra characters at the end of the input"},
      {"2020-01-02T03:04:05+24:00", "unexpected extra characters at the end of the input"},
  };
  for (const auto& row : rows) EXPECT_EQ(error_of(row.text), row.error) << row.text;
}

TEST(ParseDatetime, PutsTheErrorIntoTheContext) {
  DateTime value;
  Fault fault;
  ASSERT_FALSE(parse_datetime("2020/01/02", value, fault));
  EXPECT_EQ(fault.ctx, R"({"error":"invalid date separator, expected `-`"})");
}

TEST(ParseDatetime, LeavesTheTargetAloneWhenRefused) {
  DateTime value = DateTime::parse("2020-01-02T03:04:05Z");
  Fault fault;
  ASSERT_FALSE(parse_datetime("2021-01-01T99:00", value, fault));
  EXPECT_EQ(value.to_string(), "2020-01-02T03:04:05Z");
}

TEST(DatetimeFromNumber, TakesSecondsAndMilliseconds) {
  EXPECT_EQ(from(Integer::of(1577836800)).text, "2020-01-01T00:00:00Z");
  EXPECT_EQ(from(Integer::of(20000000001)).text, "1970-08-20T11:33:20.001000Z");
  EXPECT_EQ(from(1577836800.5).text, "2020-01-01T00:00:00.500000Z");
  EXPECT_EQ(from(20000000001.25).text, "1970-08-20T11:33:20.001250Z");
  EXPECT_EQ(from(1.9999999).text, "1970-01-01T00:00:02Z");
}

TEST(DatetimeFromNumber, TellsWhatIsOutOfRange) {
  const Integer too_large[] = {Integer::of(253402300800000), Integer::of_unsigned(std::uint64_t{1} << 63),
                               Integer{0, false, true}};
  for (const Integer& number : too_large) EXPECT_EQ(from(number).error, beyond_9999);
  EXPECT_EQ(from(Integer::of(std::numeric_limits<std::int64_t>::min())).error, before_0000);
  EXPECT_EQ(from(Integer{0, true, true}).error, before_0000);
  EXPECT_EQ(from(1e300).error, beyond_9999);
  EXPECT_EQ(from(-1e300).error, before_0000);
  EXPECT_EQ(from(std::nan("")).error, "NaN values not permitted");
  EXPECT_EQ(from(Integer::of(-62167219200000)).error, "year 0 is out of range");
  EXPECT_EQ(from(1e300).type, "datetime_parsing");
}

}  // namespace serval::detail::scalar_datetime_test
