// SPDX-License-Identifier: MIT
#include <serval/http/http_date.hpp>

#include <gtest/gtest.h>

namespace serval::http_date_test {

using Clock = std::chrono::system_clock;

// 784111777 is the time of the example in RFC 9110.
const Clock::time_point rfc_example{std::chrono::seconds{784111777}};

TEST(FormatHttpDate, WritesImfFixdate) {
  EXPECT_EQ(http::format_http_date(rfc_example), "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST(FormatHttpDate, WritesTheEpoch) {
  EXPECT_EQ(http::format_http_date(Clock::time_point{}), "Thu, 01 Jan 1970 00:00:00 GMT");
}

TEST(FormatHttpDate, WritesALeapDay) {
  EXPECT_EQ(http::format_http_date(Clock::time_point{std::chrono::seconds{951827696}}),
            "Tue, 29 Feb 2000 12:34:56 GMT");
}

TEST(FormatHttpDate, DropsPartsOfASecond) {
  EXPECT_EQ(http::format_http_date(rfc_example + std::chrono::milliseconds{999}), "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST(FormatHttpDate, RoundsDownBeforeTheEpoch) {
  EXPECT_EQ(http::format_http_date(Clock::time_point{std::chrono::milliseconds{-1}}), "Wed, 31 Dec 1969 23:59:59 GMT");
}

TEST(FormatHttpDate, WritesTheEndsOfAClockOfNanoseconds) {
  using std::chrono::duration_cast;
  using std::chrono::nanoseconds;
  const Clock::time_point first{duration_cast<Clock::duration>(nanoseconds::min())};
  const Clock::time_point last{duration_cast<Clock::duration>(nanoseconds::max())};
  EXPECT_EQ(http::format_http_date(first), "Tue, 21 Sep 1677 00:12:43 GMT");
  EXPECT_EQ(http::format_http_date(last), "Fri, 11 Apr 2262 23:47:16 GMT");
}

TEST(ParseHttpDate, ReadsImfFixdate) { EXPECT_EQ(http::parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), rfc_example); }

TEST(ParseHttpDate, ReadsRfc850) { EXPECT_EQ(http::parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT"), rfc_example); }

TEST(ParseHttpDate, ReadsAsctime) { EXPECT_EQ(http::parse_http_date("Sun Nov  6 08:49:37 1994"), rfc_example); }

TEST(ParseHttpDate, ReadsAsctimeWithATwoDigitDay) {
  EXPECT_EQ(http::parse_http_date("Wed Nov 16 08:49:37 1994"), rfc_example + std::chrono::days{10});
}

TEST(ParseHttpDate, ReadsATwoDigitYearOfTheNearFuture) {
  const Clock::time_point next_year = Clock::now() + std::chrono::days{366};
  const auto date = std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(next_year)};
  const int in_century = static_cast<int>(date.year()) % 100;
  const std::string digits{static_cast<char>('0' + in_century / 10), static_cast<char>('0' + in_century % 10)};
  const auto parsed = http::parse_http_date("Monday, 01-Jan-" + digits + " 00:00:00 GMT");
  EXPECT_EQ(parsed, Clock::time_point{std::chrono::sys_days{date.year() / std::chrono::January / 1}});
}

TEST(ParseHttpDate, ReadsALeapSecond) {
  EXPECT_EQ(http::parse_http_date("Sat, 31 Dec 2016 23:59:60 GMT"),
            http::parse_http_date("Sun, 01 Jan 2017 00:00:00 GMT"));
}

TEST(ParseHttpDate, HoldsFarDatesAtTheEndOfTheClock) {
  EXPECT_EQ(http::parse_http_date("Fri, 31 Dec 9999 23:59:59 GMT"), Clock::time_point::max());
  EXPECT_EQ(http::parse_http_date("Sat, 01 Jan 0001 00:00:00 GMT"), Clock::time_point::min());
}

TEST(ParseHttpDate, ReadsWhatFormatWrites) {
  for (int day = 0; day < 1500; ++day) {
    const Clock::time_point time = rfc_example + std::chrono::days{day};
    ASSERT_EQ(http::parse_http_date(http::format_http_date(time)), time) << day;
  }
}

TEST(ParseHttpDate, RefusesOtherTexts) {
  for (const char* text :
       {"", "Sun", "sun, 06 Nov 1994 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT",
        "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 94 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 GMT ", " Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 8:49:37 GMT", "Xxx, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z", "784111777"}) {
    EXPECT_EQ(http::parse_http_date(text), std::nullopt) << text;
  }
}

TEST(ParseHttpDate, RefusesDatesThatAreNone) {
  for (const char* text :
       {"Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 29 Feb 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 08:49:61 GMT"}) {
    EXPECT_EQ(http::parse_http_date(text), std::nullopt) << text;
  }
}

}  // namespace serval::http_date_test
