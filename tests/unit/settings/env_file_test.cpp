// SPDX-License-Identifier: MIT
#include "settings/env_file.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace serval::detail::env_file_test {

/// "NAME=[value]@line" for each entry, then "!message@line" for each fault.
std::string parsed(std::string_view text) {
  const EnvFile file = parse_env_file(text);
  std::string out;
  const auto separate = [&] { out += out.empty() ? "" : " "; };
  for (const EnvFileEntry& each : file.entries) {
    separate();
    out += each.name + "=[" + each.value + "]@" + std::to_string(each.line);
  }
  for (const EnvFileFault& each : file.faults) {
    separate();
    out += each.name + "!" + each.message + "@" + std::to_string(each.line);
  }
  return out;
}

constexpr std::string_view no_pair = "!the line should be NAME=value, or a comment that begins with #";

TEST(EnvFile, ReadsNamesAndValuesWithTheirLines) {
  EXPECT_EQ(parsed("A=1\n\n  B = two words \nC="), "A=[1]@1 B=[two words]@3 C=[]@4");
  EXPECT_EQ(parsed(""), "");
  EXPECT_EQ(parsed("\n\n"), "");
}

TEST(EnvFile, SkipsExport) {
  EXPECT_EQ(parsed("export A=1\n\texport\tB=2"), "A=[1]@1 B=[2]@2");
  EXPECT_EQ(parsed("export=3\nexport =4\nexported=5"), "export=[3]@1 export=[4]@2 exported=[5]@3");
}

TEST(EnvFile, SkipsComments) {
  EXPECT_EQ(parsed("# A=1\n  # B=2\nC=3 # three\nD=\t#\nE=\"x\"# quoted\nF='y' # quoted"),
            "C=[3]@3 D=[]@4 E=[x]@5 F=[y]@6");
}

TEST(EnvFile, KeepsASignThatBeginsNoComment) { EXPECT_EQ(parsed("A=#1\nB=a#b"), "A=[#1]@1 B=[a#b]@2"); }

TEST(EnvFile, KeepsEverythingInSingleQuotes) {
  EXPECT_EQ(parsed(R"(A=' $x \n " # \')"), R"(A=[ $x \n " # \]@1)");
  EXPECT_EQ(parsed("A=''"), "A=[]@1");
}

TEST(EnvFile, ReplacesEscapesInDoubleQuotes) {
  EXPECT_EQ(parsed(R"(A="a\nb\tc\rd\\e\"f\$g")"), "A=[a\nb\tc\rd\\e\"f$g]@1");
  EXPECT_EQ(parsed(R"(A="\d\w+ '#' ")"), R"(A=[\d\w+ '#' ]@1)");
}

TEST(EnvFile, ExpandsNothing) {
  EXPECT_EQ(parsed("A=1\nB=${A}\nC=\"$A\"\nD=`id`\nE=$(id)"), "A=[1]@1 B=[${A}]@2 C=[$A]@3 D=[`id`]@4 E=[$(id)]@5");
}

TEST(EnvFile, KeepsQuotesInsideAPlainValue) { EXPECT_EQ(parsed("A=it's\nB=[\"x\"]"), "A=[it's]@1 B=[[\"x\"]]@2"); }

TEST(EnvFile, ReadsQuotedValuesOfSeveralLines) {
  EXPECT_EQ(parsed("A=\"one\ntwo\"\nB='3\n\n4'\nC=5"), "A=[one\ntwo]@1 B=[3\n\n4]@3 C=[5]@6");
}

TEST(EnvFile, TakesTheLineEndsOfWindowsAndAByteOrderMark) {
  EXPECT_EQ(parsed("\xEF\xBB\xBF"
                   "A=1\r\nB=\"2\"\r\n\r\nC=3"),
            "A=[1]@1 B=[2]@2 C=[3]@4");
}

TEST(EnvFile, TakesForeignNames) { EXPECT_EQ(parsed("a.b-c/d=1\n2X=3"), "a.b-c/d=[1]@1 2X=[3]@2"); }

TEST(EnvFile, ReportsLinesWithoutANameOrASign) {
  const auto at = [](int line) { return std::string(no_pair) + "@" + std::to_string(line); };
  EXPECT_EQ(parsed("A=1\nB\nC=3"), "A=[1]@1 C=[3]@3 " + at(2));
  for (const char* line : {"=1", "A B=1", "export A", "export", "A: 1", "'A'=1", "\xC3\xA4=1", "A\x01=1"})
    EXPECT_EQ(parsed(line), at(1)) << line;
}

TEST(EnvFile, ReportsNoTextOfALineThatMayBeASecret) { EXPECT_EQ(parsed("MIIEvQIBADAN"), std::string(no_pair) + "@1"); }

TEST(EnvFile, ReportsAQuoteThatIsNotClosed) {
  EXPECT_EQ(parsed("A=\"1\nB=2"), "B=[2]@2 A!the value begins with \" but has no closing one@1");
  EXPECT_EQ(parsed("A='1\nB=2"), "B=[2]@2 A!the value begins with ' but has no closing one@1");
  EXPECT_EQ(parsed("A=\"1\\\""), "A!the value begins with \" but has no closing one@1");
}

TEST(EnvFile, ReportsTextAfterAQuotedValue) {
  EXPECT_EQ(parsed("A=\"1\"2\nB='3' 4\nC=\"5\n6\"7\nD=8"),
            "D=[8]@5 A!text follows the closing quote of the value@1 B!text follows the closing quote of the value@2 "
            "C!text follows the closing quote of the value@3");
}

TEST(EnvFile, KeepsRepeatedNamesInOrder) { EXPECT_EQ(parsed("A=1\nA=2"), "A=[1]@1 A=[2]@2"); }

}  // namespace serval::detail::env_file_test
