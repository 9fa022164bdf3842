// SPDX-License-Identifier: MIT
#include "http/header_parameters.hpp"

#include <gtest/gtest.h>

#include <string>

namespace serval::detail::header_parameters_test {

std::optional<std::string> parameter(std::string_view text, std::string_view name) {
  const auto parsed = HeaderParameters::parse(text);
  const auto value = parsed ? parsed->get(name) : std::nullopt;
  return value ? std::optional<std::string>(*value) : std::nullopt;
}

TEST(HeaderParameters, ReadsValueAndParameters) {
  const auto parsed = HeaderParameters::parse("form-data ; NAME=\"a; b\" ;filename = c d.txt;;");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->value, "form-data");
  EXPECT_EQ(parsed->get("name"), "a; b");
  EXPECT_EQ(parsed->get("FileName"), "c d.txt");
  EXPECT_FALSE(parsed->get("other"));
}

TEST(HeaderParameters, ReadsEscapedQuotesAndBackslashes) {
  EXPECT_EQ(parameter(R"(x; a="1\"2\\3"; b=4)", "a"), R"(1"2\3)");
}

TEST(HeaderParameters, KeepsOtherBackslashes) { EXPECT_EQ(parameter(R"(x; a="C:\dir\file")", "a"), R"(C:\dir\file)"); }

TEST(HeaderParameters, KeepsABackslashAtTheEndOfAText) {
  EXPECT_EQ(parameter(R"(x; a="dir\")", "a"), R"(dir\)");
  EXPECT_EQ(parameter(R"(x; a="dir\"; b="c")", "a"), R"(dir\)");
  EXPECT_EQ(parameter(R"(x; a="dir\"; b="c")", "b"), "c");
}

TEST(HeaderParameters, RefusesARepeatedName) { EXPECT_FALSE(HeaderParameters::parse("x; a=1; A=2")); }

TEST(HeaderParameters, RefusesWhatIsMalformed) {
  for (const char* text : {"x; a", "x; =1", "x; a b=1", "x; a=\"1", "x; a=\"1\"2", "x; a=1\"2\""}) {
    EXPECT_FALSE(HeaderParameters::parse(text)) << text;
  }
}

TEST(HeaderParameters, RefusesMoreThanAnyFieldHas) {
  std::string text = "x";
  for (int i = 0; i < 16; ++i) text.append("; a").append(std::to_string(i)).append("=1");
  EXPECT_TRUE(HeaderParameters::parse(text));
  EXPECT_FALSE(HeaderParameters::parse(text + "; b=1"));
}

TEST(HeaderParameters, TakesAnEmptyText) {
  EXPECT_EQ(parameter("x; a=\"\"; b=", "a"), "");
  EXPECT_EQ(parameter("x; a=\"\"; b=", "b"), "");
}

TEST(ExtendedValue, IsDecoded) {
  EXPECT_EQ(decode_extended_value("UTF-8''%e2%82%ac%20rates"), "€ rates");
  EXPECT_EQ(decode_extended_value("utf-8'en'a"), "a");
}

TEST(ExtendedValue, IsNothingInAnotherCharsetOrForm) {
  for (const char* text : {"iso-8859-1''%A3", "utf-8'a", "a", "utf-8''%f", "utf-8''%zz", "utf-8''%FF", "utf-8''a b"}) {
    EXPECT_FALSE(decode_extended_value(text)) << text;
  }
}

}  // namespace serval::detail::header_parameters_test
