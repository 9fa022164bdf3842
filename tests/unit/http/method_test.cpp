// SPDX-License-Identifier: MIT
#include <serval/http/method.hpp>

#include <gtest/gtest.h>

namespace serval::method_test {

TEST(ParseMethod, KnowsTheNameOfEveryMethod) {
  for (int index = 1; index <= static_cast<int>(Method::unlink); ++index) {
    const auto method = static_cast<Method>(index);
    ASSERT_FALSE(to_string(method).empty()) << index;
    EXPECT_EQ(parse_method(to_string(method)), method) << to_string(method);
  }
}

TEST(ParseMethod, IsCaseSensitive) {
  EXPECT_EQ(parse_method("get"), Method::unknown);
  EXPECT_EQ(parse_method("Post"), Method::unknown);
}

TEST(ParseMethod, DoesNotKnowOtherTokens) {
  for (const char* token : {"", "G", "GE", "GETS", "BREW", "DELETED", "PATCHES", "PROPPATCHES", "GET "}) {
    EXPECT_EQ(parse_method(token), Method::unknown) << token;
  }
}

TEST(MethodName, OfDeleteHasNoUnderscore) { EXPECT_EQ(to_string(Method::delete_), "DELETE"); }

TEST(MethodName, OfUnknownIsEmpty) { EXPECT_EQ(to_string(Method::unknown), ""); }

TEST(MethodSet, ContainsWhatWasInserted) {
  MethodSet set{Method::get};
  set.insert(Method::unlink);
  EXPECT_TRUE(set.contains(Method::get));
  EXPECT_TRUE(set.contains(Method::unlink));
  EXPECT_FALSE(set.contains(Method::post));
}

TEST(MethodSet, TakesInAnotherSet) {
  MethodSet set{Method::get};
  set.insert(MethodSet{Method::post, Method::put});
  EXPECT_EQ(set, (MethodSet{Method::get, Method::post, Method::put}));
}

TEST(MethodSet, ReadsInTheOrderOfTheEnumeration) {
  EXPECT_EQ((MethodSet{Method::post, Method::get, Method::head}.to_string()), "GET, HEAD, POST");
}

TEST(MethodSet, LeavesUnknownOutOfItsText) {
  EXPECT_EQ((MethodSet{Method::unknown, Method::trace}.to_string()), "TRACE");
}

TEST(MethodSet, IsEmptyAtFirst) {
  EXPECT_TRUE(MethodSet{}.empty());
  EXPECT_EQ(MethodSet{}.to_string(), "");
}

}  // namespace serval::method_test
