// SPDX-License-Identifier: MIT
#include "base/undo.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace serval::detail::undo_test {

TEST(Undo, RunsWhereTheBlockEndsByAnException) {
  int open = 1;
  const auto fail = [&] {
    const Undo undo([&] { open = 0; });
    throw std::runtime_error("x");
  };
  EXPECT_THROW(fail(), std::runtime_error);
  EXPECT_EQ(open, 0);
}

TEST(Undo, RunsWhereTheBlockEndsEarly) {
  int open = 1;
  {
    const Undo undo([&] { open = 0; });
  }
  EXPECT_EQ(open, 0);
}

TEST(Undo, DoesNothingOnceTheWorkIsToBeKept) {
  int open = 1;
  {
    Undo undo([&] { open = 0; });
    undo.keep();
  }
  EXPECT_EQ(open, 1);
}

}  // namespace serval::detail::undo_test
