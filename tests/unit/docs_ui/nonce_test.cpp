// SPDX-License-Identifier: MIT
#include "docs_ui/nonce.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace serval::docs_ui::nonce_test {

TEST(Nonce, HasAtLeast128BitsInCharactersThatAPolicyMayHold) {
  const std::string nonce = new_nonce();
  EXPECT_GE(nonce.size() * 6, 128U);
  EXPECT_EQ(nonce.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
            std::string::npos);
}

TEST(Nonce, IsAnotherOneEachTime) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(seen.insert(new_nonce()).second);
}

TEST(Nonce, DrawsFromTheWholeAlphabetAtEachPlace) {
  // There are 64 characters and 2000 draws. A given character is missing at a given place with a probability below
  // 1e-13.
  const std::size_t size = new_nonce().size();
  std::vector<std::set<char>> drawn(size);
  for (int i = 0; i < 2000; ++i) {
    const std::string nonce = new_nonce();
    for (std::size_t at = 0; at < size; ++at) drawn[at].insert(nonce[at]);
  }
  for (const auto& characters : drawn) EXPECT_EQ(characters.size(), 64U);
}

}  // namespace serval::docs_ui::nonce_test
