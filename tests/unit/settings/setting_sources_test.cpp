// SPDX-License-Identifier: MIT
// Where each setting is read from, and under which name.
#include "settings/setting_sources.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <optional>
#include <string>

#include <serval/schema/codec.hpp>
#include <serval/schema/rule.hpp>

#include "tests/unit/settings/faults_of.hpp"
#include "tests/unit/support/setup_error.hpp"
#include "tests/unit/support/temporary_folder.hpp"

namespace serval::setting_sources_test {

using serval::testing::TemporaryFolder;
using settings_test::faults_of;
using settings_test::variables;

struct Database {
  std::string host;
  Default<int> port = 5432;
};
struct Shop {
  Default<std::string> name = "shop";
  Default<int> limit = 7;
  Default<Database> db;
  std::optional<Database> replica;
};

std::string name_of(const SettingsOptions& options) { return load_settings<Shop>(options).name; }

TEST(SettingSources, AreReadInTheOrderOfTheirStrength) {
  const TemporaryFolder folder;
  SettingsOptions options{.prefix = "SHOP_"};
  options.environment.emplace();
  EXPECT_EQ(name_of(options), "shop");
  folder.write("secrets/shop_name", "secret");
  options.secrets_dir = folder.path("secrets");
  EXPECT_EQ(name_of(options), "secret");
  options.json_file = folder.write("shop.json", R"({"name": "json"})");
  EXPECT_EQ(name_of(options), "json");
  options.env_files = {folder.write("first.env", "SHOP_NAME=first"), folder.write("empty.env", "")};
  EXPECT_EQ(name_of(options), "first");
  options.env_files.push_back(folder.write("second.env", "SHOP_NAME=second"));
  EXPECT_EQ(name_of(options), "second");
  options.environment->emplace("SHOP_NAME", "environment");
  EXPECT_EQ(name_of(options), "environment");
  options.values = {{"name", "values"}};
  EXPECT_EQ(name_of(options), "values");
}

TEST(SettingSources, IncludeTheEnvironmentOfTheProcess) {
  ::setenv("SETTING_SOURCES_TEST_NAME", "process", 1);
  EXPECT_EQ(name_of({.prefix = "SETTING_SOURCES_TEST_"}), "process");
  ::unsetenv("SETTING_SOURCES_TEST_NAME");
}

TEST(SettingSources, GiveMembersOfOneStructFromDifferentPlaces) {
  const TemporaryFolder folder;
  SettingsOptions options{.env_files = {folder.write(".env", "replica__port=1")}};
  options.json_file = folder.write("shop.json", R"({"db": {"host": "json", "port": 2}, "replica": {"host": "json"}})");
  const Shop shop = load_settings<Shop>(variables({{"DB__HOST", "environment"}}, options));
  EXPECT_EQ(encode_json(shop),
            R"({"name":"shop","limit":7,"db":{"host":"environment","port":2},"replica":{"host":"json","port":1}})");
}

TEST(SettingSources, KnowNamesInAnyCase) {
  const TemporaryFolder folder;
  EXPECT_EQ(name_of(variables({{"shop_Name", "x"}}, {.prefix = "Shop_"})), "x");
  SettingsOptions options = variables({});
  options.values = {{"NAME", "y"}};
  EXPECT_EQ(name_of(options), "y");
  folder.write("s/SHOP_NAME", "z");
  EXPECT_EQ(name_of(variables({}, {.prefix = "shop_", .secrets_dir = folder.path("s")})), "z");
  EXPECT_EQ(name_of(variables({}, {.json_file = folder.write("a.json", R"({"Name": "j"})")})), "j");
}

TEST(SettingSources, NestNamesInEachOfThem) {
  const TemporaryFolder folder;
  const auto host = [](const SettingsOptions& options) { return std::string(load_settings<Shop>(options).db->host); };
  EXPECT_EQ(host(variables({{"S_DB__HOST", "a"}}, {.prefix = "S_"})), "a");
  EXPECT_EQ(host(variables({}, {.prefix = "S_", .env_files = {folder.write(".env", "S_DB__HOST=b")}})), "b");
  folder.write("secrets/s_db__host", "c");
  EXPECT_EQ(host(variables({}, {.prefix = "S_", .secrets_dir = folder.path("secrets")})), "c");
  SettingsOptions options = variables({}, {.prefix = "S_"});
  options.values = {{"db__host", "d"}};
  EXPECT_EQ(host(options), "d");
  EXPECT_EQ(host(variables({}, {.json_file = folder.write("1.json", R"({"db": {"host": "e"}})")})), "e");
  EXPECT_EQ(host(variables({}, {.json_file = folder.write("2.json", R"({"db__host": "f"})")})), "f");
}

TEST(SettingSources, TakeNoNameThatOnlyBeginsLikeAStruct) {
  const Shop shop = load_settings<Shop>(variables({{"DBX__HOST", "a"}, {"DB_HOST", "b"}, {"DB", R"({"host": "c"})"}}));
  EXPECT_EQ(shop.db->host, "c");
  EXPECT_FALSE(shop.replica.has_value());
}

TEST(SettingSources, GiveAWholeStructAsJsonThatItsMembersOverride) {
  const Shop shop = load_settings<Shop>(variables({{"DB", R"({"host": "a", "port": 1})"}, {"DB__PORT", "2"}}));
  EXPECT_EQ(encode_json(*shop.db), R"({"host":"a","port":2})");
}

TEST(SettingSources, GiveAnOptionalStructWithoutMembers) {
  EXPECT_EQ(faults_of<Shop>(variables({{"REPLICA", "{}"}})),
            "REPLICA__HOST: the setting is required, but no source has it");
}

TEST(SettingSources, RemoveAnOptionalStructWithNull) {
  const TemporaryFolder folder;
  const std::string file = folder.write("shop.json", R"({"replica": {"host": "a"}})");
  EXPECT_TRUE(load_settings<Shop>(variables({}, {.json_file = file})).replica.has_value());
  EXPECT_FALSE(load_settings<Shop>(variables({{"REPLICA", "null"}}, {.json_file = file})).replica.has_value());
  EXPECT_EQ(faults_of<Shop>(variables({{"DB", "null"}})),
            "DB (environment): Input should be a JSON object with the members of the setting");
}

TEST(SettingSources, ReadValuesFromFiles) {
  const TemporaryFolder folder;
  const std::string file = folder.write("name", "from file\n"), two = folder.write("two", "x\r\n\n");
  EXPECT_EQ(name_of(variables({{"SHOP_NAME_FILE", file}}, {.prefix = "SHOP_"})), "from file");
  EXPECT_EQ(name_of(variables({{"SHOP_NAME_FILE", two}}, {.prefix = "SHOP_"})), "x\r\n");
  EXPECT_EQ(name_of(variables({}, {.prefix = "S_", .env_files = {folder.write(".env", "S_NAME_FILE=" + file)}})),
            "from file");
  EXPECT_EQ(name_of(variables({}, {.json_file = folder.write("a.json", R"({"name_file": ")" + file + "\"}")})),
            "from file");
  const std::string db = folder.write("db", R"({"host": "h"})");
  EXPECT_EQ(load_settings<Shop>(variables({{"S_DB_FILE", db}}, {.prefix = "S_"})).db->host, "h");
}

struct Platform {
  Field<Default<std::string>, alias("DATABASE_URL")> url;
  Field<Default<Database>, alias("REPLICA")> replica;
  Default<std::string> log;
};

TEST(SettingSources, WithoutAPrefixReadFilesOnlyForAliases) {
  const TemporaryFolder folder;
  const std::string file = folder.write("url", "from file"), env = folder.write(".env", "LOG_FILE=/nowhere/b.log");
  SettingsOptions options =
      variables({{"DATABASE_URL_FILE", file}, {"REPLICA__HOST_FILE", file}, {"LOG_FILE", "/nowhere/a.log"}});
  options.env_files = {env};
  const Platform settings = load_settings<Platform>(options);
  EXPECT_EQ(settings.url, "from file");
  EXPECT_EQ(settings.replica->host, "from file");
  EXPECT_EQ(settings.log, "");
  options.values = {{"log_file", file}};
  EXPECT_EQ(load_settings<Platform>(options).log, "from file");
}

TEST(SettingSources, ReportAFileThatCannotBeRead) {
  const TemporaryFolder folder;
  const std::string absent = folder.path("absent"), big = folder.write("big", std::string(1024 * 1024 + 1, 'x'));
  EXPECT_EQ(faults_of<Shop>(variables({{"S_NAME_FILE", absent}, {"S_LIMIT_FILE", folder.path()}, {"S_DB_FILE", big}},
                                      {.prefix = "S_"})),
            "S_DB (" + big + " (S_DB_FILE, environment)): the file has more than 1 MiB\n" + "S_LIMIT (" +
                folder.path() + " (S_LIMIT_FILE, environment)): the file cannot be read: Is a directory\n" +
                "S_NAME (" + absent +
                " (S_NAME_FILE, environment)): the file cannot be read: No such file or directory");
}

struct Files {
  Default<std::string> log, log_file;
};

TEST(SettingSources, TakeAMemberOfThatNameBeforeTheFileOfAnother) {
  const Files files = load_settings<Files>(variables({{"S_LOG_FILE", "/nowhere/a.log"}}, {.prefix = "S_"}));
  EXPECT_EQ(files.log_file, "/nowhere/a.log");
  EXPECT_EQ(files.log, "");
}

TEST(SettingSources, RefuseAmbiguousNames) {
  EXPECT_EQ(faults_of<Shop>(variables({{"NAME", "a"}, {"name", "b"}})),
            "name (environment): the source also has NAME with another value");
  EXPECT_EQ(faults_of<Shop>(variables({{"NAME", "a"}, {"name", "a"}})), "none");
  EXPECT_EQ(faults_of<Shop>(variables({{"S_NAME", "a"}, {"S_NAME_FILE", "b"}}, {.prefix = "S_"})),
            "S_NAME_FILE (environment): the source also has S_NAME: remove one of them");
}

TEST(SettingSources, TreatTheNamesOfAJsonFileLikeThoseOfOthers) {
  const TemporaryFolder folder;
  const auto with = [&](const std::string& text) { return variables({}, {.json_file = folder.write("a.json", text)}); };
  EXPECT_EQ(load_settings<Shop>(with(R"({"db": {"host": "a"}, "db__host": "b"})")).db->host, "b");
  EXPECT_EQ(load_settings<Shop>(with(R"({"db__host": "b", "db": {"host": "a"}})")).db->host, "b");
  EXPECT_EQ(load_settings<Shop>(with(R"({"replica": null, "replica__host": "b"})")).replica->host, "b");
  const std::string file = folder.path("a.json");
  EXPECT_EQ(faults_of<Shop>(with(R"({"name": "a", "NAME": "b"})")),
            "NAME (" + file + ":1): the source also has name with another value");
  EXPECT_EQ(faults_of<Shop>(with(R"({"db": {"host": "a", "port": 1, "Port": 2}})")),
            "db.Port (" + file + ":1): the source also has db.port with another value");
  EXPECT_EQ(faults_of<Shop>(with(R"({"name": "a", "NAME": "a"})")), "none");
  EXPECT_EQ(faults_of<Shop>(with(R"({"name": "a", "name_file": "/nowhere"})")),
            "name_file (" + file + ":1): the source also has name: remove one of them");
}

TEST(SettingSources, TakeTheLastValueOfARepeatedLine) {
  const TemporaryFolder folder;
  EXPECT_EQ(name_of(variables({}, {.env_files = {folder.write(".env", "NAME=a\nname=b\n")}})), "b");
}

TEST(SettingSources, CutOneNewlineFromSecrets) {
  const TemporaryFolder folder;
  folder.write("s/name", "a b \n");
  EXPECT_EQ(name_of(variables({}, {.secrets_dir = folder.path("s")})), "a b ");
  folder.write("s/name", "x\n\n");
  EXPECT_EQ(name_of(variables({}, {.secrets_dir = folder.path("s")})), "x\n");
}

TEST(SettingSources, ReadSecretsAsKubernetesLinksThem) {
  const TemporaryFolder folder;
  folder.write("s/..2026/name", "linked");
  folder.link("s/..data", folder.path("s/..2026"));
  folder.link("s/name", "..data/name");
  EXPECT_EQ(name_of(variables({}, {.secrets_dir = folder.path("s")})), "linked");
}

TEST(SettingSources, ReportSecretsThatAreNoFiles) {
  const TemporaryFolder folder;
  folder.write("s/limit/folder", "not read");
  folder.write("s/other/folder", "not read");
  folder.link("s/name", folder.path("absent"));
  folder.link("s/replica", folder.path("s/replica"));
  folder.link("s/foreign", folder.path("absent"));
  const SettingsOptions options{.secrets_dir = folder.path("s")};
  EXPECT_EQ(faults_of<Shop>(variables({}, options)),
            "LIMIT (" + folder.path("s/limit") + "): a file is needed, but it is a directory\nNAME (" +
                folder.path("s/name") + "): the link leads to no file\nREPLICA (" + folder.path("s/replica") +
                "): the file cannot be examined: Too many levels of symbolic links");
  EXPECT_EQ(faults_of<Shop>(variables({{"LIMIT", "1"}, {"NAME", "a"}, {"REPLICA", "null"}}, options)), "none");
}

TEST(SettingSources, MayBeAbsent) {
  SettingsOptions options = variables({});
  options.env_files = {"/nowhere/.env"};
  options.json_file = "/nowhere/shop.json";
  options.secrets_dir = "/nowhere/secrets";
  EXPECT_EQ(name_of(options), "shop");
}

TEST(SettingSources, ReportFilesThatCannotBeParsed) {
  const TemporaryFolder folder;
  const std::string env = folder.write(".env", "NAME=a\nLIMIT=\"1\n"), json = folder.write("a.json", "{\n  \"a\": ü}");
  const std::string list = folder.write("b.json", "[]"), empty = folder.write("c.json", "");
  EXPECT_EQ(faults_of<Shop>(variables({}, {.env_files = {env}, .json_file = json})),
            "LIMIT (" + env + ":2): the value begins with \" but has no closing one\n" + json +
                ": Input should be JSON: Expecting value (line 2, byte 8)");
  EXPECT_EQ(faults_of<Shop>(variables({}, {.json_file = list})), list + ": Input should be a JSON object");
  EXPECT_EQ(faults_of<Shop>(variables({}, {.json_file = empty})),
            empty + ": Input should be JSON: Expecting value (line 1, byte 1)");
  EXPECT_EQ(faults_of<Shop>(variables({}, {.json_file = folder.path()})),
            folder.path() + ": the file cannot be read: Is a directory");
  EXPECT_EQ(faults_of<Shop>(variables({}, {.secrets_dir = list})),
            list + ": the folder cannot be read: Not a directory");
}

TEST(SettingSources, IgnoreEmptyTextsByOption) {
  const TemporaryFolder folder;
  folder.write("s/name", "\n");
  EXPECT_EQ(name_of(variables({{"NAME", ""}})), "");
  EXPECT_EQ(faults_of<Shop>(variables({{"LIMIT", ""}})),
            "LIMIT (environment): Input should be a valid integer, unable to parse string as an integer");
  const SettingsOptions options{.secrets_dir = folder.path("s"), .ignore_empty = true};
  EXPECT_EQ(name_of(variables({{"NAME", ""}, {"LIMIT", ""}}, options)), "shop");
}

struct Aliased {
  Field<Default<std::string>, alias("DATABASE_URL")> url;
  struct Inner {
    Field<Default<int>, alias("portNumber")> port = 1;
  };
  Inner inner;
};

TEST(SettingSources, KnowAnAliasWithoutThePrefix) {
  const Aliased settings =
      load_settings<Aliased>(variables({{"DATABASE_URL", "a"}, {"S_DATABASE_URL", "b"}, {"S_INNER__PORTNUMBER", "2"}},
                                       {.prefix = "S_", .unknown = UnknownSettings::ignore}));
  EXPECT_EQ(settings.url, "a");
  EXPECT_EQ(settings.inner.port, 2);
}

struct Kubernetes {
  Default<int> port = 8000;
  Default<std::string> queue_port = "none";
};

TEST(SettingSources, IgnoreTheVariablesThatKubernetesSetsForAService) {
  SettingsOptions options = variables({{"SHOP_PORT", "tcp://10.0.0.1:80"},
                                       {"SHOP_PORT_80_TCP_ADDR", "10.0.0.1"},
                                       {"SHOP_SERVICE_HOST", "10.0.0.1"},
                                       {"SHOP_QUEUE_PORT", "tcp://10.0.0.2:80"}},
                                      {.prefix = "SHOP_", .unknown = UnknownSettings::fail});
  EXPECT_EQ(load_settings<Kubernetes>(options).port, 8000);
  EXPECT_EQ(load_settings<Kubernetes>(options).queue_port, "tcp://10.0.0.2:80");
}

struct Addresses {
  Field<Default<std::string>, alias("REDIS_SERVICE_HOST")> host;
  Field<Default<int>, alias("REDIS_SERVICE_PORT")> port = 0;
  Field<Default<int>, alias("REDIS_PORT_6379_TCP_PORT")> tcp_port = 0;
  Field<Default<int>, alias("REDIS_PORT")> address = 7;
};

TEST(SettingSources, TakeTheVariablesOfKubernetesThatTheProgramNames) {
  const Addresses settings = load_settings<Addresses>(variables({{"REDIS_SERVICE_HOST", "10.0.0.1"},
                                                                 {"REDIS_SERVICE_PORT", "6379"},
                                                                 {"REDIS_PORT_6379_TCP_PORT", "6380"},
                                                                 {"REDIS_PORT", "udp://10.0.0.1:6379"}}));
  EXPECT_EQ(settings.host, "10.0.0.1");
  EXPECT_EQ(settings.port, 6379);
  EXPECT_EQ(settings.tcp_port, 6380);
  EXPECT_EQ(settings.address, 7);
}

struct SameName {
  Default<int> port, Port;
};
struct SameNesting {
  Default<int> db__port;
  Default<Database> db;
};
struct Viewing {
  Default<std::string_view> name;
};

TEST(SettingSources, RefuseASetUpThatCannotBeRead) {
  EXPECT_EQ(error_of([] { static_cast<void>(load_settings<Shop>({.prefix = "shop-"})); }),
            "the prefix of the settings, \"shop-\", has other characters than letters, digits and _: write one like "
            "\"SHOP_\"");
  const std::string twice =
      " exists twice: the case of letters does not matter, and __ separates the names of nested members";
  EXPECT_EQ(error_of([] { static_cast<void>(load_settings<SameName>({})); }), "the setting PORT" + twice);
  EXPECT_EQ(error_of([] { static_cast<void>(load_settings<SameNesting>({})); }), "the setting DB__PORT" + twice);
  EXPECT_EQ(error_of([] { static_cast<void>(load_settings<Viewing>({})); }),
            "the setting NAME has a type in it that cannot be read: use std::string instead of std::string_view");
}

}  // namespace serval::setting_sources_test
