// SPDX-License-Identifier: MIT
#include <serval/schema/chrono.hpp>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <ratio>
#include <string>

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

std::string in_quotes(std::string_view text) { return '"' + std::string(text) + '"'; }

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

/// What is written for a value, as a text and in a `json`.
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

// As UTC it could not be written again.
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

// In UTC those with an offset are outside of the calendar; they are written as they stand.
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

// At the ends of each combination of count and unit: what is read is what was sent, and what is written can be read
// again, or each is refused; nothing wraps.

/// The ends of the counts of a type and what is around them.
template <class D>
std::vector<D> counts_at_the_ends() {
  using Rep = typename D::rep;
  std::vector<D> counts;
  for (const Rep step : {Rep(0), Rep(1), Rep(2), Rep(59), Rep(100)}) {
    counts.push_back(D(static_cast<Rep>(std::numeric_limits<Rep>::lowest() + step)));
    counts.push_back(D(static_cast<Rep>(std::numeric_limits<Rep>::max() - step)));
    counts.push_back(D(step));
    counts.push_back(D(static_cast<Rep>(Rep(0) - step)));
  }
  return counts;
}

template <class T>
void expect_the_same_again(const T& value) {
  std::string text;
  try {
    text = encode_json(value);
  } catch (const std::domain_error&) {
    return;
  }
  EXPECT_EQ(words_of<T>(text), "ok") << text;
  EXPECT_EQ(round_trip<T>(text), text);
}

template <class D>
void expect_all_counts_to_return() {
  for (const D count : counts_at_the_ends<D>()) {
    expect_the_same_again(count);
    expect_the_same_again(sys_time<D>(count));
  }
}

template <class Period>
void expect_all_types_of_counts_to_return() {
  expect_all_counts_to_return<duration<std::int8_t, Period>>();
  expect_all_counts_to_return<duration<std::uint16_t, Period>>();
  expect_all_counts_to_return<duration<std::int32_t, Period>>();
  expect_all_counts_to_return<duration<std::int64_t, Period>>();
  expect_all_counts_to_return<duration<std::uint64_t, Period>>();
}

TEST(ChronoProperty, WhatIsWrittenIsReadAgain) {
  expect_all_types_of_counts_to_return<std::nano>();
  expect_all_types_of_counts_to_return<std::ratio<3, 1'000'000'000>>();
  expect_all_types_of_counts_to_return<std::micro>();
  expect_all_types_of_counts_to_return<std::ratio<1, 60>>();
  expect_all_types_of_counts_to_return<std::ratio<1001, 30'000>>();
  expect_all_types_of_counts_to_return<std::ratio<1>>();
  expect_all_types_of_counts_to_return<std::ratio<86'399>>();
  expect_all_types_of_counts_to_return<std::exa>();
}

/// Texts at the ends of what clients may send, and a sweep of magnitudes between them.
std::vector<microseconds> durations_that_come() {
  std::vector<microseconds> all{microseconds::min(), microseconds::max()};
  for (std::int64_t magnitude = 1; magnitude < microseconds::max().count() / 7; magnitude *= 7) {
    for (const std::int64_t near : {-1, 0, 1}) {
      all.emplace_back(magnitude + near);
      all.emplace_back(-magnitude + near);
    }
  }
  return all;
}

/// A duration that is taken is that which was sent, to less than a microsecond.
template <class D>
void expect_no_other_duration(microseconds sent) {
  const std::string text = in_quotes(schema::to_iso_string(sent));
  if (const std::string words = words_of<D>(text); words != "ok") {
    EXPECT_TRUE(words.starts_with("time_delta_parsing: ")) << words;
    return;
  }
  const D read = decode_json<D>(text);
  const auto difference = static_cast<long double>(read.count()) * D::period::num / D::period::den * 1e6L -
                          static_cast<long double>(sent.count());
  EXPECT_LT(std::fabs(difference), 1.0L + std::fabs(static_cast<long double>(sent.count())) * 1e-15L)
      << text << " as " << D::period::num << '/' << D::period::den;
}

template <class Rep>
void expect_no_other_duration_of_any_unit(microseconds sent) {
  expect_no_other_duration<duration<Rep, std::pico>>(sent);
  expect_no_other_duration<duration<Rep, std::nano>>(sent);
  expect_no_other_duration<duration<Rep, std::micro>>(sent);
  expect_no_other_duration<duration<Rep, std::milli>>(sent);
  expect_no_other_duration<duration<Rep, std::ratio<1, 60>>>(sent);
  expect_no_other_duration<duration<Rep>>(sent);
  expect_no_other_duration<duration<Rep, std::ratio<3600>>>(sent);
}

TEST(ChronoProperty, WhatIsTakenIsWhatWasSent) {
  for (const microseconds sent : durations_that_come()) {
    expect_no_other_duration_of_any_unit<std::int8_t>(sent);
    expect_no_other_duration_of_any_unit<std::uint16_t>(sent);
    expect_no_other_duration_of_any_unit<std::int32_t>(sent);
    expect_no_other_duration_of_any_unit<std::int64_t>(sent);
    expect_no_other_duration_of_any_unit<std::uint64_t>(sent);
    expect_no_other_duration<RealSeconds>(sent);
  }
}

/// What is read can be written, and what was written is read as the same again.
template <class T>
void expect_to_be_shown(std::string_view sent) {
  if (words_of<T>(sent) != "ok") return;
  std::string written = "nothing";
  EXPECT_NO_THROW(written = encode_json(decode_json<T>(sent))) << sent;
  EXPECT_EQ(words_of<T>(written), "ok") << sent;
  EXPECT_EQ(round_trip<T>(written), written) << sent;
}

template <class D>
void expect_ends_to_be_shown() {
  for (const char* text :
       {R"("P106751991DT4H54.775807S")", R"("-P106751991DT4H54.775808S")", R"("-P106751991DT4H54.775807S")",
        R"("P106751991DT4H")", R"("P106751991D")", "9223372036854.775", "-9223372036854.775", R"("PT0.000001S")"})
    expect_to_be_shown<D>(text);
  for (const char* text : {R"("9999-12-31T23:59:59.999999Z")", R"("9999-12-31T23:59:59Z")", R"("0001-01-01T00:00:00Z")",
                           R"("0001-01-01T00:00:00.000001Z")", "253402300799.999999", "-62135596800"})
    expect_to_be_shown<sys_time<D>>(text);
  for (const char* text :
       {R"("23:59:59.999999")", R"("23:59:59.9999")", R"("23:59:59")", R"("00:00:00")", R"("00:00:00.000001")"})
    expect_to_be_shown<Time<D>>(text);
}

template <class Rep>
void expect_ends_of_any_unit_to_be_shown() {
  expect_ends_to_be_shown<duration<Rep, std::nano>>();
  expect_ends_to_be_shown<duration<Rep, std::micro>>();
  expect_ends_to_be_shown<duration<Rep, std::milli>>();
  expect_ends_to_be_shown<duration<Rep, std::ratio<1, 60>>>();
  expect_ends_to_be_shown<duration<Rep>>();
  expect_ends_to_be_shown<duration<Rep, std::ratio<3600>>>();
  expect_ends_to_be_shown<duration<Rep, std::ratio<86'399>>>();
}

TEST(ChronoProperty, WhatIsTakenByRealCountsCanBeShown) {
  expect_ends_of_any_unit_to_be_shown<float>();
  expect_ends_of_any_unit_to_be_shown<double>();
  expect_ends_of_any_unit_to_be_shown<long double>();
}

TEST(ReadReal, TakesTheEndsAsTheNearestThatCanBeWritten) {
  EXPECT_EQ(round_trip<RealSeconds>(R"("P106751991DT4H54.775807S")"), R"("P292471Y76DT4H54.77376S")");
  EXPECT_EQ(round_trip<RealSeconds>(R"("-P106751991DT4H54.775807S")"), R"("-P292471Y76DT4H54.77376S")");
  EXPECT_EQ(round_trip<sys_time<RealSeconds>>(R"("9999-12-31T23:59:59.999999Z")"), R"("9999-12-31T23:59:59.999968Z")");
  EXPECT_EQ(round_trip<Time<duration<float>>>(R"("23:59:59.9999")"), R"("23:59:59.992188")");
}

/// A moment that is taken is written as it was sent.
template <class D>
void expect_no_other_moment(const DateTime& sent) {
  const std::string text = in_quotes(sent.to_string());
  if (words_of<sys_time<D>>(text) != "ok") return;
  EXPECT_EQ(round_trip<sys_time<D>>(text), text);
}

TEST(ChronoProperty, AMomentThatIsTakenIsWrittenAsItWasSent) {
  const microseconds first = sys_days(year(1) / 1 / 1).time_since_epoch();
  for (std::int64_t step = 0; step < 999; ++step) {
    const microseconds since_first = step * days(3652) + step * microseconds(77'777'777);
    for (const microseconds moment : {first + since_first, first + duration_cast<days>(since_first)}) {
      const DateTime sent = DateTime::from_utc(sys_time<microseconds>(moment));
      expect_no_other_moment<nanoseconds>(sent);
      expect_no_other_moment<microseconds>(sent);
      expect_no_other_moment<milliseconds>(sent);
      expect_no_other_moment<duration<std::int32_t>>(sent);
      expect_no_other_moment<duration<std::uint32_t>>(sent);
      expect_no_other_moment<duration<std::int64_t, std::ratio<1, 3>>>(sent);
      expect_no_other_moment<hours>(sent);
    }
  }
}

}  // namespace serval::chrono_test
