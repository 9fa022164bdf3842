// SPDX-License-Identifier: MIT
#include "node_packages.hpp"

#include <gtest/gtest.h>

namespace serval::tool::node_packages_test {

TEST(NodeVersion, IsItsFirstNumber) {
  EXPECT_EQ(major_version("v20.20.2\n"), 20);
  EXPECT_EQ(major_version("v8"), 8);
  EXPECT_EQ(major_version("20.1"), 0);
  EXPECT_EQ(major_version(""), 0);
}

TEST(LastLines, AreAtMostSoMany) {
  EXPECT_EQ(last_lines("a\nb\nc\n", 2), "b\nc");
  EXPECT_EQ(last_lines("a\nb", 5), "a\nb");
  EXPECT_EQ(last_lines("", 5), "");
}

TEST(PackagesFolder, BelongsToOneLockFile) {
  const std::string one = packages_folder("client_ts", "{1}");
  EXPECT_EQ(one, packages_folder("client_ts", "{1}"));
  EXPECT_NE(one, packages_folder("client_ts", "{2}"));
  EXPECT_EQ(one.find("client_ts-"), 0U);
  EXPECT_EQ(one.find_first_not_of("0123456789abcdef", 10), std::string::npos);
}

}  // namespace serval::tool::node_packages_test
