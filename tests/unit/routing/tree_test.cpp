// SPDX-License-Identifier: MIT
#include "routing/tree.hpp"

#include <gtest/gtest.h>

#include <string>

namespace serval::detail::tree_test {

void add(SegmentTree& tree, std::string_view pattern, std::uint32_t route = 0) {
  tree.attach(tree.place(routing::Pattern::parse(pattern)), {{http::Method::get}, route});
}

TEST(SegmentTree, SharesANodeBetweenPatternsOfOneShape) {
  SegmentTree tree;
  EXPECT_EQ(tree.place(routing::Pattern::parse("/a/{x}")), tree.place(routing::Pattern::parse("/a/{y:str}")));
}

TEST(SegmentTree, KeepsConvertersApart) {
  SegmentTree tree;
  EXPECT_NE(tree.place(routing::Pattern::parse("/a/{x}")), tree.place(routing::Pattern::parse("/a/{x:int}")));
}

TEST(SegmentTree, KeepsLiteralTextAroundAParameterApart) {
  SegmentTree tree;
  EXPECT_NE(tree.place(routing::Pattern::parse("/{x}ab")), tree.place(routing::Pattern::parse("/{x}b")));
  EXPECT_NE(tree.place(routing::Pattern::parse("/a{x}")), tree.place(routing::Pattern::parse("/{x}a")));
}

TEST(SegmentTree, KeepsShapesWhenNodesMove) {
  SegmentTree tree;
  const auto first = tree.place(routing::Pattern::parse("/{a}/{b}/{c}"));
  for (int i = 0; i < 100; ++i) tree.place(routing::Pattern::parse("/{a}/" + std::to_string(i)));
  EXPECT_EQ(tree.place(routing::Pattern::parse("/{x}/{y}/{z}")), first);
}

TEST(SegmentTree, DropsTheValuesOfADeadEnd) {
  SegmentTree tree;
  add(tree, "/{a:int}/{b:int}/x", 1);
  add(tree, "/{a}/{b}/y", 2);
  TreeWalk walk;
  const auto* found = tree.find("/1/2/y", walk);
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->route, 2U);
  EXPECT_EQ(walk.captured, 2U);
  EXPECT_EQ(walk.captures[0].view(), "1");
  EXPECT_EQ(walk.captures[1].view(), "2");
}

// The worst path for a table: every segment matches a literal, two typed parameters and a plain one, and every branch
// ends just before the last segment.
TEST(SegmentTree, VisitsEachNodeAtMostOnceOnTheWorstPath) {
  SegmentTree tree;
  const std::string_view shapes[] = {"1", "{#:int}", "{#:float}", "{#}"};
  for (int ways = 0; ways < 4 * 4 * 4 * 4 * 4; ++ways) {
    std::string pattern;
    for (int depth = 0, rest = ways; depth < 5; ++depth, rest /= 4) {
      const std::string_view shape = shapes[rest % 4];
      pattern += '/';
      for (const char c : shape) pattern += c == '#' ? "p" + std::to_string(depth) : std::string(1, c);
    }
    add(tree, pattern + "/end");
  }
  TreeWalk walk;
  EXPECT_EQ(tree.find("/1/1/1/1/1/miss", walk), nullptr);
  EXPECT_GT(walk.visited, 1024U);
  EXPECT_LE(walk.visited, tree.size());
}

TEST(SegmentTree, VisitsFewNodesForALongPathInASmallTable) {
  SegmentTree tree;
  for (int i = 0; i < 20; ++i) {
    std::string pattern;
    for (int depth = 0; depth < 20; ++depth) pattern += depth == i ? "/a" : "/{p" + std::to_string(depth) + "}";
    add(tree, pattern + "/end");
  }
  std::string path;
  for (int i = 0; i < 20; ++i) path += "/a";
  TreeWalk walk;
  EXPECT_EQ(tree.find(path + "/miss", walk), nullptr);
  EXPECT_LE(walk.visited, tree.size());
}

TEST(SegmentTree, StopsAtItsOwnDepthOnAPathOfManySegments) {
  SegmentTree tree;
  add(tree, "/{a}/{b}");
  std::string path;
  for (int i = 0; i < 4000; ++i) path += "/a";
  TreeWalk walk;
  EXPECT_EQ(tree.find(path, walk), nullptr);
  EXPECT_LE(walk.visited, 3U);
}

}  // namespace serval::detail::tree_test
