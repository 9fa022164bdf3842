// SPDX-License-Identifier: MIT
#include "base/edit_distance.hpp"

#include <gtest/gtest.h>

namespace serval::detail::edit_distance_test {

TEST(EditDistance, CountsInsertedRemovedAndReplacedCharacters) {
  EXPECT_EQ(edit_distance("port", "port"), 0U);
  EXPECT_EQ(edit_distance("port", "ports"), 1U);
  EXPECT_EQ(edit_distance("port", "pot"), 1U);
  EXPECT_EQ(edit_distance("port", "part"), 1U);
  EXPECT_EQ(edit_distance("port", "prot"), 2U);
  EXPECT_EQ(edit_distance("", "port"), 4U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

}  // namespace serval::detail::edit_distance_test
