// SPDX-License-Identifier: MIT
#include "settings/settings_table.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <map>
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
  const std::string table =
      table_of<Tls>(variables({{"S_CERTIFICATE_FILE", "/nowhere/a"}, {"S_KEY", "hunter2"}}, {.prefix = "S_"}));
  EXPECT_EQ(table,
            "NAME           VALUE        SOURCE\n"
            "S_CERTIFICATE  (not valid)  /nowhere/a (S_CERTIFICATE_FILE, environment)\n"
            "S_KEY          **********   environment\n"
            "\n"
            "sources, the strongest first: environment\n"
            "\n"
            "S_CERTIFICATE (/nowhere/a (S_CERTIFICATE_FILE, environment)): the file cannot be read: No such file or "
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

struct Removed {
  std::optional<Tls> tls = Tls{.certificate = "a", .key = {}};
};

TEST(SettingsTable, ShowsTheSourceThatRemovesAStruct) {
  EXPECT_EQ(table_of<Removed>(variables({{"TLS", "null"}})),
            "NAME              VALUE  SOURCE\n"
            "TLS__CERTIFICATE  null   environment\n"
            "TLS__KEY          null   environment\n"
            "\n"
            "sources, the strongest first: environment\n");
}

struct Urls {
  Default<std::vector<std::string>> urls;
};

TEST(SettingsTable, ShowsSourcesInOneLine) {
  const TemporaryFolder folder;
  const std::string table =
      table_of<Urls>(variables({}, {.env_files = {folder.write("a\n\x1B[31m.env", "URLS=[\"x\"]")}}));
  EXPECT_NE(table.find("URLS  [\"x\"]  " + folder.path("a??[31m.env") + ":1\n"), std::string::npos) << table;
  EXPECT_NE(table.find("environment, " + folder.path("a??[31m.env") + "\n"), std::string::npos) << table;
}

TEST(SettingsTable, HidesThePasswordOfEachUrl) {
  const auto shown = [](const char* urls) { return table_of<Urls>(variables({{"URLS", urls}})); };
  const std::string two = shown(R"(["a://u:p@h", "b://v:w@i"])");
  EXPECT_NE(two.find(R"( ["a://u:**********@h","b://v:**********@i"] )"), std::string::npos) << two;
  for (const char* urls : {R"(["a://u:hun\"ter@h"])", R"(["a://u:hun ter@h"])", R"(["a://u:hun\\ter@h"])",
                           R"(["a://u:hun\nter@h"])", R"(["a://u:hun\u0040ter@h"])", R"(["a://u:hun\\@h"])"}) {
    const std::string one = shown(urls);
    EXPECT_NE(one.find(R"( ["a://u:**********@h"] )"), std::string::npos) << one;
  }
}

struct Login {
  Secret<std::string> key;
  Default<std::vector<Secret<std::string>>> keys;
  Default<std::map<std::string, Secret<std::string>>> by_name;
  std::optional<Tls> tls;
  Field<std::optional<Secret<std::string>>, min_length(20)> long_one;
  std::optional<Secret<Base64Bytes>> bytes;
};

TEST(SettingsTable, ShowsNoSecretWhateverIsWrongWithIt) {
  const std::string secret = "hunter 2";
  const TemporaryFolder folder;
  SettingsOptions options;
  options.prefix = "S_";
  options.unknown = UnknownSettings::fail;
  for (const char* name : {"S_KEY", "S_KEYS", "S_BY_NAME", "S_TLS", "S_LONG_ONE", "S_BYTES", "S_KYE", "S_KEY_FILE",
                           "S_KEYS_FILE", "S_TLS__KEY_FILE", "S_TLS__CERTIFICATE"}) {
    options.environment = std::map<std::string, std::string>{{name, secret}};
    EXPECT_EQ(table_of<Login>(options).find(secret) != std::string::npos, name == std::string("S_TLS__CERTIFICATE"))
        << name << table_of<Login>(options);
  }
  options.environment.emplace();
  for (const char* line : {"S_KEY: ", "S_KEY", "S_KEY='", "S_KEY=\"", "S_KEY='x'", "", "S_TLS="}) {
    options.env_files = {folder.write(".env", line + secret + "\n")};
    EXPECT_EQ(table_of<Login>(options).find(secret), std::string::npos) << line;
  }
  options.env_files.clear();
  for (const std::string name : {"key", "keys", "by_name", "tls", "long_one", "bytes", "kye", "key_file"}) {
    for (const std::string before : {"", "[", "{\"x\": ", "{\"key\": ", "{\"key\": ["}) {
      const char* const after = before.ends_with(": [") ? "]}" : before == "[" ? "]" : before.empty() ? "" : "}";
      options.json_file = folder.write("a.json", "{\"" + name + "\": " + before + "\"" + secret + "\"" + after + "}");
      EXPECT_EQ(table_of<Login>(options).find(secret), std::string::npos) << table_of<Login>(options);
    }
  }
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
  EXPECT_EQ(without_url_passwords("a://u:p/q@r@h"), "a://u:**********@h");
  EXPECT_EQ(without_url_passwords("https://h/x a://u:p@h"), "https://h/x a:**********@h");
  EXPECT_EQ(without_url_passwords("a://u:p@h and b://v:w@i"), "a://u:**********@i");
}

TEST(WithoutUrlPasswords, HidesThoseWithAnyCharacters) {
  for (const char* password : {"p\"q", "p q", "p\\q", "p\\", "p'q", "p\nq", "p:q", "p@q", "p/q?r#s", "p://q", ""})
    EXPECT_EQ(without_url_passwords("a://u:" + std::string(password) + "@h/d"), "a://u:**********@h/d") << password;
}

TEST(WithoutUrlPasswords, KeepsOtherTexts) {
  for (const char* text : {"", "plain", "https://h:80/x", "https://u@h:80/", "a:b@c", "://", "a://b"})
    EXPECT_EQ(without_url_passwords(text), text);
}

}  // namespace serval::detail::settings_table_test
