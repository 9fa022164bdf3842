// SPDX-License-Identifier: MIT
#include "http/precondition.hpp"

#include <gtest/gtest.h>

#include <initializer_list>

#include <serval/http/http_date.hpp>

namespace serval::detail::precondition_test {

using std::chrono::seconds;

constexpr std::chrono::sys_seconds changed{seconds(784111777)};
constexpr std::string_view same_date = "Sun, 06 Nov 1994 08:49:37 GMT";
constexpr std::string_view earlier = "Sun, 06 Nov 1994 08:49:36 GMT";
constexpr std::string_view later = "Sun, 06 Nov 1994 08:49:38 GMT";
const Validators current{.etag = "\"a\"", .modified = changed};

http::RequestHeaders with(std::initializer_list<http::HeaderView> fields) {
  http::RequestHeaders headers;
  for (const http::HeaderView& field : fields) headers.add(field.name, field.value);
  return headers;
}

Precondition evaluate(std::initializer_list<http::HeaderView> fields) {
  return evaluate_preconditions(with(fields), current);
}

TEST(Preconditions, HoldWhereThereAreNone) { EXPECT_EQ(evaluate({}), Precondition::holds); }

TEST(IfNoneMatch, ComparesWeakly) {
  EXPECT_EQ(evaluate({{"if-none-match", "\"a\""}}), Precondition::not_modified);
  EXPECT_EQ(evaluate({{"if-none-match", "W/\"a\""}}), Precondition::not_modified);
  EXPECT_EQ(evaluate({{"if-none-match", "\"b\""}}), Precondition::holds);
}

TEST(IfNoneMatch, TakesListsAndTheStar) {
  EXPECT_EQ(evaluate({{"if-none-match", "\"x,y\", W/\"b\" ,\"a\""}}), Precondition::not_modified);
  EXPECT_EQ(evaluate({{"if-none-match", "\"b\""}, {"if-none-match", "\"a\""}}), Precondition::not_modified);
  EXPECT_EQ(evaluate({{"if-none-match", "*"}}), Precondition::not_modified);
}

TEST(IfNoneMatch, GivesTheTagAsTheClientWroteIt) {
  const auto find = [](std::string_view field) { return find_none_match(with({{"if-none-match", field}}), "\"a\""); };
  EXPECT_EQ(find("\"b\", W/\"a\", \"a\""), "W/\"a\"");
  EXPECT_EQ(find(" , \"a\""), "\"a\"");
  EXPECT_EQ(find("*"), "\"a\"");
  EXPECT_EQ(find("\"b\""), std::nullopt);
  EXPECT_EQ(find_none_match({}, "\"a\""), std::nullopt);
}

TEST(IfNoneMatch, MatchesNothingWhereItIsMalformed) {
  for (const std::string_view field : {"a", "\"a", "", "w/\"a\"", "x, \"a\""}) {
    EXPECT_EQ(evaluate({{"if-none-match", field}}), Precondition::holds) << field;
  }
}

TEST(IfNoneMatch, MakesIfModifiedSinceVoid) {
  EXPECT_EQ(evaluate({{"if-none-match", "\"b\""}, {"if-modified-since", same_date}}), Precondition::holds);
}

TEST(IfModifiedSince, FailsWhereTheFileIsNotNewer) {
  EXPECT_EQ(evaluate({{"if-modified-since", same_date}}), Precondition::not_modified);
  EXPECT_EQ(evaluate({{"if-modified-since", later}}), Precondition::not_modified);
  EXPECT_EQ(evaluate({{"if-modified-since", earlier}}), Precondition::holds);
}

TEST(IfModifiedSince, IsNoConditionWhereItIsNoDateOrTwo) {
  EXPECT_EQ(evaluate({{"if-modified-since", "yesterday"}}), Precondition::holds);
  EXPECT_EQ(evaluate({{"if-modified-since", later}, {"if-modified-since", later}}), Precondition::holds);
}

TEST(IfMatch, ComparesStrongly) {
  EXPECT_EQ(evaluate({{"if-match", "\"a\""}}), Precondition::holds);
  EXPECT_EQ(evaluate({{"if-match", "*"}}), Precondition::holds);
  EXPECT_EQ(evaluate({{"if-match", "W/\"a\""}}), Precondition::failed);
  EXPECT_EQ(evaluate({{"if-match", "\"b\""}}), Precondition::failed);
}

TEST(IfUnmodifiedSince, FailsWhereTheFileIsNewer) {
  EXPECT_EQ(evaluate({{"if-unmodified-since", earlier}}), Precondition::failed);
  EXPECT_EQ(evaluate({{"if-unmodified-since", same_date}}), Precondition::holds);
  EXPECT_EQ(evaluate({{"if-unmodified-since", earlier}, {"if-match", "\"a\""}}), Precondition::holds);
}

TEST(Preconditions, AreEvaluatedInTheirOrder) {
  EXPECT_EQ(evaluate({{"if-none-match", "\"a\""}, {"if-match", "\"b\""}}), Precondition::failed);
  EXPECT_EQ(evaluate({{"if-none-match", "\"a\""}, {"if-match", "\"a\""}}), Precondition::not_modified);
}

TEST(IfRange, CountsWhereTheTagIsTheSameAndStrong) {
  const auto now = changed + seconds(60);
  EXPECT_TRUE(range_counts(with({}), current, now));
  EXPECT_TRUE(range_counts(with({{"if-range", "\"a\""}}), current, now));
  EXPECT_FALSE(range_counts(with({{"if-range", "W/\"a\""}}), current, now));
  EXPECT_FALSE(range_counts(with({{"if-range", "\"b\""}}), current, now));
  EXPECT_FALSE(range_counts(with({{"if-range", "nonsense"}}), current, now));
}

TEST(IfRange, CountsWhereTheDateIsTheSameAndOldEnough) {
  EXPECT_TRUE(range_counts(with({{"if-range", same_date}}), current, changed + seconds(1)));
  EXPECT_FALSE(range_counts(with({{"if-range", same_date}}), current, changed));
  EXPECT_FALSE(range_counts(with({{"if-range", later}}), current, changed + seconds(60)));
}

}  // namespace serval::detail::precondition_test
