// SPDX-License-Identifier: MIT
#include "static_files/safe_path.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace serval::static_files::safe_path_test {

TEST(SafePath, IsDecodedAndRelative) {
  EXPECT_EQ(to_safe_path("/css/a%20b.css")->path, "css/a b.css");
  EXPECT_EQ(to_safe_path("/..a/b..")->path, "..a/b..");
  EXPECT_FALSE(to_safe_path("/a")->ends_with_slash);
}

TEST(SafePath, TellsAFolder) {
  EXPECT_EQ(to_safe_path("/a/")->path, "a");
  EXPECT_TRUE(to_safe_path("/a/")->ends_with_slash);
  EXPECT_EQ(to_safe_path("/")->path, "");
  EXPECT_TRUE(to_safe_path("/")->ends_with_slash);
}

TEST(SafePath, IsNoneWhereItCouldLeadElsewhere) {
  for (const std::string_view path :
       {"",       "a",      "/..",          "/../a", "/a/..",    "/a/../b", "/%2e%2e/a", "/.%2E/a",          "/.",
        "/./a",   "/%2e",   "//a",          "/a//b", "//",       "/a%2fb",  "/..%2fa",   "/%2Fetc%2Fpasswd", "/a\\b",
        "/..\\a", "/a%5Cb", "/..%5c..%5ca", "/a%00", "/a%00.png"}) {
    EXPECT_FALSE(to_safe_path(path)) << path;
  }
}

TEST(SafePath, IsDecodedOnce) { EXPECT_EQ(to_safe_path("/%252e%252e/a")->path, "%2e%2e/a"); }

}  // namespace serval::static_files::safe_path_test
