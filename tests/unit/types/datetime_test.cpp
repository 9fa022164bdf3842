// SPDX-License-Identifier: MIT
#include <serval/types/datetime.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace serval::datetime_test {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::seconds;

TEST(DateTime, NowIsInUtc) {
  const DateTime now = DateTime::now();
  EXPECT_EQ(now.offset, seconds(0));
  EXPECT_GE(static_cast<int>(now.date().year()), 2020);
}

TEST(DateTime, FromUtcKeepsTheMoment) {
  const std::chrono::sys_time<microseconds> moment(microseconds(1'577'923'445'000'600));
  EXPECT_EQ(DateTime::from_utc(moment).utc(), moment);
  EXPECT_EQ(DateTime::from_utc(moment).to_string(), "2020-01-02T00:04:05.000600Z");
}

TEST(DateTime, UtcTakesTheOffsetAway) {
  EXPECT_EQ(DateTime::parse("2020-01-01T01:00+02:00").utc(), DateTime::parse("2019-12-31T23:00Z").utc());
}

TEST(DateTime, UtcOfANaiveTimeIsThatTime) {
  EXPECT_EQ(DateTime::parse("2020-01-01T01:00").utc(), DateTime::parse("2020-01-01T01:00Z").utc());
}

TEST(DateTime, DateIsTheDayAtThePlace) {
  EXPECT_EQ(DateTime::parse("2020-01-01T01:00+02:00").date(), std::chrono::year(2020) / 1 / 1);
  EXPECT_EQ(DateTime::parse("1969-12-31T23:00").date(), std::chrono::year(1969) / 12 / 31);
}

TEST(DateTime, WritesWhatItParses) {
  for (const std::string_view text :
       {"2020-01-02T03:04:05Z", "0001-01-01T00:00:00.000001", "9999-12-31T23:59:59-08:00"}) {
    EXPECT_EQ(DateTime::parse(text).to_string(), text);
  }
}

TEST(DateTime, ParseThrowsWithTheReason) {
  try {
    (void)DateTime::parse("not a date");
    FAIL() << "taken";
  } catch (const std::invalid_argument& error) {
    EXPECT_STREQ(error.what(), "Input should be a valid datetime or date, invalid character in year");
  }
}

TEST(DateTime, EqualsTheSameMomentAtAnotherOffset) {
  EXPECT_EQ(DateTime::parse("2020-01-01T12:00Z"), DateTime::parse("2020-01-01T14:00+02:00"));
  EXPECT_NE(DateTime::parse("2020-01-01T12:00Z"), DateTime::parse("2020-01-01T12:00+02:00"));
}

TEST(DateTime, OfTheSameMomentTheNaiveOneIsFirst) {
  EXPECT_LT(DateTime::parse("2020-01-01T12:00"), DateTime::parse("2020-01-01T12:00Z"));
  EXPECT_NE(DateTime::parse("2020-01-01T12:00"), DateTime::parse("2020-01-01T12:00Z"));
}

TEST(DateTime, IsSortedByMoment) {
  std::array values{DateTime::parse("2020-01-01T12:00Z"), DateTime::parse("2020-01-01T12:30+02:00"),
                    DateTime::parse("2020-01-01T11:00")};
  std::sort(values.begin(), values.end());
  EXPECT_EQ(values[0].to_string(), "2020-01-01T12:30:00+02:00");
  EXPECT_EQ(values[2].to_string(), "2020-01-01T12:00:00Z");
}

TEST(TimeOfDay, WritesWhatItParses) {
  for (const std::string_view text : {"03:04:05Z", "00:00:00.000001", "23:59:59-08:00"}) {
    EXPECT_EQ(TimeOfDay::parse(text).to_string(), text);
  }
}

TEST(TimeOfDay, ParseThrowsWithTheReason) {
  try {
    (void)TimeOfDay::parse("25:00");
    FAIL() << "taken";
  } catch (const std::invalid_argument& error) {
    EXPECT_STREQ(error.what(), "Input should be in a valid time format, hour value is outside expected range of 0-23");
  }
}

TEST(TimeOfDay, IsComparedInUtc) {
  EXPECT_EQ(TimeOfDay::parse("12:00Z"), TimeOfDay::parse("14:00+02:00"));
  EXPECT_LT(TimeOfDay::parse("12:00+02:00"), TimeOfDay::parse("11:00Z"));
  EXPECT_LT(TimeOfDay::parse("12:00"), TimeOfDay::parse("12:00Z"));
}

TEST(ToIsoString, WritesDurationsAndDates) {
  EXPECT_EQ(schema::to_iso_string(hours(25)), "P1DT1H");
  EXPECT_EQ(schema::to_iso_string(std::chrono::year(2020) / 1 / 2), "2020-01-02");
}

}  // namespace serval::datetime_test
