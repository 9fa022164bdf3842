// SPDX-License-Identifier: MIT
#include "middleware/forwarded_field.hpp"

#include <gtest/gtest.h>

#include <string>

namespace serval::detail::forwarded_field_test {

/// "node proto host" for each element.
std::string read(std::string_view field) {
  const auto elements = parse_forwarded(field);
  if (!elements) return "malformed";
  std::string text;
  for (const ForwardedElement& element : *elements)
    text += "(" + element.node + " " + element.proto + " " + element.host + ")";
  return text;
}

TEST(ForwardedField, HasAnElementForEachProxy) {
  EXPECT_EQ(read("for=192.0.2.60;proto=http;by=203.0.113.43"), "(192.0.2.60 http )");
  EXPECT_EQ(read("For=\"[2001:db8:cafe::17]:4711\""), "([2001:db8:cafe::17]:4711  )");
  EXPECT_EQ(read("for=192.0.2.43, FOR=198.51.100.17;Host=shop.example"), "(192.0.2.43  )(198.51.100.17  shop.example)");
  EXPECT_EQ(read("for=unknown;secret=x, for=_SEVKISEK"), "(unknown  )(_SEVKISEK  )");
}

TEST(ForwardedField, MayHaveSpacesAndColonsWhereManyProxiesWriteThem) {
  EXPECT_EQ(read(" for=192.0.2.43:47011 ; proto=https\t, for=[::1] "), "(192.0.2.43:47011 https )([::1]  )");
  EXPECT_EQ(read("for=a;;proto=b;"), "(a b )");
}

TEST(ForwardedField, KeepsEmptyElements) {
  EXPECT_EQ(read(""), "(  )");
  EXPECT_EQ(read("for=a,,for=b,"), "(a  )(  )(b  )(  )");
}

TEST(ForwardedField, IsMalformedWithMoreElementsThanProxiesWrite) {
  const std::string most(max_forwarded_elements - 1, ',');
  ASSERT_TRUE(parse_forwarded(most));
  EXPECT_EQ(parse_forwarded(most)->size(), max_forwarded_elements);
  EXPECT_EQ(read(most + ","), "malformed");
  EXPECT_EQ(read(most + ",for=192.0.2.60"), "malformed");
}

TEST(ForwardedField, HasQuotedValues) {
  EXPECT_EQ(read(R"(host="a, b;c=d")"), "(  a, b;c=d)");
  EXPECT_EQ(read(R"(host="a\"b\\c")"), R"((  a"b\c))");
}

TEST(ForwardedField, IsMalformedWhereTheEndOfAValueIsInDoubt) {
  for (const char* field : {"for", "for=", "for =a", "for= a", "=a", "for=\"a", "for=\"a\\", "for=\"\"", "for=a b",
                            "for=\"a\"b", "for=\"a\nb\"", "for=a;for=b", "proto=a;proto=b", "for=<a>", "for={a}"}) {
    EXPECT_EQ(read(field), "malformed") << field;
  }
}

}  // namespace serval::detail::forwarded_field_test
