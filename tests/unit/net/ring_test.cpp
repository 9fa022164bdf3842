// SPDX-License-Identifier: MIT
#include "net/ring.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace serval::detail::ring_test {

TEST(Ring, TakesNoMemoryWhileItIsEmpty) {
  Ring<int> ring;
  EXPECT_EQ(ring.capacity(), 0U);
}

TEST(Ring, KeepsTheOrderAsItGrows) {
  Ring<std::unique_ptr<int>> ring;
  for (int i = 0; i < 100; ++i) {
    push(ring, std::make_unique<int>(i));
    if (i % 3 == 2) ring.pop_front();
  }
  ASSERT_EQ(ring.size(), 67U);
  for (int i = 0; i < 67; ++i) EXPECT_EQ(*ring[static_cast<std::size_t>(i)], 33 + i);
}

TEST(Ring, GivesBackMemoryOnceItIsEmpty) {
  Ring<int> ring;
  for (int i = 0; i < 3; ++i) push(ring, i);
  ring.pop_front();
  trim(ring);
  EXPECT_EQ(ring.size(), 2U);
  ring.clear();
  trim(ring);
  EXPECT_EQ(ring.capacity(), 0U);
}

/// A ring that holds few elements at a time does not allocate each time.
TEST(Ring, KeepsALittle) {
  Ring<int> ring;
  push(ring, 1);
  ring.pop_front();
  trim(ring);
  EXPECT_EQ(ring.capacity(), kept_ring_capacity);
}

}  // namespace serval::detail::ring_test
