// SPDX-License-Identifier: MIT
#include "base/ascii.hpp"

#include <gtest/gtest.h>

#include <string>

namespace serval::detail::ascii_test {

/// Returns every byte of a class, in the order of their values.
std::string members(bool (*is_member)(char)) {
  std::string out;
  for (int byte = 0; byte < 256; ++byte) {
    if (is_member(static_cast<char>(byte))) out += static_cast<char>(byte);
  }
  return out;
}

const std::string digits = "0123456789";
const std::string capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const std::string small = "abcdefghijklmnopqrstuvwxyz";

TEST(AsciiClasses, HoldTheirCharactersAndNoOthers) {
  EXPECT_EQ(members(is_digit), digits);
  EXPECT_EQ(members(is_upper), capitals);
  EXPECT_EQ(members(is_lower), small);
  EXPECT_EQ(members(is_alpha), capitals + small);
  EXPECT_EQ(members(is_alphanumeric), digits + capitals + small);
}

TEST(AsciiClasses, ControlsAreThoseBelowSpaceAndDel) {
  const std::string controls = members(is_control);
  EXPECT_EQ(controls.size(), 33U);
  EXPECT_EQ(controls.front(), '\0');
  EXPECT_EQ(controls[31], '\x1F');
  EXPECT_EQ(controls.back(), '\x7F');
}

TEST(AsciiClasses, AsciiEndsAtDel) {
  EXPECT_TRUE(is_ascii('\x7F'));
  EXPECT_FALSE(is_ascii('\x80'));
  EXPECT_FALSE(is_ascii('\xFF'));
}

TEST(AsciiCase, ChangesLettersOnly) {
  EXPECT_EQ(lowered("AZ az 09 @[`{"), "az az 09 @[`{");
  EXPECT_EQ(to_upper('a'), 'A');
  EXPECT_EQ(to_upper('z'), 'Z');
  EXPECT_EQ(to_upper('`'), '`');
  EXPECT_EQ(to_upper('{'), '{');
}

TEST(AsciiCase, LeavesBytesBeyondAsciiAlone) {
  EXPECT_EQ(lowered("\xC3\x84"), "\xC3\x84");
  EXPECT_EQ(to_upper('\xE4'), '\xE4');
}

TEST(HexValue, TakesDigitsOfEitherCase) {
  for (int value = 0; value < 16; ++value) {
    EXPECT_EQ(hex_value("0123456789abcdef"[value]), value);
    EXPECT_EQ(hex_value("0123456789ABCDEF"[value]), value);
  }
}

TEST(HexValue, RefusesTheNeighboursOfDigits) {
  for (const char other : {'/', ':', '@', 'G', '`', 'g', '\0', '\xFF'}) EXPECT_EQ(hex_value(other), -1) << other;
}

TEST(HexByte, JoinsTwoDigits) {
  EXPECT_EQ(hex_byte('0', '0'), 0);
  EXPECT_EQ(hex_byte('4', 'a'), 0x4A);
  EXPECT_EQ(hex_byte('F', 'f'), 255);
}

TEST(HexByte, RefusesWhatIsNoDigitAtEitherPlace) {
  EXPECT_EQ(hex_byte('g', '0'), -1);
  EXPECT_EQ(hex_byte('0', 'g'), -1);
}

TEST(AppendHex, WritesTwoDigitsOfTheCaseAskedFor) {
  std::string out = "%";
  append_hex(out, 0x0A);
  append_hex(out, 0xFF);
  append_hex(out, 0xFF, lower_hex_digits);
  EXPECT_EQ(out, "%0AFFff");
}

TEST(AppendTwoDigits, PadsWithZeroAndKeepsTheLastTwo) {
  std::string out;
  append_two_digits(out, 7);
  append_two_digits(out, 59U);
  append_two_digits(out, 1999);
  EXPECT_EQ(out, "075999");
}

}  // namespace serval::detail::ascii_test
