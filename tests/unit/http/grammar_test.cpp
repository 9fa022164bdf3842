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

TEST(IsToken, KnowsEveryByteAtEveryPlace) {
  const std::string_view others =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+.^_`|~";  // besides small letters and '-'
  EXPECT_FALSE(is_token(""));
  for (std::size_t size = 1; size <= 20; ++size) {
    for (std::size_t place = 0; place < size; ++place) {
      for (int byte = 0; byte < 256; ++byte) {
        const char character = static_cast<char>(byte);
        std::string name(size, 'x');
        name[place] = character;
        const bool is_usual = (character >= 'a' && character <= 'z') || character == '-';
        const bool is_expected = is_usual || others.find(character) != std::string_view::npos;
        ASSERT_EQ(is_token(name), is_expected) << size << " " << place << " " << byte;
      }
    }
  }
}

}  // namespace serval::detail::grammar_test
