// SPDX-License-Identifier: MIT
#include <serval/schema/chrono_type.hpp>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <ratio>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include <serval/schema/codec.hpp>

#include "decode_fixture.hpp"

namespace serval::chrono_test {

using namespace std::chrono;
using serval::testing::round_trip;
using serval::testing::words_of;

using Frames = duration<std::int64_t, std::ratio<1, 60>>;
using UnsignedSeconds = duration<std::uint32_t>;
using RealSeconds = duration<double>;
template <class D>
using Time = hh_mm_ss<D>;

std::string of_datetime(std::string_view problem) {
  return "datetime_parsing: Input should be a valid datetime, " + std::string(problem);
}
std::string of_duration(std::string_view problem) {
  return "time_delta_parsing: Input should be a valid timedelta, " + std::string(problem);
}

template <class T>
std::string unwritable(const T& value) {
  try {
    return encode_json(value);
  } catch (const std::domain_error& error) {
    return error.what();
  }
}

template <class T>
std::string unwritable_as_json(const T& value) {
  try {
    return as_json(value).dump();
  } catch (const std::domain_error& error) {
    return error.what();
  }
}

/// Returns the text of a value. Checks that a `json` of the value has the same text.
template <class T>
std::string written(const T& value) {
  const std::string text = encode_json(value);
  EXPECT_EQ(as_json(value).dump(), text);
  return text;
}

TEST(ReadMoment, RefusesWhatNanosecondsCannotCount) {
  EXPECT_EQ(words_of<system_clock::time_point>(R"("9999-12-31T23:59:59Z")"),
            of_datetime("dates after 2262-04-11T23:47:16.854775Z are not supported"));
  EXPECT_EQ(words_of<system_clock::time_point>(R"("1677-01-01")"),
            of_datetime("dates before 1677-09-21T00:12:43.145225Z are not supported"));
  EXPECT_EQ(words_of<system_clock::time_point>("20000000000"),
            of_datetime("dates after 2262-04-11T23:47:16.854775Z are not supported"));
}

TEST(ReadMoment, TakesTheLastOneThatItNames) {
  EXPECT_EQ(round_trip<system_clock::time_point>(R"("2262-04-11T23:47:16.854775Z")"),
            R"("2262-04-11T23:47:16.854775Z")");
  EXPECT_EQ(round_trip<system_clock::time_point>(R"("1677-09-21T00:12:43.145225Z")"),
            R"("1677-09-21T00:12:43.145225Z")");
}

// Converted to UTC, such a moment could not be written again.
TEST(ReadMoment, RefusesWhatAnOffsetBringsOutOfTheCalendar) {
  EXPECT_EQ(words_of<sys_seconds>(R"("9999-12-31T23:59:59-08:00")"),
            of_datetime("dates after 9999-12-31T23:59:59.999999Z are not supported"));
  EXPECT_EQ(words_of<sys_seconds>(R"("0001-01-01T00:00:00+01:00")"),
            of_datetime("dates before 0001-01-01T00:00:00Z are not supported"));
  EXPECT_EQ(round_trip<DateTime>(R"("9999-12-31T23:59:59-08:00")"), R"("9999-12-31T23:59:59-08:00")");
}

TEST(ReadMoment, RefusesWhatIsFinerThanItsType) {
  EXPECT_EQ(words_of<sys_seconds>(R"("2024-05-01T12:00:00.5Z")"),
            of_datetime("fractions of a second are not supported"));
  EXPECT_EQ(words_of<sys_seconds>("1.5"), of_datetime("fractions of a second are not supported"));
  EXPECT_EQ(words_of<sys_time<hours>>(R"("2024-05-01T12:30Z")"), of_datetime("fractions of an hour are not supported"));
  EXPECT_EQ(words_of<sys_time<milliseconds>>(R"("2024-05-01T12:00:00.123456Z")"),
            of_datetime("fractions of a millisecond are not supported"));
  EXPECT_EQ(round_trip<sys_time<milliseconds>>(R"("2024-05-01T12:00:00.123Z")"), R"("2024-05-01T12:00:00.123000Z")");
  EXPECT_EQ(round_trip<sys_seconds>(R"("2024-05-01T12:00:00.000Z")"), R"("2024-05-01T12:00:00Z")");
}

TEST(ReadDuration, RefusesWhatItsTypeCannotCount) {
  EXPECT_EQ(words_of<nanoseconds>(R"("P1000Y")"),
            of_duration("durations above P292Y171DT23H47M16.854775S are not supported"));
  EXPECT_EQ(words_of<nanoseconds>(R"("-P1000Y")"),
            of_duration("durations below -P292Y171DT23H47M16.854775S are not supported"));
  EXPECT_EQ((words_of<duration<std::int32_t, std::milli>>(R"("P30D")")),
            of_duration("durations above P24DT20H31M23.647S are not supported"));
  EXPECT_EQ(words_of<UnsignedSeconds>(R"("-PT1S")"), of_duration("durations below PT0S are not supported"));
  EXPECT_EQ(words_of<UnsignedSeconds>("-0.5"), of_duration("durations below PT0S are not supported"));
}

TEST(ReadDuration, RefusesWhatIsFinerThanItsType) {
  EXPECT_EQ(words_of<seconds>(R"("PT0.9S")"), of_duration("fractions of a second are not supported"));
  EXPECT_EQ(words_of<minutes>("90"), of_duration("fractions of a minute are not supported"));
  EXPECT_EQ(words_of<days>(R"("PT36H")"), of_duration("fractions of a day are not supported"));
  EXPECT_EQ(words_of<Frames>(R"("PT0.01S")"), of_duration("only multiples of 1/60 seconds are supported"));
  EXPECT_EQ(words_of<years>(R"("P1Y")"), of_duration("only multiples of 31556952 seconds are supported"));
  EXPECT_EQ(words_of<minutes>("120"), "ok");
}

TEST(ReadTime, RefusesWhatItsTypeCannotHold) {
  EXPECT_EQ((words_of<Time<duration<std::int16_t>>>(R"("10:00")")),
            "time_parsing: Input should be in a valid time format, times after 09:06:07 are not supported");
  EXPECT_EQ(words_of<Time<minutes>>(R"("10:00:30")"),
            "time_parsing: Input should be in a valid time format, fractions of a minute are not supported");
  EXPECT_EQ(round_trip<Time<minutes>>(R"("10:30")"), R"("10:30:00")");
}

TEST(ReadReal, TakesTheEndsAsTheNearestThatCanBeWritten) {
  EXPECT_EQ(round_trip<RealSeconds>(R"("P106751991DT4H54.775807S")"), R"("P292471Y76DT4H54.77376S")");
  EXPECT_EQ(round_trip<RealSeconds>(R"("-P106751991DT4H54.775807S")"), R"("-P292471Y76DT4H54.77376S")");
  EXPECT_EQ(round_trip<sys_time<RealSeconds>>(R"("9999-12-31T23:59:59.999999Z")"), R"("9999-12-31T23:59:59.999968Z")");
  EXPECT_EQ(round_trip<Time<duration<float>>>(R"("23:59:59.9999")"), R"("23:59:59.992188")");
}

TEST(WriteMoment, RefusesWhatIsOutsideOfTheCalendar) {
  constexpr std::string_view problem = "a point in time must be in the years 1 to 9999";
  EXPECT_EQ(unwritable(sys_seconds::max()), problem);
  EXPECT_EQ(unwritable(sys_seconds::min()), problem);
  EXPECT_EQ(unwritable(sys_time<microseconds>::max()), problem);
  EXPECT_EQ(unwritable(sys_time<RealSeconds>(RealSeconds(std::nan("")))), problem);
  const DateTime late = DateTime::parse("9999-12-31T23:59:59-08:00");
  EXPECT_EQ(unwritable(DateTime::from_utc(late.utc())), problem);
  EXPECT_EQ(unwritable(DateTime{local_time<microseconds>::min(), hours(1)}), problem);
  EXPECT_THROW(static_cast<void>(DateTime::from_utc(late.utc()).to_string()), std::domain_error);
  EXPECT_EQ(unwritable(DateTime{local_days(year(2020) / 1 / 1), hours(24)}), "a UTC offset must be less than 24 hours");
  EXPECT_EQ(unwritable(DateTime{local_days(year(2020) / 1 / 1), seconds::min()}),
            "a UTC offset must be less than 24 hours");
}

TEST(WriteMoment, WritesTheFirstAndTheLastOfTheCalendar) {
  constexpr sys_seconds first = sys_days(year(1) / 1 / 1), end = sys_days(year(9999) / 12 / 31) + hours(24);
  EXPECT_EQ(written(first), R"("0001-01-01T00:00:00Z")");
  EXPECT_EQ(written(end - seconds(1)), R"("9999-12-31T23:59:59Z")");
  EXPECT_EQ(written(end - microseconds(1)), R"("9999-12-31T23:59:59.999999Z")");
  EXPECT_EQ(written(time_point_cast<hours>(end - hours(1))), R"("9999-12-31T23:00:00Z")");
  EXPECT_EQ(written(sys_time<RealSeconds>(first)), R"("0001-01-01T00:00:00Z")");
  EXPECT_EQ(written(sys_time<RealSeconds>(end - seconds(1))), R"("9999-12-31T23:59:59Z")");
  EXPECT_EQ(written(DateTime::from_utc(end - microseconds(1))), R"("9999-12-31T23:59:59.999999Z")");
  constexpr std::string_view problem = "a point in time must be in the years 1 to 9999";
  EXPECT_EQ(unwritable(first - seconds(1)), problem);
  EXPECT_EQ(unwritable(first - microseconds(1)), problem);
  EXPECT_EQ(unwritable(end), problem);
  EXPECT_EQ(unwritable(sys_time<RealSeconds>(end)), problem);
}

TEST(WriteMoment, WritesAllThatNanosecondsCount) {
  EXPECT_EQ(written(sys_time<nanoseconds>::min()), R"("1677-09-21T00:12:43.145224Z")");
  EXPECT_EQ(written(sys_time<nanoseconds>::max()), R"("2262-04-11T23:47:16.854775Z")");
}

// The moments with an offset lie outside of the calendar in UTC. They are written with their own offset.
TEST(WriteMoment, WritesTheEndsOfTheCalendarOfAnyOffset) {
  constexpr local_time<microseconds> first = local_days(year(1) / 1 / 1);
  constexpr local_time<microseconds> last = local_days(year(9999) / 12 / 31) + hours(24) - microseconds(1);
  EXPECT_EQ(written(DateTime{first, std::nullopt}), R"("0001-01-01T00:00:00")");
  EXPECT_EQ(written(DateTime{last, std::nullopt}), R"("9999-12-31T23:59:59.999999")");
  EXPECT_EQ(written(DateTime{first, hours(23) + minutes(59)}), R"("0001-01-01T00:00:00+23:59")");
  EXPECT_EQ(written(DateTime{last, -hours(23) - minutes(59)}), R"("9999-12-31T23:59:59.999999-23:59")");
  constexpr std::string_view problem = "a point in time must be in the years 1 to 9999";
  EXPECT_EQ(unwritable(DateTime{first - microseconds(1), -hours(1)}), problem);
  EXPECT_EQ(unwritable(DateTime{last + microseconds(1), hours(1)}), problem);
}

TEST(WriteMoment, WritesAnOffsetUpToASecondBelowADay) {
  constexpr local_days day(year(2020) / 1 / 1);
  EXPECT_EQ(written(DateTime{day, hours(24) - seconds(1)}), R"("2020-01-01T00:00:00+23:59:59")");
  EXPECT_EQ(written(DateTime{day, seconds(1) - hours(24)}), R"("2020-01-01T00:00:00-23:59:59")");
  EXPECT_EQ(written(DateTime{day, -seconds(1)}), R"("2020-01-01T00:00:00-00:00:01")");
  EXPECT_EQ(written(DateTime{day, seconds(0)}), R"("2020-01-01T00:00:00Z")");
  EXPECT_EQ(written(TimeOfDay{{}, hours(24) - seconds(1)}), R"("00:00:00+23:59:59")");
  EXPECT_EQ(unwritable(DateTime{day, -hours(24)}), "a UTC offset must be less than 24 hours");
  EXPECT_EQ(unwritable(TimeOfDay{{}, hours(24)}), "a UTC offset must be less than 24 hours");
}

TEST(WriteDate, RefusesWhatIsNoDayOfTheCalendar) {
  EXPECT_EQ(unwritable(sys_days::max()), "a date must be in the years 1 to 9999");
  EXPECT_EQ(unwritable(sys_days(year(1) / 1 / 1) - days(1)), "a date must be in the years 1 to 9999");
  EXPECT_EQ(unwritable(sys_days(year(1) / 1 / 1)), R"("0001-01-01")");
  EXPECT_EQ(unwritable(sys_days(year(9999) / 12 / 31)), R"("9999-12-31")");
  constexpr std::string_view problem = "a date must be a day of the calendar, in the years 1 to 9999";
  EXPECT_EQ(unwritable(year(2023) / 2 / 29), problem);
  EXPECT_EQ(unwritable(year(10000) / 1 / 1), problem);
  EXPECT_EQ(unwritable(year(0) / 1 / 1), problem);
  EXPECT_EQ(unwritable(year(1900) / 2 / 29), problem);
}

TEST(WriteDate, WritesTheFirstAndTheLastOfTheCalendar) {
  EXPECT_EQ(written(sys_days(year(1) / 1 / 1)), R"("0001-01-01")");
  EXPECT_EQ(written(sys_days(year(9999) / 12 / 31)), R"("9999-12-31")");
  EXPECT_EQ(written(year(1) / 1 / 1), R"("0001-01-01")");
  EXPECT_EQ(written(year(9999) / 12 / 31), R"("9999-12-31")");
  EXPECT_EQ(written(year(2000) / 2 / 29), R"("2000-02-29")");
  EXPECT_EQ(unwritable(sys_days(year(9999) / 12 / 31) + days(1)), "a date must be in the years 1 to 9999");
}

TEST(WriteTime, RefusesWhatIsNoTimeOfDay) {
  EXPECT_EQ(unwritable(Time<seconds>(hours(24))), "a time of day must be from 00:00 to 24:00");
  EXPECT_EQ(unwritable(Time<seconds>(-seconds(1))), "a time of day must be from 00:00 to 24:00");
  EXPECT_EQ(unwritable(Time<hours>(hours::max())), "a time of day must be from 00:00 to 24:00");
  EXPECT_EQ(unwritable(TimeOfDay{microseconds::max(), std::nullopt}),
            "a time of day must be from 00:00 to one microsecond before 24:00");
  EXPECT_EQ(unwritable(Time<nanoseconds>(hours(24) - nanoseconds(1))), R"("23:59:59.999999")");
}

TEST(WriteTime, WritesTheFirstAndTheLastOfTheDay) {
  EXPECT_EQ(written(Time<seconds>(seconds(0))), R"("00:00:00")");
  EXPECT_EQ(written(Time<seconds>(hours(24) - seconds(1))), R"("23:59:59")");
  EXPECT_EQ(written(Time<hours>(hours(23))), R"("23:00:00")");
  EXPECT_EQ(written(Time<RealSeconds>(RealSeconds(86'399.999'999))), R"("23:59:59.999999")");
  EXPECT_EQ(written(TimeOfDay{{}, std::nullopt}), R"("00:00:00")");
  EXPECT_EQ(written(TimeOfDay{hours(24) - microseconds(1), std::nullopt}), R"("23:59:59.999999")");
  constexpr std::string_view problem = "a time of day must be from 00:00 to one microsecond before 24:00";
  EXPECT_EQ(unwritable(TimeOfDay{hours(24), std::nullopt}), problem);
  EXPECT_EQ(unwritable(TimeOfDay{-microseconds(1), std::nullopt}), problem);
  EXPECT_EQ(unwritable(Time<RealSeconds>(RealSeconds(86'399.999'999'9))), problem);
}

TEST(WriteDuration, RefusesWhatMicrosecondsCannotCount) {
  constexpr std::string_view problem = "a duration must be a number of at most 292,471 years";
  EXPECT_EQ(unwritable(seconds::max()), problem);
  EXPECT_EQ(unwritable(hours::min()), problem);
  EXPECT_EQ((unwritable(duration<std::int64_t, std::exa>(1))), problem);
  EXPECT_EQ(unwritable(RealSeconds(std::numeric_limits<double>::infinity())), problem);
  EXPECT_EQ(unwritable(RealSeconds(std::nan(""))), problem);
  EXPECT_EQ(unwritable(nanoseconds::min()), R"("-P292Y171DT23H47M16.854775S")");
  EXPECT_EQ((unwritable(duration<std::uint64_t, std::nano>::max())), R"("P584Y343DT23H34M33.709551S")");
}

TEST(WriteDuration, WritesTheShortestAndTheLongest) {
  EXPECT_EQ(written(microseconds::max()), R"("P292471Y76DT4H54.775807S")");
  EXPECT_EQ(written(microseconds::min()), R"("-P292471Y76DT4H54.775808S")");
  EXPECT_EQ(written(seconds(9'223'372'036'854)), R"("P292471Y76DT4H54S")");
  EXPECT_EQ(written(seconds(-9'223'372'036'854)), R"("-P292471Y76DT4H54S")");
  EXPECT_EQ(written(hours(2'562'047'788)), R"("P292471Y76DT4H")");
  EXPECT_EQ(written(RealSeconds(9'223'372'036'854.773'437'5)), R"("P292471Y76DT4H54.77376S")");
  EXPECT_EQ(written(seconds(0)), R"("PT0S")");
  EXPECT_EQ(written(microseconds(-1)), R"("-PT0.000001S")");
  constexpr std::string_view problem = "a duration must be a number of at most 292,471 years";
  EXPECT_EQ(unwritable(seconds(9'223'372'036'855)), problem);
  EXPECT_EQ(unwritable(seconds(-9'223'372'036'855)), problem);
  EXPECT_EQ(unwritable(hours(2'562'047'789)), problem);
  EXPECT_EQ(unwritable(RealSeconds(9'223'372'036'854.775'390'625)), problem);
}

TEST(WriteDuration, RoundsARealCountToTheNearestMicrosecond) {
  EXPECT_EQ(encode_json(RealSeconds(0.000007)), R"("PT0.000007S")");
  EXPECT_EQ(encode_json(duration<float>(0.9F)), R"("PT0.9S")");
}

struct Shift {
  seconds length{};
};
struct Plan {
  std::string name;
  std::vector<Shift> shifts;
  std::optional<sys_seconds> until;
};

TEST(WriteChrono, NamesTheMemberThatCannotBeWritten) {
  EXPECT_EQ(unwritable(Plan{"p", {{seconds(1)}, {seconds::max()}}, {}}),
            "shifts.length: a duration must be a number of at most 292,471 years");
  EXPECT_EQ(unwritable(Plan{"p", {}, sys_seconds::max()}), "until: a point in time must be in the years 1 to 9999");
}

TEST(WriteChrono, NamesTheMemberThatCannotBeInAJson) {
  const Plan plan{"p", {{seconds(1)}, {seconds::max()}}, {}};
  EXPECT_EQ(unwritable_as_json(plan), unwritable(plan));
  EXPECT_EQ(unwritable_as_json(std::vector<Plan>{plan}), unwritable(std::vector<Plan>{plan}));
  const Plan endless{"p", {}, sys_seconds::max()};
  EXPECT_EQ(unwritable_as_json(endless), "until: a point in time must be in the years 1 to 9999");
  EXPECT_THROW(static_cast<void>(json{{"h", endless}}), std::domain_error);
}

TEST(DateTime, CountsNoFurtherThanMicrosecondsReach) {
  const DateTime first{local_time<microseconds>::min(), seconds::max()};
  const DateTime last{local_time<microseconds>::max(), seconds::min()};
  EXPECT_EQ(first.utc().time_since_epoch(), microseconds::min());
  EXPECT_EQ(last.utc().time_since_epoch(), microseconds::max());
  EXPECT_LT(first, last);
  EXPECT_LT((TimeOfDay{{}, seconds::max()}), (TimeOfDay{{}, seconds::min()}));
}

}  // namespace serval::chrono_test
