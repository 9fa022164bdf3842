// SPDX-License-Identifier: MIT
#include "http/byte_range.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace serval::detail::byte_range_test {

using testing::ElementsAre;
using Outcome = RangeSelection::Outcome;

TEST(ByteRanges, AreCountedFromTheFirstByte) {
  EXPECT_THAT(select_ranges("bytes=0-4", 11).ranges, ElementsAre(ByteRange{0, 4}));
  EXPECT_THAT(select_ranges("bytes=10-10", 11).ranges, ElementsAre(ByteRange{10, 10}));
}

TEST(ByteRanges, MayBeOpenAtTheEnd) {
  EXPECT_THAT(select_ranges("bytes=9-", 11).ranges, ElementsAre(ByteRange{9, 10}));
}

TEST(ByteRanges, MayBeASuffix) {
  EXPECT_THAT(select_ranges("bytes=-3", 11).ranges, ElementsAre(ByteRange{8, 10}));
  EXPECT_THAT(select_ranges("bytes=-99", 11).ranges, ElementsAre(ByteRange{0, 10}));
}

TEST(ByteRanges, AreCutAtTheEnd) {
  EXPECT_THAT(select_ranges("bytes=5-99", 11).ranges, ElementsAre(ByteRange{5, 10}));
  EXPECT_THAT(select_ranges("bytes=5-99999999999999999999999", 11).ranges, ElementsAre(ByteRange{5, 10}));
}

TEST(ByteRanges, KeepTheOrderThatTheyWereAskedFor) {
  EXPECT_THAT(select_ranges("bytes=8-9, 0-1,4-5", 11).ranges,
              ElementsAre(ByteRange{8, 9}, ByteRange{0, 1}, ByteRange{4, 5}));
}

TEST(ByteRanges, AreJoinedWhereTheyTouch) {
  EXPECT_THAT(select_ranges("bytes=0-3,2-5", 11).ranges, ElementsAre(ByteRange{0, 5}));
  EXPECT_THAT(select_ranges("bytes=8-9,3-5,0-2", 11).ranges, ElementsAre(ByteRange{8, 9}, ByteRange{0, 5}));
  EXPECT_THAT(select_ranges("bytes=0-9,2-3", 11).ranges, ElementsAre(ByteRange{0, 9}));
}

TEST(ByteRanges, LeaveOutThoseBeyondTheEnd) {
  EXPECT_THAT(select_ranges("bytes=20-30,0-1", 11).ranges, ElementsAre(ByteRange{0, 1}));
}

TEST(ByteRanges, AreUnsatisfiableWhereNoByteIsLeft) {
  for (const char* field : {"bytes=11-", "bytes=11-20", "bytes=-0", "bytes=99999999999999999999-"}) {
    EXPECT_EQ(select_ranges(field, 11).outcome, Outcome::unsatisfiable) << field;
  }
  EXPECT_EQ(select_ranges("bytes=0-", 0).outcome, Outcome::unsatisfiable);
  EXPECT_EQ(select_ranges("bytes=-1", 0).outcome, Outcome::unsatisfiable);
}

TEST(ByteRanges, AreRefusedWhereTheyAreMalformed) {
  for (const char* field : {"bytes", "", "bytes=", "bytes=,", "bytes=1", "bytes=-", "bytes=4-3", "bytes=a-b",
                            "bytes=1-2x", "bytes=--1", "bytes=+1-2", "bytes=1 - 2", "bytes=0-1;2-3"}) {
    EXPECT_EQ(select_ranges(field, 11).outcome, Outcome::malformed) << field;
  }
}

TEST(ByteRanges, AreOfBytesOnly) {
  EXPECT_EQ(select_ranges("lines=0-1", 11).outcome, Outcome::unknown_unit);
  EXPECT_EQ(select_ranges("Bytes=0-1", 11).outcome, Outcome::ranges);
}

TEST(ByteRanges, AreRefusedWhereTheyAreTooMany) {
  std::string sixteen = "bytes=0-0";
  for (int i = 1; i < 16; ++i) sixteen += "," + std::to_string(2 * i) + "-" + std::to_string(2 * i);
  EXPECT_EQ(select_ranges(sixteen, 100).ranges.size(), 16U);
  EXPECT_EQ(select_ranges(sixteen + ",50-50", 100).outcome, Outcome::unsatisfiable);
  EXPECT_EQ(select_ranges(sixteen + ",30-31", 100).ranges.size(), 16U);  // touches another range, so the two are merged
}

TEST(ByteRanges, AreNotEvenSortedWhereTheyAreAFlood) {
  std::string flood = "bytes=0-";
  for (int i = 0; i < 300; ++i) flood += ",0-";
  EXPECT_EQ(select_ranges(flood, 100).outcome, Outcome::unsatisfiable);
}

TEST(ContentRange, NamesBytesAndSize) {
  EXPECT_EQ(content_range({0, 4}, 11), "bytes 0-4/11");
  EXPECT_EQ(unsatisfied_range(11), "bytes */11");
}

}  // namespace serval::detail::byte_range_test
