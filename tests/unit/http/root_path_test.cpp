// SPDX-License-Identifier: MIT
#include "http/root_path.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace serval::detail::root_path_test {

using namespace std::string_view_literals;

TEST(IsRootPath, HoldsForNoneAndForPathsOfSegments) {
  for (const std::string_view path : {"", "/api", "/api/v1", "/a-b.c~d/%20", "/it's\"><b>", "/\xC3\xBC"})
    EXPECT_TRUE(is_root_path(path)) << path;
}

TEST(IsRootPath, DoesNotHoldForWhatIsNoPath) {
  for (const std::string_view path : {"api", "https://a.example/api", "?", " /api"}) EXPECT_FALSE(is_root_path(path));
}

TEST(IsRootPath, DoesNotHoldForEmptySegments) {
  for (const std::string_view path : {"/", "/api/", "//evil", "/a//b", "//"}) EXPECT_FALSE(is_root_path(path)) << path;
}

TEST(IsRootPath, DoesNotHoldForCharactersThatEndAPathOrBreakALine) {
  for (const std::string_view path :
       {"/a?b"sv, "/a#b"sv, "/a b"sv, "/a\tb"sv, "/a\rb"sv, "/a\nb"sv, "/a\0b"sv, "/a\x7F"sv, "/\\evil"sv, "/a\\b"sv})
    EXPECT_FALSE(is_root_path(path)) << path;
}

}  // namespace serval::detail::root_path_test
