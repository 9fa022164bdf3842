// SPDX-License-Identifier: MIT
// <serval/serval.hpp> alone declares the exceptions that handlers and the parts of serval throw.
#include <serval/serval.hpp>

#include <gtest/gtest.h>

#include <type_traits>

namespace serval::thrown_names_test {

TEST(ServalHeader, HasTheErrorsThatAHandlerThrows) {
  EXPECT_TRUE((std::is_base_of_v<HttpError, Unavailable>));
  EXPECT_TRUE(std::is_class_v<ValidationError>);
  EXPECT_TRUE(std::is_class_v<DecodeError>);
}

}  // namespace serval::thrown_names_test
