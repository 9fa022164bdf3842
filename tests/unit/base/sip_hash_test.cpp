// SPDX-License-Identifier: MIT
#include "base/sip_hash.hpp"

#include <gtest/gtest.h>

#include <string>

namespace serval::detail::sip_hash_test {

// The key 00 01 .. 0f of the vectors of the reference implementation; their inputs are the bytes 00, 01, 02 and so on.
constexpr SipKey key{.first = 0x0706050403020100, .second = 0x0f0e0d0c0b0a0908};

std::string bytes(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += static_cast<char>(i);
  return text;
}

TEST(SipHash, AgreesWithTheVectorsOfItsAuthors) {
  EXPECT_EQ(sip_hash_2_4(key, ""), 0x726fdb47dd0e0e31U);
  EXPECT_EQ(sip_hash_2_4(key, bytes(1)), 0x74f839c593dc67fdU);
  EXPECT_EQ(sip_hash_2_4(key, bytes(15)), 0xa129ca6149be45e5U);
  EXPECT_EQ(sip_hash_2_4_128(key, ""), (Hash128{0xe6a825ba047f81a3U, 0x930255c71472f66dU}));
  EXPECT_EQ(sip_hash_2_4_128(key, bytes(1)), (Hash128{0x44af996bd8c187daU, 0x45fc229b11597634U}));
}

TEST(SipHash, DependsOnTheKeyAndOnEveryByte) {
  const std::string text = bytes(37);
  const Hash128 whole = sip_hash_128(key, text);
  EXPECT_NE(whole, sip_hash_128({}, text));
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string other = text;
    other[i] = static_cast<char>(other[i] ^ 1);
    EXPECT_NE(sip_hash_128(key, other), whole) << i;
    EXPECT_NE(sip_hash(key, other), sip_hash(key, text)) << i;
  }
  EXPECT_NE(sip_hash_128(key, text + '\0'), whole);
}

TEST(SipHash, HasAnotherRandomKeyEachTime) {
  EXPECT_NE(sip_hash(SipKey::random(), "a"), sip_hash(SipKey::random(), "a"));
}

}  // namespace serval::detail::sip_hash_test
