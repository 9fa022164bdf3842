// SPDX-License-Identifier: MIT
#include "settings/settings_table.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <serval/settings.hpp>
#include <serval/types.hpp>

#include "settings/setting_filler.hpp"
#include "tests/unit/settings/faults_of.hpp"
#include "tests/unit/support/temporary_folder.hpp"

namespace serval::detail::settings_table_test {

using serval::testing::TemporaryFolder;
using settings_test::variables;

template <class T>
std::string table_of(const SettingsOptions& options) {
  T settings{};
  SettingTree tree(type_of<T>, options.prefix);
  SettingFindings findings;
  SettingSources sources(tree, options, findings);
  sources.read();
  SettingFiller(tree, findings).fill(&settings);
  return settings_table(tree, &settings, findings);
}

enum class Level { debug, info };
struct Tls {
  std::string certificate;
  std::optional<Secret<std::string>> key;
};
struct Settings {
  Default<std::string> name = "a b";
  Default<Level> level = Level::info;
  Default<std::chrono::seconds> wait = std::chrono::minutes(2);
  Default<std::vector<Secret<std::string>>> keys;
  std::optional<Url> database;
  std::optional<Tls> tls;
};

TEST(SettingsTable, ShowsNamesValuesAndSources) {
  const TemporaryFolder folder;
  folder.write("s/keys", R"(["hunter2", "hunter3"])");
  const std::string env = folder.write(".env", "\nname=\"x\ny\"\n");
  SettingsOptions options = variables({{"DATABASE", "postgres://shop:hunter2@db.example/shop"}});
  options.env_files = {"absent.env", env};
  options.secrets_dir = folder.path("s");
  EXPECT_EQ(table_of<Settings>(options),
            "NAME              VALUE                                       SOURCE\n"
            "NAME              x\\ny                                        " +
                env +
                ":2\n"
                "LEVEL             info                                        default\n"
                "WAIT              PT2M                                        default\n"
                "KEYS              [\"**********\",\"**********\"]                 " +
                folder.path("s/keys") +
                "\n"
                "DATABASE          postgres://shop:**********@db.example/shop  environment\n"
                "TLS__CERTIFICATE  null                                        default\n"
                "TLS__KEY          null                                        default\n"
                "\n"
                "sources, the strongest first: environment, " +
                env + ", absent.env (not found), " + folder.path("s") + "\n");
}

TEST(SettingsTable, ShowsTheSourceOfAnUnusableValue) {
  const std::string table = table_of<Tls>(variables({{"CERTIFICATE_FILE", "/nowhere/a"}, {"KEY", "hunter2"}}));
  EXPECT_EQ(table,
            "NAME         VALUE        SOURCE\n"
            "CERTIFICATE  (not valid)  /nowhere/a (CERTIFICATE_FILE, environment)\n"
            "KEY          **********   environment\n"
            "\n"
            "sources, the strongest first: environment\n"
            "\n"
            "CERTIFICATE (/nowhere/a (CERTIFICATE_FILE, environment)): the file cannot be read: No such file or "
            "directory\n");
}

struct Nested {
  Default<Tls> tls;
};

TEST(SettingsTable, ShowsAStructThatCannotBeUsedInOneLine) {
  EXPECT_EQ(table_of<Nested>(variables({{"TLS", "hunter2"}})),
            "NAME  VALUE        SOURCE\n"
            "TLS   (not valid)  environment\n"
            "\n"
            "sources, the strongest first: environment\n"
            "\n"
            "TLS (environment): Input should be JSON: Expecting value (line 1, byte 1)\n");
}

struct Text {
  Default<std::string> text;
};

TEST(SettingsTable, CutsLongValuesBetweenCharacters) {
  const std::string table = table_of<Text>(variables({{"TEXT", std::string(59, 'x') + "\u20AC\u20AC"}}));
  EXPECT_NE(table.find("TEXT  " + std::string(59, 'x') + "...  environment"), std::string::npos) << table;
}

TEST(WithoutUrlPasswords, HidesThem) {
  EXPECT_EQ(without_url_passwords("postgres://u:p@h/d"), "postgres://u:**********@h/d");
  EXPECT_EQ(without_url_passwords("redis://:p@h"), "redis://:**********@h");
  EXPECT_EQ(without_url_passwords("a://u:p/q@r@h and b://v:w@i"), "a://u:**********@h and b://v:**********@i");
  EXPECT_EQ(without_url_passwords(R"(["a://u:p@h","b://v:w@i"])"), R"(["a://u:**********@h","b://v:**********@i"])");
}

TEST(WithoutUrlPasswords, KeepsOtherTexts) {
  for (const char* text : {"", "plain", "https://h:80/x", "https://u@h:80/", "a:b@c", "://", "a://b"})
    EXPECT_EQ(without_url_passwords(text), text);
}

}  // namespace serval::detail::settings_table_test
