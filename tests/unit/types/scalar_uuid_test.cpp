// SPDX-License-Identifier: MIT
#include "types/scalar_uuid.hpp"

#include <gtest/gtest.h>

#include <string>

namespace serval::detail::scalar_uuid_test {

constexpr std::string_view plain = "12345678-1234-5678-9abc-def012345678";

std::string error(std::string_view text) {
  Uuid value;
  Fault fault;
  EXPECT_FALSE(parse_uuid(text, value, fault)) << text;
  EXPECT_EQ(fault.type, "uuid_parsing");
  constexpr std::string_view prefix = "Input should be a valid UUID, ";
  EXPECT_EQ(fault.msg.substr(0, prefix.size()), prefix);
  return fault.msg.substr(prefix.size());
}

TEST(ParseUuid, TakesEachForm) {
  for (const std::string& text :
       {std::string(plain), '{' + std::string(plain) + '}', "urn:uuid:" + std::string(plain),
        std::string("12345678123456789abcdef012345678"), std::string("12345678-1234-5678-9ABC-DEF012345678")}) {
    Uuid value;
    Fault fault;
    ASSERT_TRUE(parse_uuid(text, value, fault)) << text << ": " << fault.msg;
    EXPECT_EQ(value.to_string(), plain);
    EXPECT_TRUE(fault.type.empty());
  }
}

TEST(ParseUuid, TellsTheLengthWhereThereAreNoHyphens) {
  EXPECT_EQ(error(""), "invalid length: found 0");
  EXPECT_EQ(error("abc"), "invalid length: found 3");
  EXPECT_EQ(error(std::string(31, '1')), "invalid length: found 31");
  EXPECT_EQ(error(std::string(33, '1')), "invalid length: found 33");
  EXPECT_EQ(error(std::string(36, '1')), "invalid length: found 36");
}

TEST(ParseUuid, TellsOnlyTheLengthOfLongTexts) {
  EXPECT_EQ(error(std::string(46, 'x')), "invalid length: found 46");
  EXPECT_EQ(error(std::string(45, 'x')), "invalid character: found `x` at 0");
}

TEST(ParseUuid, TellsTheFirstGroupOfTheWrongLength) {
  EXPECT_EQ(error("1234567-81234-5678-9abc-def012345678"), "invalid group length in group 0: expected 8, found 7");
  EXPECT_EQ(error("12345678-12345-678-9abc-def012345678"), "invalid group length in group 1: expected 4, found 5");
  EXPECT_EQ(error("12345678-1234--9abc-def012345678"), "invalid group length in group 2: expected 4, found 0");
  EXPECT_EQ(error("12345678-1234-5678-9abcd-ef012345678"), "invalid group length in group 3: expected 4, found 5");
  EXPECT_EQ(error("12345678-1234-5678-9abc-def01234567"), "invalid group length in group 4: expected 12, found 11");
  EXPECT_EQ(error("12345678-1234-5678-9abc-def0123456780"), "invalid group length in group 4: expected 12, found 13");
}

TEST(ParseUuid, TellsTheNumberOfGroups) {
  EXPECT_EQ(error("-"), "invalid group count: expected 5, found 2");
  EXPECT_EQ(error("12345678-1234-5678-9abcdef012345678"), "invalid group count: expected 5, found 4");
  EXPECT_EQ(error(std::string(plain) + "-"), "invalid group count: expected 5, found 6");
}

TEST(ParseUuid, WantsHyphensWithinBracesAndAfterThePrefix) {
  EXPECT_EQ(error("{12345678123456789abcdef012345678}"), "invalid group count: expected 5, found 1");
  EXPECT_EQ(error("urn:uuid:12345678123456789abcdef012345678"), "invalid group count: expected 5, found 1");
  EXPECT_EQ(error("{}"), "invalid group count: expected 5, found 1");
}

TEST(ParseUuid, TellsTheFirstInvalidCharacterBeforeAllElse) {
  EXPECT_EQ(error("g2345678-1234-5678-9abc-def012345678"), "invalid character: found `g` at 0");
  EXPECT_EQ(error("12345678-1234-5678-9abc-def01234567g"), "invalid character: found `g` at 35");
  EXPECT_EQ(error("12345678_1234_5678_9abc_def012345678"), "invalid character: found `_` at 8");
  EXPECT_EQ(error("x"), "invalid character: found `x` at 0");
  EXPECT_EQ(error(" " + std::string(plain)), "invalid character: found ` ` at 0");
}

TEST(ParseUuid, CountsBracesAndPrefixInThePlaceOfACharacter) {
  EXPECT_EQ(error("{g2345678-1234-5678-9abc-def012345678}"), "invalid character: found `g` at 1");
  EXPECT_EQ(error("urn:uuid:g2345678-1234-5678-9abc-def012345678"), "invalid character: found `g` at 9");
}

TEST(ParseUuid, TakesNoHalfWrapping) {
  EXPECT_EQ(error("{" + std::string(plain)), "invalid character: found `{` at 0");
  EXPECT_EQ(error(std::string(plain) + "}"), "invalid character: found `}` at 36");
  EXPECT_EQ(error("URN:UUID:" + std::string(plain)), "invalid character: found `U` at 0");
}

TEST(ParseUuid, ShowsWholeCharacters) {
  EXPECT_EQ(error("é"), "invalid character: found `é` at 0");
  EXPECT_EQ(error("\xFF"), "invalid character: found `\uFFFD` at 0");
}

}  // namespace serval::detail::scalar_uuid_test
