// SPDX-License-Identifier: MIT
// Which of several matching patterns wins, whatever the order of registration.
#include <serval/routing/table.hpp>

#include "table_fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace serval::table_precedence_test {

/// Registers `patterns` in every order, and expects that the first of them wins each time.
void expect_first_wins(std::vector<std::string_view> patterns, std::string_view path) {
  const std::string_view winner = patterns.front();
  std::sort(patterns.begin(), patterns.end());
  do {
    Routes routes;
    for (const std::string_view pattern : patterns) routes.add({http::Method::get}, pattern);
    const std::string found = routes.get(path);
    EXPECT_EQ(found.substr(0, found.find(' ')), winner) << "first registered: " << patterns.front();
  } while (std::next_permutation(patterns.begin(), patterns.end()));
}

TEST(RoutePrecedence, LiteralThenTypedThenPlainThenTail) {
  expect_first_wins({"/1", "/{n:int}", "/{x}", "/{p:path}"}, "/1");
  expect_first_wins({"/{n:int}", "/2", "/{x}", "/{p:path}"}, "/1");
  expect_first_wins({"/{x}", "/2", "/{n:int}", "/{p:path}"}, "/a");
  expect_first_wins({"/{p:path}", "/2", "/{n:int}", "/{x}"}, "/a/b");
}

TEST(RoutePrecedence, IntegerBeforeFloat) {
  expect_first_wins({"/{n:int}", "/{x:float}"}, "/1");
  expect_first_wins({"/{x:float}", "/{n:int}"}, "/1.0");
}

TEST(RoutePrecedence, UuidBeforePlain) {
  expect_first_wins({"/{u:uuid}", "/{n:int}", "/{x}"}, "/123e4567-e89b-12d3-a456-426614174000");
}

TEST(RoutePrecedence, MoreLiteralTextFirstAmongPlainParameters) {
  expect_first_wins({"/{name}.tar.gz", "/{name}.gz", "/{name}"}, "/a.tar.gz");
  expect_first_wins({"/{name}.gz", "/{name}.tar.gz", "/{name}"}, "/a.gz");
  expect_first_wins({"/abc{x}", "/ab{x}", "/a{x}"}, "/abcd");
}

TEST(RoutePrecedence, MoreLiteralTextFirstAmongTypedParameters) {
  expect_first_wins({"/1{x:float}", "/{n:int}"}, "/12");
  expect_first_wins({"/v{n:int}.0", "/v{x:float}"}, "/v1.0");
}

TEST(RoutePrecedence, TypedBeforePlainWithMoreLiteralText) { expect_first_wins({"/{x:float}", "/{x}.50"}, "/1.50"); }

TEST(RoutePrecedence, PrefixBeforeSuffixOfEqualLength) { expect_first_wins({"/a{x}", "/{x}b"}, "/a1b"); }

TEST(RoutePrecedence, MoreLiteralTextFirstAmongTails) {
  expect_first_wins({"/{p:path}/raw", "/{p:path}w", "/{p:path}"}, "/a/raw");
  expect_first_wins({"/a{p:path}", "/{p:path}"}, "/a/raw");
}

TEST(RoutePrecedence, TheFirstSegmentThatDiffersDecides) {
  expect_first_wins({"/a/{x}", "/{y}/b"}, "/a/b");
  expect_first_wins({"/a/{p:path}", "/{x}/b/c", "/{x}/b/{y}"}, "/a/b/c");
  expect_first_wins({"/{n:int}/{p:path}", "/{x}/b"}, "/1/b");
}

TEST(RoutePrecedence, ShorterTailLosesToTheParameterBeneathTheSameLiteral) {
  expect_first_wins({"/f/{x}", "/f/{p:path}", "/{p:path}"}, "/f/a");
  expect_first_wins({"/f/{p:path}", "/f/{x}", "/{p:path}"}, "/f/a/b");
}

TEST(RouteBacktracking, LeavesALiteralThatLeadsNowhere) {
  expect_first_wins({"/{x}/c", "/a/b"}, "/a/c");
  expect_first_wins({"/{x}/{y}/d", "/a/b/c", "/a/{y}/e"}, "/a/b/d");
}

TEST(RouteBacktracking, LeavesATypedParameterThatLeadsNowhere) { expect_first_wins({"/{x}/b", "/{n:int}/a"}, "/1/b"); }

TEST(RouteBacktracking, LeavesAPlainParameterForATail) {
  expect_first_wins({"/a/{p:path}", "/a/{x}/c"}, "/a/b/d");
  expect_first_wins({"/{p:path}", "/a/{x}/c", "/a/b/{y:int}"}, "/a/b/d");
}

TEST(RouteBacktracking, ComesBackWithTheRightParameters) {
  const Routes routes{"/{a:int}/{b:int}/x", "/{c}/{d:int}/y", "/{e}/{f}/z"};
  EXPECT_EQ(routes.get("/1/2/z"), "/{e}/{f}/z e=1 f=2");
  EXPECT_EQ(routes.get("/1/2/y"), "/{c}/{d:int}/y c=1 d=2");
}

TEST(RouteBacktracking, LooksForTheMethodBehindADeadEnd) {
  Routes routes;
  routes.add({http::Method::get}, "/a/b").add({http::Method::post}, "/a/{x}").add({http::Method::put}, "/{y}/b");
  routes.add({http::Method::delete_}, "/{p:path}");
  EXPECT_EQ(routes.find(http::Method::get, "/a/b"), "/a/b#0");
  EXPECT_EQ(routes.find(http::Method::post, "/a/b"), "/a/{x}#1 x=b");
  EXPECT_EQ(routes.find(http::Method::put, "/a/b"), "/{y}/b#2 y=a");
  EXPECT_EQ(routes.find(http::Method::delete_, "/a/b"), "/{p:path}#3 p=a/b");
  EXPECT_EQ(routes.find(http::Method::patch, "/a/b"), "405 GET, POST, PUT, DELETE");
}

}  // namespace serval::table_precedence_test
