// SPDX-License-Identifier: MIT
#include <serval/http/headers.hpp>

#include <gtest/gtest.h>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace serval::headers_test {

using Texts = std::vector<std::string_view>;

std::vector<std::string> lines(const http::Headers& headers) {
  std::vector<std::string> out;
  for (const auto& [name, value] : headers) out.push_back(std::string(name).append(": ").append(value));
  return out;
}
using Lines = std::vector<std::string>;

TEST(IEquals, IgnoresTheCaseOfAsciiLetters) {
  EXPECT_TRUE(http::iequals("Content-Type", "cONTENT-tYPE"));
  EXPECT_TRUE(http::iequals("", ""));
}

TEST(IEquals, TellsLengthsApart) {
  EXPECT_FALSE(http::iequals("host", "hos"));
  EXPECT_FALSE(http::iequals("", "a"));
}

// At each position of a word, compares every byte with the one that differs from it by 0x20. Only letters may be equal:
// neither other ASCII bytes nor bytes beyond ASCII.
TEST(IEquals, FoldsLettersOnlyWhateverTheirPlace) {
  const auto is_letter = [](int byte) { return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z'); };
  for (int byte = 0; byte < 256; ++byte) {
    for (std::size_t place = 0; place < 17; ++place) {
      std::string left(17, 'x');
      std::string right(17, 'X');
      left[place] = static_cast<char>(byte);
      right[place] = static_cast<char>(byte ^ 0x20);
      ASSERT_EQ(http::iequals(left, right), is_letter(byte)) << byte << " at " << place;
      right[place] = static_cast<char>(byte);
      ASSERT_TRUE(http::iequals(left, right)) << byte << " at " << place;
    }
  }
}

// The texts end where their allocations end, so the address sanitizer reports any read past the end.
TEST(IEquals, ReadsNothingPastTheEnd) {
  for (std::size_t size = 0; size < 20; ++size) {
    const auto left = std::make_unique<char[]>(size);
    const auto right = std::make_unique<char[]>(size);
    for (std::size_t index = 0; index < size; ++index) left[index] = right[index] = 'q';
    EXPECT_TRUE(http::iequals({left.get(), size}, {right.get(), size}));
  }
}

TEST(RequestHeaders, GivesTheFirstOfAName) {
  http::RequestHeaders headers;
  headers.add("X-A", "1");
  headers.add("x-a", "2");
  EXPECT_EQ(headers.get("x-A"), "1");
  EXPECT_EQ(headers.get_all("X-a"), (Texts{"1", "2"}));
}

TEST(RequestHeaders, GivesAllOfANameAsOneList) {
  http::RequestHeaders headers;
  EXPECT_EQ(headers.get_joined("accept"), "");
  headers.add("Accept", "a, b");
  headers.add("x", "y");
  headers.add("accept", "c");
  EXPECT_EQ(headers.get_joined("accept"), "a, b, c");
}

TEST(RequestHeaders, GivesNothingForAnAbsentName) {
  http::RequestHeaders headers;
  headers.add("x-a", "1");
  EXPECT_EQ(headers.get("x-b"), std::nullopt);
  EXPECT_FALSE(headers.contains("x"));
  EXPECT_TRUE(headers.get_all("x-b").empty());
}

TEST(RequestHeaders, KeepTheOrderOfTheWire) {
  http::RequestHeaders headers;
  headers.add("b", "1");
  headers.add("a", "2");
  ASSERT_EQ(headers.size(), 2U);
  EXPECT_EQ(headers.begin()->name, "b");
  headers.clear();
  EXPECT_TRUE(headers.empty());
}

TEST(Headers, AddKeepsOthersOfTheName) {
  http::Headers headers{{"vary", "origin"}};
  headers.add("Vary", "accept");
  EXPECT_EQ(lines(headers), (Lines{"vary: origin", "Vary: accept"}));
  EXPECT_EQ(headers.get_all("vary"), (Texts{"origin", "accept"}));
}

TEST(Headers, SetReplacesAllOfTheNameWhereTheFirstStood) {
  http::Headers headers{{"a", "1"}, {"b", "2"}, {"A", "3"}, {"c", "4"}};
  headers.set("a", "new");
  EXPECT_EQ(lines(headers), (Lines{"a: new", "b: 2", "c: 4"}));
}

TEST(Headers, SetAddsAnAbsentName) {
  http::Headers headers;
  headers.set("a", "1");
  EXPECT_EQ(lines(headers), Lines{"a: 1"});
}

TEST(Headers, SetTakesViewsOfTheFieldsItReplaces) {
  http::Headers headers{{"a", "first"}, {"x", "y"}, {"A", "second value, longer than what a string keeps in itself"}};
  const std::string expected((headers.begin() + 2)->value);
  headers.set((headers.begin() + 2)->name, (headers.begin() + 2)->value);
  EXPECT_EQ(lines(headers), (Lines{"a: " + expected, "x: y"}));
}

TEST(Headers, TakeViewsOfTheirFieldsWhileTheyGrow) {
  http::Headers headers;
  headers.add("x-0", "a value that is longer than a small string");
  for (int i = 1; i < 200; ++i) {
    headers.add("x-" + std::to_string(i), *headers.get("x-0"));
    headers.add(headers.begin()->name, *headers.get("x-" + std::to_string(i)));
    headers.set("x-set", *headers.get("x-0"));
  }
  EXPECT_EQ(headers.size(), 400U);
  for (const auto& [name, value] : headers) EXPECT_EQ(value, "a value that is longer than a small string") << name;
  EXPECT_EQ(headers.get_all("x-0").size(), 200U);
}

TEST(Headers, ClearedOnesAreFilledAnew) {
  http::Headers headers{{"a", std::string(10'000, 'x')}, {"b", "2"}};
  headers.clear();
  EXPECT_TRUE(headers.empty());
  EXPECT_EQ(headers.get("b"), std::nullopt);
  headers.add("c", "3");
  EXPECT_EQ(lines(headers), Lines{"c: 3"});
}

TEST(Headers, CopiesAreIndependentAndMovedOnesEmpty) {
  http::Headers first{{"a", "1"}};
  http::Headers copy = first;
  copy.set("a", "2");
  EXPECT_EQ(first.get("a"), "1");
  const http::Headers taken = std::move(copy);
  EXPECT_EQ(taken.get("a"), "2");
  copy.clear();  // NOLINT(bugprone-use-after-move): it may be used again
  copy.add("b", "3");
  EXPECT_EQ(lines(copy), Lines{"b: 3"});
}

TEST(Headers, EraseRemovesAllOfTheName) {
  http::Headers headers{{"a", "1"}, {"b", "2"}, {"A", "3"}};
  EXPECT_TRUE(headers.erase("a"));
  EXPECT_EQ(lines(headers), Lines{"b: 2"});
  EXPECT_FALSE(headers.erase("a"));
}

TEST(Headers, EraseTakesAViewOfTheNameItRemoves) {
  http::Headers headers{{"a", "1"}, {"b", "2"}, {"A", "3"}, {"c", "4"}};
  EXPECT_TRUE(headers.erase(headers.begin()->name));
  EXPECT_EQ(lines(headers), (Lines{"b: 2", "c: 4"}));
}

TEST(Headers, GetFindsNamesOfEachLengthInAnyCase) {
  http::Headers headers{{"ab", "2"}, {"x-longer-than-eight", "19"}};
  EXPECT_EQ(headers.get("AB"), "2");
  EXPECT_EQ(headers.get("X-Longer-Than-Eight"), "19");
  EXPECT_EQ(headers.get("x-longer-than-nine!"), std::nullopt);
}

TEST(Headers, RefuseALineBreakInAValue) {
  http::Headers headers;
  EXPECT_THROW(headers.add("a", "x\r\nset-cookie: evil=1"), std::invalid_argument);
  EXPECT_THROW(headers.add("a", "x\ry"), std::invalid_argument);
  EXPECT_THROW(headers.add("a", "x\ny"), std::invalid_argument);
  EXPECT_TRUE(headers.empty());
}

TEST(Headers, RefuseNulInAValue) {
  http::Headers headers;
  EXPECT_THROW(headers.add("a", std::string_view("x\0y", 3)), std::invalid_argument);
}

TEST(Headers, RefuseANameThatIsNoToken) {
  http::Headers headers;
  for (const char* name : {"", " a", "a b", "a:", "a\r\nb", "a\tb", "\xC3\xA9", "(a)", "a,b", "a\"b"}) {
    EXPECT_THROW(headers.add(name, "1"), std::invalid_argument) << name;
  }
  EXPECT_THROW(headers.add(std::string_view("a\0", 2), "1"), std::invalid_argument);
}

TEST(Headers, SetKeepsTheOldValueWhenTheNewOneIsRefused) {
  http::Headers headers{{"a", "old"}};
  EXPECT_THROW(headers.set("a", "x\ny"), std::invalid_argument);
  EXPECT_EQ(headers.get("a"), "old");
}

TEST(Headers, AreCheckedInAnInitializerList) {
  EXPECT_THROW((http::Headers{{"a", "1"}, {"b", "\n"}}), std::invalid_argument);
}

TEST(Headers, TakeEveryOtherByteInAValue) {
  http::Headers headers{{"a", "tab\there, \xC3\xBC \"q\" ;,"}};
  EXPECT_EQ(headers.get("a"), "tab\there, \xC3\xBC \"q\" ;,");
}

TEST(Headers, FindAnElementOfAListInAnyCaseAndAnyField) {
  const http::Headers headers{{"cache-control", "max-age=3"}, {"Cache-Control", "private ,No-Store, x=\"no-cache\""}};
  EXPECT_TRUE(http::has_list_element(headers, "cache-control", "no-store"));
  EXPECT_TRUE(http::has_list_element(headers, "CACHE-CONTROL", "private"));
  EXPECT_FALSE(http::has_list_element(headers, "cache-control", "no-cache"));
  EXPECT_FALSE(http::has_list_element(headers, "cache-control", "max-age"));
  EXPECT_FALSE(http::has_list_element(headers, "vary", "private"));
}

TEST(RequestHeaders, FindAnElementOfAListInAnyCaseAndAnyField) {
  http::RequestHeaders headers;
  headers.add("Connection", "keep-alive");
  headers.add("connection", "x ,Upgrade");
  EXPECT_TRUE(http::has_list_element(headers, "connection", "upgrade"));
  EXPECT_FALSE(http::has_list_element(headers, "connection", "up"));
  EXPECT_FALSE(http::has_list_element(headers, "upgrade", "x"));
}

}  // namespace serval::headers_test
