// SPDX-License-Identifier: MIT
#include "json/members.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "json/reader.hpp"

namespace serval::detail::json_members_test {

// Returns "key=value" for each member that `append_members` yields.
std::vector<std::string> members_of(std::string_view body) {
  JsonDocument document;
  EXPECT_EQ(document.parse(body, 0), JsonDocument::Outcome::ok) << body;
  std::vector<JsonMember> members;
  append_members(members, document.root());
  std::vector<std::string> texts;
  std::string scratch;
  for (const JsonMember& member : members) {
    texts.push_back(std::string(member.key.string(scratch)) + "=" + std::string(member.value.raw()));
  }
  return texts;
}

using Texts = std::vector<std::string>;

TEST(JsonMembers, KeepsTheOrderOfTheText) { EXPECT_EQ(members_of(R"({"b":1,"a":[2]})"), (Texts{"b=1", "a=[2]"})); }

TEST(JsonMembers, HasNoneInAnEmptyObject) { EXPECT_EQ(members_of("{}"), Texts{}); }

TEST(JsonMembers, GivesARepeatedKeyItsFirstPlaceAndLastValue) {
  EXPECT_EQ(members_of(R"({"a":1,"b":2,"a":3,"c":4,"a":5})"), (Texts{"a=5", "b=2", "c=4"}));
}

TEST(JsonMembers, ComparesDecodedKeys) { EXPECT_EQ(members_of(R"({"a":1,"\u0061":2})"), Texts{"a=2"}); }

TEST(JsonMembers, TreatsManyMembersAsItDoesFew) {
  std::string body = "{";
  Texts expected;
  for (int i = 0; i < 50; ++i) {
    body += "\"k" + std::to_string(i) + "\":" + std::to_string(i) + ",";
    expected.push_back("k" + std::to_string(i) + "=" + std::to_string(i));
  }
  expected[7] = "k7=\"new\"";
  expected[30] = "k30=null";
  EXPECT_EQ(members_of(body + R"("k7":true,"\u006b30":null,"k7":"new"})"), expected);
}

TEST(JsonMembers, AppendsToWhatIsThere) {
  JsonDocument document;
  ASSERT_EQ(document.parse(R"({"a":1})", 0), JsonDocument::Outcome::ok);
  std::vector<JsonMember> members;
  append_members(members, document.root());
  append_members(members, document.root());
  EXPECT_EQ(members.size(), 2U);
}

}  // namespace serval::detail::json_members_test
