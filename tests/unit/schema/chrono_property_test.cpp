// SPDX-License-Identifier: MIT
// What holds for every combination of count type and unit, at both ends of its range: a value that is read is the value
// that was sent, and a value that is written can be read again; otherwise it is refused. Nothing wraps around.
#include <serval/schema/chrono_type.hpp>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <limits>
#include <ratio>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include <serval/schema/codec.hpp>

#include "decode_fixture.hpp"

namespace serval::chrono_property_test {

using namespace std::chrono;
using serval::testing::round_trip;
using serval::testing::words_of;

using RealSeconds = duration<double>;
template <class D>
using Time = hh_mm_ss<D>;

std::string in_quotes(std::string_view text) { return '"' + std::string(text) + '"'; }

/// Returns both ends of the range of a count type, zero, and values near these.
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

/// Returns durations at both ends of what clients may send, and a sweep of magnitudes between them.
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

/// Expects that a duration that is accepted is the one that was sent, to less than a microsecond.
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

/// Expects that a value that is read can be written, and that the written text reads as the same value.
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

/// Expects that a moment that is accepted is written as it was sent.
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

}  // namespace serval::chrono_property_test
