// SPDX-License-Identifier: MIT
#include "http/grammar.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace serval::detail::grammar_test {

/// Returns each element in brackets.
std::string elements_of(std::string_view list, char separator = ',') {
  std::string out;
  while (!list.empty()) out.append("[").append(take_element(list, separator)).append("]");
  return out;
}

TEST(TakeElement, GivesEachWithoutTheWhiteSpaceAroundIt) {
  EXPECT_EQ(elements_of("a, b\t,c d "), "[a][b][c d]");
  EXPECT_EQ(elements_of("alone"), "[alone]");
}

TEST(TakeElement, GivesEmptyOnesToo) {
  EXPECT_EQ(elements_of(""), "");
  EXPECT_EQ(elements_of(",a,, b"), "[][a][][b]");
  EXPECT_EQ(elements_of("a,"), "[a]");
  EXPECT_EQ(elements_of(" "), "[]");
}

TEST(TakeElement, KnowsOtherSeparators) { EXPECT_EQ(elements_of("a, b; c", ';'), "[a, b][c]"); }

}  // namespace serval::detail::grammar_test
