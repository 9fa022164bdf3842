// SPDX-License-Identifier: MIT
#include <serval/base/thrown.hpp>

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "base/fault_text.hpp"

namespace serval::detail::thrown_test {

const std::exception_ptr out_of_range = std::make_exception_ptr(std::out_of_range("7"));
const std::exception_ptr number = std::make_exception_ptr(7);

TEST(Thrown, IsGivenToWhoAsksForItsClassOrABase) {
  std::string text;
  const auto use = [&](const std::exception& error) { text = error.what(); };
  EXPECT_TRUE(with_thrown<const std::exception&>(out_of_range, use));
  EXPECT_EQ(text, "7");
  EXPECT_FALSE(with_thrown<const std::exception&>(number, [&](const std::exception&) { text = "called"; }));
  EXPECT_EQ(text, "7");
}

TEST(Thrown, IsToldApartByItsClass) {
  EXPECT_TRUE(is_thrown<const std::logic_error&>(out_of_range));
  EXPECT_FALSE(is_thrown<const std::runtime_error&>(out_of_range));
  EXPECT_FALSE(is_thrown<const std::logic_error&>(number));
  EXPECT_TRUE(is_thrown<int>(number));
}

/// The order of error handlers is determined with this.
TEST(Thrown, MayBeAPointerToABase) {
  const auto pointer = std::make_exception_ptr(static_cast<const std::out_of_range*>(nullptr));
  EXPECT_TRUE(is_thrown<const std::logic_error*>(pointer));
  EXPECT_FALSE(is_thrown<const std::runtime_error*>(pointer));
}

TEST(Thrown, LetsOutWhatTheCallThrows) {
  const auto fail = [](const std::out_of_range&) { throw 8; };
  EXPECT_THROW(with_thrown<const std::out_of_range&>(out_of_range, fail), int);
}

TEST(FaultText, IsThatOfTheExceptionOrSaysThatItHasNone) {
  EXPECT_EQ(fault_text(out_of_range), "7");
  EXPECT_EQ(fault_text(number), "an exception that is not a std::exception");
}

}  // namespace serval::detail::thrown_test
