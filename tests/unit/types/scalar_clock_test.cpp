// SPDX-License-Identifier: MIT
#include "types/scalar_clock.hpp"

#include <gtest/gtest.h>

namespace serval::detail::scalar_clock_test {

using std::chrono::microseconds;
using std::chrono::seconds;

TEST(TwoDigitsAt, ReadsTwoDigits) { EXPECT_EQ(two_digits_at("x07", 1), 7); }

TEST(TwoDigitsAt, IsNegativeWhereDigitsAreMissing) {
  EXPECT_EQ(two_digits_at("12", 1), -1);
  EXPECT_EQ(two_digits_at("1x", 0), -1);
  EXPECT_EQ(two_digits_at("x1", 0), -1);
  EXPECT_EQ(two_digits_at("", 0), -1);
}

TEST(ScanDate, LeavesTheRestToTheCaller) {
  std::chrono::year_month_day date;
  EXPECT_EQ(scan_date("2020-02-29 and so on", date), Problem{});
  EXPECT_EQ(date, std::chrono::year(2020) / 2 / 29);
}

TEST(ScanDate, TakesYearZero) {
  std::chrono::year_month_day date;
  EXPECT_EQ(scan_date("0000-02-29", date), Problem{});
}

TEST(ScanSeconds, TellsHowMuchItRead) {
  Seconds read;
  EXPECT_EQ(scan_seconds(":05.12345678+01:00", read), Problem{});
  EXPECT_EQ(read.value, seconds(5) + microseconds(123456));
  EXPECT_EQ(read.length, 12u);
}

TEST(ScanSeconds, ReadsNothingWithoutAColon) {
  Seconds read{seconds(1), 1};
  EXPECT_EQ(scan_seconds("Z", read), Problem{});
  EXPECT_EQ(read.length, 0u);
  EXPECT_EQ(read.value, microseconds(0));
}

TEST(ScanTime, WantsAllOfTheText) {
  TimeOfDay time;
  EXPECT_EQ(scan_time("12:30Z", time), Problem{});
  EXPECT_EQ(scan_time("12:30ZZ", time), problem::extra_characters);
}

TEST(ScanDatetime, WantsASeparator) {
  DateTime moment;
  EXPECT_EQ(scan_datetime("2020-01-02", moment), problem::datetime_separator);
}

}  // namespace serval::detail::scalar_clock_test
