// SPDX-License-Identifier: MIT
#include "http/boundary_search.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace serval::detail::boundary_search_test {

// Returns the contents between the delimiters. The body arrives in pieces of `piece_size` bytes.
std::vector<std::string> split(std::string_view boundary, std::string_view body, std::size_t piece_size) {
  BoundarySearch search(boundary);
  std::vector<std::string> contents(1);
  while (!body.empty()) {
    std::string_view piece = body.substr(0, piece_size);
    body.remove_prefix(piece.size());
    while (!piece.empty()) {
      const BoundarySearch::Step step = search.next(piece);
      contents.back().append(step.held).append(step.content);
      if (step.found) contents.emplace_back();
      piece.remove_prefix(step.consumed);
    }
  }
  return contents;
}

TEST(BoundarySearch, FindsDelimitersInPiecesOfAnySize) {
  const std::string body = "one\r\n--abc\r\n--abctwo\r\n\r\n--ab\r\r\n--abcthree\n--abc\r\n--abX";
  for (std::size_t size = 1; size <= body.size(); ++size) {
    EXPECT_EQ(split("abc", body, size),
              (std::vector<std::string>{"one", "", "two\r\n\r\n--ab\r", "three\n--abc\r\n--abX"}))
        << size;
  }
}

TEST(BoundarySearch, FindsADelimiterAmongItsOwnBytes) {
  const std::string content = std::string(500, 'a') + "\r\n--" + std::string(69, 'a') + "\r\n-" + std::string(200, '-');
  const std::string boundary(70, 'a');
  EXPECT_EQ(split(boundary, content + "\r\n--" + boundary, 64), (std::vector<std::string>{content, ""}));
}

TEST(BoundarySearch, HoldsBackOnlyWhatMayBeADelimiter) {
  BoundarySearch search("abc");
  EXPECT_EQ(search.next("text\r\n--a").content, "text");
  const BoundarySearch::Step step = search.next("more");
  EXPECT_EQ(step.held, "\r\n--a");
  EXPECT_EQ(step.content, "more");
}

TEST(BoundarySearch, TakesADelimiterWithoutItsLineEndAtAnAssumedLineStart) {
  BoundarySearch search("abc");
  search.assume_line_start();
  EXPECT_TRUE(search.next("--abc").found);
  EXPECT_EQ(search.found_text(), "--abc");
  EXPECT_FALSE(search.next("--abc").found);
}

TEST(BoundarySearch, GivesNoAssumedLineEndAsContent) {
  BoundarySearch search("abc");
  search.assume_line_start();
  const BoundarySearch::Step step = search.next("--aX\r\n--abc");
  EXPECT_EQ(step.held, "");
  EXPECT_EQ(step.content, "--aX");
  EXPECT_TRUE(step.found);
  EXPECT_EQ(search.found_text(), "\r\n--abc");
}

}  // namespace serval::detail::boundary_search_test
