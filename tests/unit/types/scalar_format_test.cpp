// SPDX-License-Identifier: MIT
#include "types/scalar_format.hpp"

#include <gtest/gtest.h>

#include <string>

namespace serval::detail::scalar_format_test {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;

std::string shown(const DateTime& value, Style style) {
  std::string text = "x";
  append_datetime(text, value, style);
  return text.substr(1);
}

std::string shown(const TimeOfDay& value, Style style) {
  std::string text;
  append_time(text, value, style);
  return text;
}

std::string shown(microseconds value, Style style) {
  std::string text;
  append_duration(text, value, style);
  return text;
}

DateTime moment(std::optional<seconds> offset) {
  return {std::chrono::local_days(std::chrono::year(2020) / 1 / 2) + hours(3) + minutes(4) + seconds(5), offset};
}

TEST(AppendDatetime, WritesUtcByStyle) {
  EXPECT_EQ(shown(moment(seconds(0)), Style::model), "2020-01-02T03:04:05Z");
  EXPECT_EQ(shown(moment(seconds(0)), Style::python), "2020-01-02T03:04:05+00:00");
}

TEST(AppendDatetime, WritesOffsetsAlikeInBothStyles) {
  for (const Style style : {Style::model, Style::python}) {
    EXPECT_EQ(shown(moment(hours(2)), style), "2020-01-02T03:04:05+02:00");
    EXPECT_EQ(shown(moment(-hours(5) - minutes(30)), style), "2020-01-02T03:04:05-05:30");
    EXPECT_EQ(shown(moment(-minutes(30)), style), "2020-01-02T03:04:05-00:30");
    EXPECT_EQ(shown(moment(seconds(3601)), style), "2020-01-02T03:04:05+01:00:01");
  }
}

TEST(AppendDatetime, WritesNaiveTimesWithoutZone) {
  EXPECT_EQ(shown(moment(std::nullopt), Style::model), "2020-01-02T03:04:05");
  EXPECT_EQ(shown(moment(std::nullopt), Style::python), "2020-01-02T03:04:05");
}

TEST(AppendDatetime, WritesSixDigitsOfMicrosecondsUnlessZero) {
  DateTime value = moment(seconds(0));
  value.local += microseconds(600);
  EXPECT_EQ(shown(value, Style::model), "2020-01-02T03:04:05.000600Z");
  EXPECT_EQ(shown(value, Style::python), "2020-01-02T03:04:05.000600+00:00");
}

TEST(AppendDatetime, WritesTimesBefore1970) {
  const DateTime value{std::chrono::local_time<microseconds>(microseconds(-1)), std::nullopt};
  EXPECT_EQ(shown(value, Style::model), "1969-12-31T23:59:59.999999");
}

TEST(AppendDate, PadsTheYear) {
  std::string text;
  append_date(text, std::chrono::year(7) / 8 / 9);
  EXPECT_EQ(text, "0007-08-09");
}

TEST(AppendTime, WritesZoneByStyle) {
  EXPECT_EQ(shown(TimeOfDay{hours(1) + microseconds(50), seconds(0)}, Style::model), "01:00:00.000050Z");
  EXPECT_EQ(shown(TimeOfDay{hours(1), seconds(0)}, Style::python), "01:00:00+00:00");
  EXPECT_EQ(shown(TimeOfDay{days(1) - microseconds(1), std::nullopt}, Style::model), "23:59:59.999999");
}

TEST(AppendDuration, WritesIsoForModels) {
  const struct {
    microseconds value;
    std::string_view text;
  } rows[] = {{microseconds(0), "PT0S"},
              {hours(1), "PT1H"},
              {days(1) + hours(2), "P1DT2H"},
              {-days(1), "-P1D"},
              {microseconds(500'000), "PT0.5S"},
              {days(1) + microseconds(1), "P1DT0.000001S"},
              {minutes(61) + seconds(10), "PT1H1M10S"},
              {days(365), "P1Y"},
              {days(366) + seconds(1), "P1Y1DT1S"},
              {-microseconds(1'500'000), "-PT1.5S"},
              {hours(5) + microseconds(100'000), "PT5H0.1S"}};
  for (const auto& row : rows) EXPECT_EQ(shown(row.value, Style::model), row.text);
}

TEST(AppendDuration, WritesBothEndsOfTheRange) {
  EXPECT_EQ(shown(microseconds::max(), Style::model), "P292471Y76DT4H54.775807S");
  EXPECT_EQ(shown(microseconds::min(), Style::model), "-P292471Y76DT4H54.775808S");
}

TEST(AppendDuration, WritesSecondsAsAFloatInPythonStyle) {
  const struct {
    microseconds value;
    std::string_view text;
  } rows[] = {{microseconds(0), "0.0"},
              {hours(1), "3600.0"},
              {-microseconds(500'000), "-0.5"},
              {microseconds(100), "0.0001"},
              {microseconds(12), "1.2e-05"},
              {microseconds(1), "1e-06"},
              {seconds(1'000'000'000'000), "1000000000000.0"},
              {microseconds(37'907'127'117), "37907.127117"},
              {-microseconds(58'850'392'742), "-58850.392742"}};
  for (const auto& row : rows) EXPECT_EQ(shown(row.value, Style::python), row.text);
}

TEST(AppendUuid, WritesLowerCaseGroups) {
  std::string text = "\"";
  append_uuid(text, Uuid(Uuid::Bytes{0xAB, 0xCD, 0xEF}));
  EXPECT_EQ(text, "\"abcdef00-0000-0000-0000-000000000000");
}

}  // namespace serval::detail::scalar_format_test
