// SPDX-License-Identifier: MIT
#include <serval/http/method.hpp>

#include <gtest/gtest.h>

namespace serval::method_test {

TEST(ParseMethod, KnowsTheNameOfEveryMethod) {
  for (int index = 1; index <= static_cast<int>(http::Method::unlink); ++index) {
    const auto method = static_cast<http::Method>(index);
    ASSERT_FALSE(to_string(method).empty()) << index;
    EXPECT_EQ(http::parse_method(to_string(method)), method) << to_string(method);
  }
}

TEST(ParseMethod, IsCaseSensitive) {
  EXPECT_EQ(http::parse_method("get"), http::Method::unknown);
  EXPECT_EQ(http::parse_method("Post"), http::Method::unknown);
}

TEST(ParseMethod, DoesNotKnowOtherTokens) {
  for (const char* token : {"", "G", "GE", "GETS", "BREW", "DELETED", "PATCHES", "PROPPATCHES", "GET "}) {
    EXPECT_EQ(http::parse_method(token), http::Method::unknown) << token;
  }
}

TEST(MethodName, OfDeleteHasNoUnderscore) { EXPECT_EQ(to_string(http::Method::delete_), "DELETE"); }

TEST(MethodName, OfUnknownIsEmpty) { EXPECT_EQ(to_string(http::Method::unknown), ""); }

TEST(MethodSet, ContainsWhatWasInserted) {
  http::MethodSet set{http::Method::get};
  set.insert(http::Method::unlink);
  EXPECT_TRUE(set.contains(http::Method::get));
  EXPECT_TRUE(set.contains(http::Method::unlink));
  EXPECT_FALSE(set.contains(http::Method::post));
}

TEST(MethodSet, TakesInAnotherSet) {
  http::MethodSet set{http::Method::get};
  set.insert(http::MethodSet{http::Method::post, http::Method::put});
  EXPECT_EQ(set, (http::MethodSet{http::Method::get, http::Method::post, http::Method::put}));
}

TEST(MethodSet, ReadsInTheOrderOfTheEnumeration) {
  EXPECT_EQ((http::MethodSet{http::Method::post, http::Method::get, http::Method::head}.to_string()),
            "GET, HEAD, POST");
}

TEST(MethodSet, LeavesUnknownOutOfItsText) {
  EXPECT_EQ((http::MethodSet{http::Method::unknown, http::Method::trace}.to_string()), "TRACE");
}

TEST(MethodSet, IsEmptyAtFirst) {
  EXPECT_TRUE(http::MethodSet{}.empty());
  EXPECT_EQ(http::MethodSet{}.to_string(), "");
}

}  // namespace serval::method_test
