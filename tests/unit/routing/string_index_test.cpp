// SPDX-License-Identifier: MIT
#include "routing/string_index.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace serval::detail::string_index_test {

TEST(StringIndex, FindsNothingWhenEmpty) {
  const StringIndex index;
  EXPECT_TRUE(index.empty());
  EXPECT_EQ(index.find(""), std::nullopt);
  EXPECT_EQ(index.find("/"), std::nullopt);
}

TEST(StringIndex, FindsWhatWasInserted) {
  StringIndex index;
  index.insert("/items", 7);
  EXPECT_EQ(index.find("/items"), 7U);
}

TEST(StringIndex, TakesTheEmptyKey) {
  StringIndex index;
  index.insert("", 3);
  EXPECT_EQ(index.find(""), 3U);
}

TEST(StringIndex, KeepsTheFirstValueOfAKey) {
  StringIndex index;
  index.insert("a", 1);
  index.insert("a", 2);
  EXPECT_EQ(index.find("a"), 1U);
  EXPECT_EQ(index.size(), 1U);
}

TEST(StringIndex, TellsPrefixesAndZeroBytesApart) {
  StringIndex index;
  index.insert("abcdefgh", 1);
  index.insert("abcdefghi", 2);
  index.insert(std::string("abcdefgh\0", 9), 3);
  EXPECT_EQ(index.find("abcdefgh"), 1U);
  EXPECT_EQ(index.find("abcdefghi"), 2U);
  EXPECT_EQ(index.find(std::string_view("abcdefgh\0", 9)), 3U);
  EXPECT_EQ(index.find("abcdefg"), std::nullopt);
}

TEST(StringIndex, FindsEveryKeyAfterGrowing) {
  StringIndex index;
  for (std::uint32_t i = 0; i < 5000; ++i) index.insert("/resource/" + std::to_string(i), i);
  for (std::uint32_t i = 0; i < 5000; ++i) ASSERT_EQ(index.find("/resource/" + std::to_string(i)), i);
  EXPECT_EQ(index.find("/resource/5000"), std::nullopt);
}

// There are so many keys that some share all 32 bits of their hash.
TEST(StringIndex, TellsKeysOfOneHashApart) {
  StringIndex index;
  std::mt19937_64 random(1);
  std::vector<std::string> keys;
  for (std::uint32_t i = 0; i < 300'000; ++i) {
    keys.push_back(std::to_string(random()));
    index.insert(keys.back(), i);
  }
  for (std::uint32_t i = 0; i < keys.size(); ++i) ASSERT_EQ(index.find(keys[i]), i);
}

}  // namespace serval::detail::string_index_test
