// SPDX-License-Identifier: MIT
#include "schema/scalar_decode.hpp"

#include <chrono>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include <serval/schema/field.hpp>

#include "tests/unit/schema/decode_fixture.hpp"

namespace scalar_decode_test {

using namespace serval;
using serval::testing::faults_of;
using serval::testing::round_trip;
using serval::testing::words_of;

const std::string int_type = "int_type: Input should be a valid integer";
const std::string float_type = "float_type: Input should be a valid number";
const std::string bool_type = "bool_type: Input should be a valid boolean";
const std::string bool_parsing = "bool_parsing: Input should be a valid boolean, unable to interpret input";
const std::string string_type = "string_type: Input should be a valid string";
const std::string datetime_type = "datetime_type: Input should be a valid datetime";
const std::string uuid_type = "uuid_type: UUID input should be a string, bytes or UUID object";

TEST(IntFromJson, TakesIntegersBooleansAndWholeFloats) {
  EXPECT_EQ(decode_json<int>("42"), 42);
  EXPECT_EQ(decode_json<int>("true"), 1);
  EXPECT_EQ(decode_json<int>("false"), 0);
  EXPECT_EQ(decode_json<int>("1.0"), 1);
  EXPECT_EQ(decode_json<int>("-2e2"), -200);
  EXPECT_EQ(decode_json<int>(R"("1_000")"), 1000);
  EXPECT_EQ(decode_json<int>(R"(" 7 ")"), 7);
}

TEST(IntFromJson, RefusesFractions) {
  EXPECT_EQ(faults_of<int>("1.5"),
            R"([{"type":"int_from_float","loc":[],)"
            R"("msg":"Input should be a valid integer, got a number with a fractional part","input":1.5}])");
}

TEST(IntFromJson, RefusesTextsThatAreNone) {
  EXPECT_EQ(faults_of<int>(R"("1.5")"),
            R"([{"type":"int_parsing","loc":[],)"
            R"("msg":"Input should be a valid integer, unable to parse string as an integer","input":"1.5"}])");
}

TEST(IntFromJson, RefusesNullListsAndObjects) {
  EXPECT_EQ(faults_of<int>("null"),
            R"([{"type":"int_type","loc":[],"msg":"Input should be a valid integer","input":null}])");
  EXPECT_EQ(words_of<int>("[]"), int_type);
  EXPECT_EQ(words_of<int>("{}"), int_type);
}

TEST(IntFromJson, RefusesFloatsBeyondAllIntegers) {
  EXPECT_EQ(words_of<int>("1e300"),
            "int_parsing_size: Unable to parse input string as an integer, exceeded maximum size");
}

template <class T>
void expect_bounds() {
  const auto least = std::numeric_limits<T>::min();
  const auto most = std::numeric_limits<T>::max();
  EXPECT_EQ(decode_json<T>(std::to_string(least)), least);
  EXPECT_EQ(decode_json<T>(std::to_string(most)), most);
  EXPECT_EQ(encode_json(most), std::to_string(most));
  EXPECT_EQ(encode_json(least), std::to_string(least));
  // Incrementing the last digit gives the maximum plus one, because no maximum ends in 9.
  std::string above = std::to_string(most);
  ++above.back();
  EXPECT_EQ(faults_of<T>(above), R"([{"type":"less_than_equal","loc":[],)"
                                 R"("msg":"Input should be less than or equal to )" +
                                     std::to_string(most) + R"(","input":)" + above + R"(,"ctx":{"le":)" +
                                     std::to_string(most) + "}}]");
  std::string below = least == 0 ? "-1" : std::to_string(least);
  if (least != 0) ++below.back();
  EXPECT_EQ(faults_of<T>(below), R"([{"type":"greater_than_equal","loc":[],)"
                                 R"("msg":"Input should be greater than or equal to )" +
                                     std::to_string(least) + R"(","input":)" + below + R"(,"ctx":{"ge":)" +
                                     std::to_string(least) + "}}]");
}

TEST(IntegerWidths, TakeTheirBoundsAndNothingBeyond) {
  expect_bounds<std::int8_t>();
  expect_bounds<std::uint8_t>();
  expect_bounds<std::int16_t>();
  expect_bounds<std::uint16_t>();
  expect_bounds<std::int32_t>();
  expect_bounds<std::uint32_t>();
  expect_bounds<std::int64_t>();
  expect_bounds<std::uint64_t>();
}

TEST(IntegerWidths, RefuseAnyNumberOfDigits) {
  EXPECT_EQ(words_of<std::uint64_t>("123456789012345678901234567890"),
            "less_than_equal: Input should be less than or equal to 18446744073709551615");
  EXPECT_EQ(words_of<int>("-123456789012345678901234567890"),
            "greater_than_equal: Input should be greater than or equal to -2147483648");
}

TEST(IntegerWidths, ReportTheRuleBeforeTheWidth) {
  using Age = Field<std::int8_t, ge(0), le(100)>;
  EXPECT_EQ(words_of<Age>("300"), "less_than_equal: Input should be less than or equal to 100");
  EXPECT_EQ(words_of<Age>("-300"), "greater_than_equal: Input should be greater than or equal to 0");
  using Wide = Field<int, gt(0)>;
  EXPECT_EQ(words_of<Wide>("-99999999999"), "greater_than: Input should be greater than 0");
  EXPECT_EQ(words_of<Wide>("99999999999"), "less_than_equal: Input should be less than or equal to 2147483647");
}

TEST(FloatFromJson, TakesNumbersBooleansAndTexts) {
  EXPECT_EQ(decode_json<double>("2"), 2.0);
  EXPECT_EQ(decode_json<double>("2.5"), 2.5);
  EXPECT_EQ(decode_json<double>("true"), 1.0);
  EXPECT_EQ(decode_json<double>(R"("1e3")"), 1000.0);
  EXPECT_TRUE(std::isinf(decode_json<double>("1e400")));
  EXPECT_TRUE(std::isnan(decode_json<double>(R"("nan")")));
}

TEST(FloatFromJson, RefusesTheRest) {
  EXPECT_EQ(words_of<double>("null"), float_type);
  EXPECT_EQ(words_of<double>("[]"), float_type);
  EXPECT_EQ(words_of<double>("{}"), float_type);
  EXPECT_EQ(words_of<double>(R"("abc")"),
            "float_parsing: Input should be a valid number, unable to parse string as a number");
}

TEST(FloatFromJson, ReadsSinglePrecision) {
  EXPECT_EQ(decode_json<float>("0.1"), 0.1F);
  EXPECT_EQ(round_trip<float>("0.1"), "0.1");
}

TEST(Numbers, RefuseWhatAFloatCannotHold) {
  const std::string beyond = "finite_number: Input should be a finite number between -3.4028235e+38 and 3.4028235e+38";
  for (const char* text : {"1e300", "-1e300", "1e400", "3.4028236e38", R"("1e300")", R"("-1e400")",
                           "340282400000000000000000000000000000000000"})
    EXPECT_EQ(words_of<float>(text), beyond) << text;
  EXPECT_EQ(round_trip<float>("3.4028235e38"), "3.4028235e+38");
  EXPECT_EQ(round_trip<float>("-3.4028235e38"), "-3.4028235e+38");
  EXPECT_EQ(decode_json<float>(R"("-inf")"), -std::numeric_limits<float>::infinity());
  EXPECT_EQ(words_of<double>("1e400"), "ok");
}

TEST(BoolFromJson, TakesZeroAndOne) {
  EXPECT_TRUE(decode_json<bool>("true"));
  EXPECT_TRUE(decode_json<bool>("1"));
  EXPECT_FALSE(decode_json<bool>("0.0"));
  EXPECT_TRUE(decode_json<bool>(R"("Yes")"));
}

TEST(BoolFromJson, RefusesTheRest) {
  EXPECT_EQ(words_of<bool>("2"), bool_parsing);
  EXPECT_EQ(words_of<bool>("0.5"), bool_type);
  EXPECT_EQ(words_of<bool>(R"("2")"), bool_parsing);
  EXPECT_EQ(words_of<bool>("null"), bool_type);
  EXPECT_EQ(words_of<bool>("[]"), bool_type);
  EXPECT_EQ(words_of<bool>("{}"), bool_type);
}

TEST(StringFromJson, TakesNothingButStrings) {
  EXPECT_EQ(decode_json<std::string>(R"("a\n\u00e9\ud83d\ude00")"), "a\n\xC3\xA9\xF0\x9F\x98\x80");
  for (const char* text : {"true", "1", "1.5", "null", "[]", "{}"})
    EXPECT_EQ(words_of<std::string>(text), string_type) << text;
}

TEST(DateTimeFromJson, TakesTextsAndUnixTime) {
  EXPECT_EQ(round_trip<DateTime>(R"("2020-01-02T03:04:05Z")"), R"("2020-01-02T03:04:05Z")");
  EXPECT_EQ(round_trip<DateTime>("86400"), R"("1970-01-02T00:00:00Z")");
  EXPECT_EQ(round_trip<DateTime>("0.5"), R"("1970-01-01T00:00:00.500000Z")");
}

TEST(DateTimeFromJson, RefusesTheRest) {
  for (const char* text : {"true", "null", "[]", "{}"}) EXPECT_EQ(words_of<DateTime>(text), datetime_type) << text;
  EXPECT_EQ(faults_of<DateTime>(R"("soon")"),
            R"([{"type":"datetime_from_date_parsing","loc":[],)"
            R"("msg":"Input should be a valid datetime or date, input is too short","input":"soon",)"
            R"("ctx":{"error":"input is too short"}}])");
}

TEST(DateFromJson, TakesTextsAndUnixDays) {
  EXPECT_EQ(round_trip<std::chrono::year_month_day>(R"("2020-02-29")"), R"("2020-02-29")");
  EXPECT_EQ(round_trip<std::chrono::year_month_day>("86400"), R"("1970-01-02")");
  EXPECT_EQ(round_trip<std::chrono::sys_days>(R"("2020-02-29")"), R"("2020-02-29")");
  EXPECT_EQ(words_of<std::chrono::sys_days>("1"),
            "date_from_datetime_inexact: Datetimes provided to dates should have zero time - e.g. be exact dates");
  for (const char* text : {"true", "null", "[]", "{}"})
    EXPECT_EQ(words_of<std::chrono::year_month_day>(text), "date_type: Input should be a valid date") << text;
}

TEST(TimeFromJson, TakesTextsAndSeconds) {
  EXPECT_EQ(round_trip<TimeOfDay>(R"("03:04")"), R"("03:04:00")");
  EXPECT_EQ(round_trip<TimeOfDay>("3600"), R"("01:00:00Z")");
  EXPECT_EQ(round_trip<std::chrono::hh_mm_ss<std::chrono::seconds>>(R"("03:04:05")"), R"("03:04:05")");
  for (const char* text : {"true", "null", "[]", "{}"})
    EXPECT_EQ(words_of<TimeOfDay>(text), "time_type: Input should be a valid time") << text;
}

TEST(DurationFromJson, TakesTextsAndSeconds) {
  EXPECT_EQ(round_trip<std::chrono::seconds>(R"("PT1H")"), R"("PT1H")");
  EXPECT_EQ(round_trip<std::chrono::milliseconds>("1.5"), R"("PT1.5S")");
  EXPECT_EQ(decode_json<std::chrono::hours>("7200").count(), 2);
  for (const char* text : {"true", "null", "[]", "{}"})
    EXPECT_EQ(words_of<std::chrono::seconds>(text), "time_delta_type: Input should be a valid timedelta") << text;
}

TEST(SystemTimeFromJson, IsKeptInUtc) {
  using Moment = std::chrono::sys_seconds;
  EXPECT_EQ(round_trip<Moment>(R"("2020-01-02T03:04:05+02:00")"), R"("2020-01-02T01:04:05Z")");
  EXPECT_EQ(round_trip<Moment>(R"("2020-01-02T03:04:05")"), R"("2020-01-02T03:04:05Z")");
}

TEST(UuidFromJson, TakesNothingButTexts) {
  EXPECT_EQ(round_trip<Uuid>(R"("{12345678-1234-5678-1234-56781234567A}")"),
            R"("12345678-1234-5678-1234-56781234567a")");
  for (const char* text : {"true", "1", "1.5", "null", "[]", "{}"}) EXPECT_EQ(words_of<Uuid>(text), uuid_type) << text;
}

template <class T>
using Strict = Field<T, strict>;

TEST(Strict, TakesNoConversion) {
  EXPECT_EQ(decode_json<Strict<int>>("1"), 1);
  for (const char* text : {R"("1")", "1.0", "true"}) EXPECT_EQ(words_of<Strict<int>>(text), int_type) << text;
  for (const char* text : {R"("true")", "1", "1.0"}) EXPECT_EQ(words_of<Strict<bool>>(text), bool_type) << text;
  for (const char* text : {R"("1")", "true"}) EXPECT_EQ(words_of<Strict<double>>(text), float_type) << text;
  EXPECT_EQ(decode_json<Strict<double>>("1"), 1.0);
  EXPECT_EQ(words_of<Strict<DateTime>>("0"), datetime_type);
}

TEST(Strict, ReadsDatesAndUuidsFromTexts) {
  EXPECT_EQ(words_of<Strict<DateTime>>(R"("2020-01-02T03:04:05Z")"), "ok");
  EXPECT_EQ(words_of<Strict<Uuid>>(R"("12345678-1234-5678-1234-56781234567a")"), "ok");
}

TEST(Strict, HoldsWithinOptionals) {
  EXPECT_EQ(words_of<Strict<std::optional<int>>>(R"("1")"), int_type);
  EXPECT_EQ(words_of<Strict<std::optional<int>>>("null"), "ok");
}

TEST(StringView, CannotBeRead) {
  EXPECT_THROW(static_cast<void>(decode_json<std::string_view>(R"("a")")), std::logic_error);
}

}  // namespace scalar_decode_test
