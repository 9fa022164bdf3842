// SPDX-License-Identifier: MIT
#include "schema/moment_rules.hpp"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include <serval/types/datetime.hpp>

#include "tests/unit/schema/decode_fixture.hpp"

namespace moment_rules_test {

using namespace serval;
using serval::testing::words_of;
using std::chrono::year_month_day;

std::string day_from_today(int days) {
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  return '"' + schema::to_iso_string(year_month_day(today + std::chrono::days(days))) + '"';
}

TEST(MomentRules, CompareDatesWithToday) {
  using Birthday = Field<year_month_day, past>;
  using Due = Field<year_month_day, future>;
  EXPECT_EQ(words_of<Birthday>(day_from_today(-1)), "ok");
  EXPECT_EQ(words_of<Birthday>(day_from_today(2)), "date_past: Date should be in the past");
  EXPECT_EQ(words_of<Due>(day_from_today(2)), "ok");
  EXPECT_EQ(words_of<Due>(day_from_today(-1)), "date_future: Date should be in the future");
}

TEST(MomentRules, CompareTimesWithNow) {
  EXPECT_EQ((words_of<Field<DateTime, past>>(R"("2000-01-01T00:00:00Z")")), "ok");
  EXPECT_EQ((words_of<Field<DateTime, past>>(R"("9999-01-01T00:00:00Z")")),
            "datetime_past: Input should be in the past");
  EXPECT_EQ((words_of<Field<DateTime, future>>(R"("2000-01-01T00:00:00")")),
            "datetime_future: Input should be in the future");
  EXPECT_EQ((words_of<Field<std::chrono::sys_seconds, future>>(R"("9999-01-01T00:00:00")")), "ok");
}

TEST(MomentRules, AskForAnOffsetOrNone) {
  EXPECT_EQ((words_of<Field<DateTime, aware>>(R"("2000-01-01T00:00:00Z")")), "ok");
  EXPECT_EQ((words_of<Field<DateTime, aware>>(R"("2000-01-01T00:00:00")")),
            "timezone_aware: Input should have timezone info");
  EXPECT_EQ((words_of<Field<DateTime, naive>>(R"("2000-01-01T00:00:00+01:00")")),
            "timezone_naive: Input should not have timezone info");
  EXPECT_EQ((words_of<Field<DateTime, naive>>(R"("2000-01-01T00:00:00")")), "ok");
}

TEST(FiniteRule, RefusesInfinityAndNaN) {
  EXPECT_EQ((words_of<Field<double, finite_number>>(R"("inf")")), "finite_number: Input should be a finite number");
  EXPECT_EQ((words_of<Field<float, finite_number>>(R"("NaN")")), "finite_number: Input should be a finite number");
  EXPECT_EQ((words_of<Field<double, finite_number>>("1e308")), "ok");
}

}  // namespace moment_rules_test
