// SPDX-License-Identifier: MIT
#include "base/environment.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <optional>
#include <string>

namespace serval::detail::environment_test {

TEST(Environment, GivesTheValueOfAVariable) {
  ::setenv("ENVIRONMENT_TEST_A", "x=y", 1);
  ::setenv("ENVIRONMENT_TEST_B", "", 1);
  EXPECT_EQ(environment("ENVIRONMENT_TEST_A"), "x=y");
  EXPECT_EQ(environment("ENVIRONMENT_TEST_B"), "");
  EXPECT_EQ(environment("ENVIRONMENT_TEST_C"), std::nullopt);
  ::unsetenv("ENVIRONMENT_TEST_A");
  ::unsetenv("ENVIRONMENT_TEST_B");
}

TEST(Environment, ListsTheVariablesWithAPrefix) {
  ::setenv("ENVIRONMENT_TEST_A", "x=y", 1);
  ::setenv("ENVIRONMENT_TEST_B", "", 1);
  ::setenv("OTHER_ENVIRONMENT_TEST_", "1", 1);
  const std::map<std::string, std::string> expected{{"ENVIRONMENT_TEST_A", "x=y"}, {"ENVIRONMENT_TEST_B", ""}};
  EXPECT_EQ(environment_with_prefix("ENVIRONMENT_TEST_"), expected);
  for (const char* name : {"ENVIRONMENT_TEST_A", "ENVIRONMENT_TEST_B", "OTHER_ENVIRONMENT_TEST_"}) ::unsetenv(name);
}

}  // namespace serval::detail::environment_test
