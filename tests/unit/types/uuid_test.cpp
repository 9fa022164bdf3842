// SPDX-License-Identifier: MIT
#include <serval/types/uuid.hpp>

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>
#include <unordered_set>

namespace serval::uuid_test {

TEST(Uuid, IsNilByDefault) {
  EXPECT_TRUE(Uuid().is_nil());
  EXPECT_EQ(Uuid().to_string(), "00000000-0000-0000-0000-000000000000");
  EXPECT_EQ(Uuid().version(), 0);
}

TEST(Uuid, WritesItsBytesInOrder) {
  const Uuid uuid(
      Uuid::Bytes{0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF});
  EXPECT_EQ(uuid.to_string(), "00112233-4455-6677-8899-aabbccddeeff");
}

TEST(Uuid, ParsesWhatItWrites) {
  const Uuid uuid = Uuid::random();
  EXPECT_EQ(Uuid::parse(uuid.to_string()), uuid);
}

TEST(Uuid, ParseThrowsWithTheReason) {
  try {
    (void)Uuid::parse("abc");
    FAIL() << "taken";
  } catch (const std::invalid_argument& error) {
    EXPECT_STREQ(error.what(), "Input should be a valid UUID, invalid length: found 3");
  }
}

TEST(Uuid, RandomOnesAreOfVersionFourAndDiffer) {
  std::set<Uuid> seen;
  for (int i = 0; i < 100; ++i) {
    const Uuid uuid = Uuid::random();
    EXPECT_EQ(uuid.version(), 4);
    EXPECT_EQ(uuid.bytes()[8] & 0xC0, 0x80);
    EXPECT_TRUE(seen.insert(uuid).second);
  }
}

TEST(Uuid, KnowsItsVersion) {
  EXPECT_EQ(Uuid::parse("c232ab00-9414-11ec-b3c8-9f6bdeced846").version(), 1);
  EXPECT_EQ(Uuid::parse("017f22e2-79b0-7cc3-98c4-dc0c0c07398f").version(), 7);
  EXPECT_EQ(Uuid::parse("12345678-1234-5678-1234-567812345678").version(), 0);
}

TEST(Uuid, IsOrderedByItsBytes) {
  EXPECT_LT(Uuid::parse("00000000-0000-0000-0000-000000000001"), Uuid::parse("00000000-0000-0000-0000-000000000002"));
  EXPECT_LT(Uuid::parse("0fffffff-ffff-ffff-ffff-ffffffffffff"), Uuid::parse("10000000-0000-0000-0000-000000000000"));
}

TEST(Uuid, CanBeAKeyOfAnUnorderedContainer) {
  const Uuid uuid = Uuid::random();
  const std::unordered_set<Uuid> set{uuid, Uuid()};
  EXPECT_EQ(set.count(uuid), 1u);
  EXPECT_EQ(set.count(Uuid::random()), 0u);
}

}  // namespace serval::uuid_test
