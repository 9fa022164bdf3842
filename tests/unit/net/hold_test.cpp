// SPDX-License-Identifier: MIT
#include "net/hold.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace serval::detail::hold_test {

struct Count {
  int value = 0;
  void release() noexcept { --value; }
  using Holding = Hold<Count, &Count::release>;
  Holding hold() noexcept {
    ++value;
    return Holding(*this);
  }
};

TEST(Hold, CountsUntilItEnds) {
  Count count;
  {
    const Count::Holding one = count.hold();
    EXPECT_TRUE(one);
    EXPECT_EQ(count.value, 1);
  }
  EXPECT_EQ(count.value, 0);
}

TEST(Hold, CountsOnceHoweverItMoves) {
  Count count;
  Count::Holding first = count.hold();
  Count::Holding second = std::move(first);
  EXPECT_EQ(count.value, 1);
  first = std::move(second);  // would release the unit if `first` still held it
  EXPECT_EQ(count.value, 1);
  first.reset();
  first.reset();
  EXPECT_EQ(count.value, 0);
}

TEST(Hold, ReleasesWhatItHeldBefore) {
  Count old, young;
  Count::Holding hold = old.hold();
  hold = young.hold();
  EXPECT_EQ(old.value, 0);
  EXPECT_EQ(young.value, 1);
}

}  // namespace serval::detail::hold_test
