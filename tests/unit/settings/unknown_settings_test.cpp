// SPDX-License-Identifier: MIT
// Names that belong to no setting.
#include <serval/settings/settings_options.hpp>

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "tests/unit/settings/faults_of.hpp"
#include "tests/unit/support/temporary_folder.hpp"

namespace serval::unknown_settings_test {

using serval::testing::TemporaryFolder;
using settings_test::faults_of;
using settings_test::variables;
using settings_test::warnings_of;

struct Database {
  Default<std::string> host;
};
struct Shop {
  Default<int> port = 1;
  Database db;
};

TEST(UnknownSettings, WithThePrefixAreWarningsWithTheMostSimilarName) {
  EXPECT_EQ(warnings_of<Shop>(variables({{"SHOP_PROT", "1"}, {"shop_other_thing", "2"}, {"SHOP_DBX__HOST", "3"}},
                                        {.prefix = "SHOP_"})),
            "SHOP_DBX__HOST (environment): no setting has this name; do you mean SHOP_DB__HOST?\n"
            "SHOP_PROT (environment): no setting has this name; do you mean SHOP_PORT?\n"
            "shop_other_thing (environment): no setting has this name\n");
}

TEST(UnknownSettings, WithoutThePrefixBelongToOthers) {
  const TemporaryFolder folder;
  const SettingsOptions options{.env_files = {folder.write(".env", "PROT=1\nNODE_ENV=x\n")},
                                .unknown = UnknownSettings::fail};
  EXPECT_EQ(faults_of<Shop>(variables({{"PROT", "1"}, {"SHOP", "2"}}, options)), "none");
  SettingsOptions with_prefix = options;
  with_prefix.prefix = "SHOP_";
  EXPECT_EQ(faults_of<Shop>(variables({{"PROT", "1"}, {"SHOP", "2"}}, with_prefix)), "none");
}

TEST(UnknownSettings, OfEachFileAreFound) {
  const TemporaryFolder folder;
  folder.write("s/shop_prot", "1");
  folder.write("s/other", "1");
  folder.write("s/shop_port_file", "1");
  const std::string env = folder.write(".env", "\nSHOP_PROT=1"),
                    json = folder.write("a.json", "{\"db\": {\n\"hst\": 1}, \"x\": 2,\n\"SHOP_PORT\": 3}");
  EXPECT_EQ(warnings_of<Shop>(variables(
                {}, {.prefix = "SHOP_", .env_files = {env}, .json_file = json, .secrets_dir = folder.path("s")})),
            "SHOP_PROT (" + env + ":2): no setting has this name; do you mean SHOP_PORT?\n" + "x (" + json +
                ":2): no setting has this name\n" + "SHOP_PORT (" + json +
                ":3): no setting has this name; do you mean port?\n" + "db.hst (" + json +
                ":2): no setting has this name; do you mean db.host?\n" + "shop_port_file (" +
                folder.path("s/shop_port_file") + "): no setting has this name\n" + "shop_prot (" +
                folder.path("s/shop_prot") + "): no setting has this name; do you mean SHOP_PORT?\n");
}

TEST(UnknownSettings, FailOrAreIgnoredByOption) {
  const SettingsOptions fail = variables({{"S_PROT", "secret"}}, {.prefix = "S_", .unknown = UnknownSettings::fail});
  EXPECT_EQ(faults_of<Shop>(fail), "S_PROT (environment): no setting has this name; do you mean S_PORT?");
  EXPECT_EQ(warnings_of<Shop>(variables({{"S_PROT", "1"}}, {.prefix = "S_", .unknown = UnknownSettings::ignore})), "");
}

TEST(UnknownSettings, AmongTheValuesOfTheProgramAreFaults) {
  SettingsOptions options = variables({}, {.unknown = UnknownSettings::ignore});
  options.values = {{"prot", "1"}};
  EXPECT_EQ(faults_of<Shop>(options), "prot (values of the program): no setting has this name; do you mean port?");
}

struct Token {
  std::string token;
};

TEST(UnknownSettings, OfAnEnvFileExplainAMissingSetting) {
  const TemporaryFolder folder;
  const std::string short_name = folder.write("1.env", "TOKEN=1"), misspelt = folder.write("2.env", "s_tokne=1");
  const std::string missing = "S_TOKEN: the setting is required, but no source has it";
  SettingsOptions options = variables({{"TOKEN", "1"}}, {.prefix = "S_", .unknown = UnknownSettings::ignore});
  EXPECT_EQ(faults_of<Token>(options), missing);
  options.env_files = {short_name};
  EXPECT_EQ(faults_of<Token>(options), missing + "; do you mean it with TOKEN (" + short_name + ":1)?");
  options.env_files = {misspelt};
  EXPECT_EQ(faults_of<Token>(options), missing + "; do you mean it with s_tokne (" + misspelt + ":1)?");
}

TEST(UnknownSettings, OfLinesThatCannotBeReadBelongToOthers) {
  const TemporaryFolder folder;
  const auto with = [&](const std::string& text, std::string prefix) {
    return variables(
        {}, {.prefix = std::move(prefix), .env_files = {folder.write(".env", text)}, .unknown = UnknownSettings::fail});
  };
  const std::string file = folder.path(".env");
  for (const char* prefix : {"", "SHOP_"}) {
    for (const char* line : {"AWS_PROFILE", "export AWS_PROFILE", "OTHER=\"a\"b", "other='a' b", "OTHER=\"a"})
      EXPECT_EQ(faults_of<Shop>(with(line, prefix)), "none") << line;
    // Perhaps a line of a key whose variable has no quotes.
    for (const char* line : {"MIIEvQIBADANBg", "ABC/DEF", "-----END-----", "=1"})
      EXPECT_EQ(faults_of<Shop>(with(line, prefix)),
                file + ":1: the line should be NAME=value, or a comment that begins with #")
          << line;
  }
  for (const char* line : {"PORT", "port: 1", "export PORT", "DB__HOST a"})
    EXPECT_EQ(faults_of<Shop>(with(line, "")),
              file + ":1: the line should be NAME=value, or a comment that begins with #")
        << line;
  for (const char* line : {"SHOP_PORT", "shop_other: 1"})
    EXPECT_EQ(faults_of<Shop>(with(line, "SHOP_")),
              file + ":1: the line should be NAME=value, or a comment that begins with #")
        << line;
  EXPECT_EQ(faults_of<Shop>(with("SHOP_OTHER=\"a\"b", "SHOP_")),
            "SHOP_OTHER (" + file + ":1): text follows the closing quote of the value");
  // The quotes of another program have a setting between them.
  EXPECT_EQ(faults_of<Shop>(with("OTHER=\"a\nSHOP_PORT=1\nX=\"b\"", "SHOP_")),
            "OTHER (" + file + ":1): text follows the closing quote of the value");
  SettingsOptions warn = with("=1", "");
  warn.unknown = UnknownSettings::warn;
  EXPECT_EQ(warnings_of<Shop>(warn), file + ":1: the line should be NAME=value, or a comment that begins with #\n");
}

struct Closed {
  static constexpr ModelConfig model_config{.extra = schema::Extra::forbid};
  Default<int> port;
};

TEST(UnknownSettings, AreFaultsInJsonWhereTheModelForbidsThem) {
  const TemporaryFolder folder;
  const std::string json = folder.write("a.json", R"({"x": 1})");
  EXPECT_EQ(faults_of<Closed>(variables({}, {.json_file = json})), "x (" + json + ":1): no setting has this name");
}

TEST(UnknownSettings, AreWrittenToStandardErrorByDefault) {
  ::testing::internal::CaptureStderr();
  static_cast<void>(load_settings<Shop>(variables({{"S_PROT", "1"}}, {.prefix = "S_"})));
  EXPECT_EQ(::testing::internal::GetCapturedStderr(),
            "warning: S_PROT (environment): no setting has this name; do you mean S_PORT?\n");
}

TEST(UnknownSettings, AreShownInOneLine) {
  EXPECT_EQ(warnings_of<Shop>(variables({{"S_A\n\x1B[31m", "1"}}, {.prefix = "S_"})),
            "S_A??[31m (environment): no setting has this name\n");
}

}  // namespace serval::unknown_settings_test
