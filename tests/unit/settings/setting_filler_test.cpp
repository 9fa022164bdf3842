// SPDX-License-Identifier: MIT
// What each setting may be, and what is reported otherwise.
#include "settings/setting_filler.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include <serval/schema/codec.hpp>
#include <serval/schema/rule.hpp>
#include <serval/schema/validated_by.hpp>
#include <serval/types.hpp>

#include "tests/unit/settings/faults_of.hpp"
#include "tests/unit/support/temporary_folder.hpp"

namespace serval::setting_filler_test {

using serval::testing::TemporaryFolder;
using settings_test::faults_of;
using settings_test::variables;

enum class Level { debug, info };

struct Values {
  Default<bool> on, off;
  Field<Default<int>, ge(1)> workers = 1;
  Default<double> ratio;
  Default<Level> level = Level::info;
  Default<std::chrono::seconds> wait;
  Default<std::chrono::year_month_day> day;
  std::optional<Url> url;
  Default<std::vector<std::string>> hosts;
  Default<std::map<std::string, int>> sizes;
  std::variant<int, std::string> either;
  std::variant<std::vector<int>, std::string> list_or_text;
  json any;
  std::optional<int> maybe;
};

std::string shown(std::map<std::string, std::string> environment) {
  environment.emplace("EITHER", "1");
  environment.emplace("LIST_OR_TEXT", "[]");
  environment.emplace("ANY", "1");
  return encode_json(load_settings<Values>(variables(std::move(environment))), {.exclude_unset = true});
}

TEST(SettingValues, AreConvertedLikeQueryParameters) {
  EXPECT_EQ(shown({{"ON", "Yes"},
                   {"OFF", "0"},
                   {"WORKERS", "4"},
                   {"RATIO", "0.5"},
                   {"LEVEL", "debug"},
                   {"WAIT", "PT2M"},
                   {"DAY", "2026-11-30"},
                   {"URL", "https://a.example/x"}}),
            R"({"on":true,"off":false,"workers":4,"ratio":0.5,"level":"debug","wait":"PT2M","day":"2026-11-30",)"
            R"("url":"https://a.example/x","either":"1","list_or_text":[],"any":1})");
}

TEST(SettingValues, OfBooleansMayBeWrittenInAnyUsualWay) {
  for (const char* text : {"1", "true", "TRUE", "t", "yes", "Y", "on", "On"})
    EXPECT_TRUE(
        load_settings<Values>(variables({{"ON", text}, {"EITHER", "1"}, {"LIST_OR_TEXT", "x"}, {"ANY", "1"}})).on)
        << text;
  for (const char* text : {"0", "false", "False", "f", "no", "N", "off", "OFF"})
    EXPECT_FALSE(
        load_settings<Values>(variables({{"ON", text}, {"EITHER", "1"}, {"LIST_OR_TEXT", "x"}, {"ANY", "1"}})).on)
        << text;
}

TEST(SettingValues, ThatAreNotPlainAreJson) {
  EXPECT_EQ(shown({{"HOSTS", R"(["a", "b"])"},
                   {"SIZES", R"({"x": 1})"},
                   {"EITHER", "text"},
                   {"LIST_OR_TEXT", "[1, 2]"},
                   {"ANY", R"({"a": [null]})"}}),
            R"({"hosts":["a","b"],"sizes":{"x":1},"either":"text","list_or_text":[1,2],"any":{"a":[null]}})");
  EXPECT_EQ(shown({{"LIST_OR_TEXT", "12"}, {"ANY", "12"}}), R"({"either":"1","list_or_text":"12","any":12})");
  EXPECT_EQ(shown({{"LIST_OR_TEXT", "text"}, {"ANY", "plain text"}}),
            R"({"either":"1","list_or_text":"text","any":"plain text"})");
}

struct Server {
  Field<Default<int>, ge(1), le(65535)> port = 8000;
  Field<std::string, min_length(3)> name;
};
struct Faulty {
  std::string required;
  Server server;
  Default<std::vector<int>> counts;
  Default<std::map<std::string, Server>> others;
  Default<bool> flag;
};

TEST(SettingFaults, AreReportedTogetherWithNameAndSource) {
  const TemporaryFolder folder;
  const std::string env = folder.write(".env", "\nS_FLAG=perhaps\n"),
                    json = folder.write("a.json", "{\n\"server\": {\n\"name\": \"ab\"}}");
  EXPECT_EQ(faults_of<Faulty>(variables({{"S_SERVER__PORT", "70000"}, {"S_COUNTS", "1,2"}, {"S_OTHERS", R"({"x":{}})"}},
                                        {.prefix = "S_", .env_files = {env}, .json_file = json})),
            "S_REQUIRED: the setting is required, but no source has it\n"
            "S_SERVER__PORT (environment): Input should be less than or equal to 65535\n"
            "S_SERVER__NAME (" +
                json +
                ":3): String should have at least 3 characters\n"
                "S_COUNTS (environment): Input should be JSON: Extra data (line 1, byte 2)\n"
                "S_OTHERS (environment): x.name: Field required\n"
                "S_FLAG (" +
                env + ":2): Input should be a valid boolean, unable to interpret input");
}

TEST(SettingFaults, CanBeReadByTheProgram) {
  try {
    static_cast<void>(load_settings<Server>(variables({{"PORT", "0"}, {"NAME", "abc"}})));
    FAIL();
  } catch (const SettingsError& error) {
    ASSERT_EQ(error.faults().size(), 1U);
    EXPECT_EQ(error.faults()[0].name, "PORT");
    EXPECT_EQ(error.faults()[0].source, "environment");
    EXPECT_EQ(error.faults()[0].message, "Input should be greater than or equal to 1");
  }
}

struct Initialised {
  Default<Server> server = Server{.port = 1, .name = "initial"};
  std::optional<Server> other = Server{.port = 2, .name = "other"};
  std::optional<Server> absent;
};

TEST(SettingStructs, KeepWhatTheProgramSetsAndNoSourceHas) {
  const Initialised none = load_settings<Initialised>(variables({}));
  EXPECT_EQ(none.server->name, "initial");
  EXPECT_FALSE(none.server.is_set());
  EXPECT_EQ(none.other->name, "other");
  EXPECT_FALSE(none.absent.has_value());
  const Initialised some = load_settings<Initialised>(
      variables({{"SERVER__NAME", "given"}, {"OTHER__NAME", "given"}, {"ABSENT__NAME", "given"}}));
  EXPECT_EQ(some.server->port, 1);
  EXPECT_TRUE(some.server.is_set());
  EXPECT_EQ(some.other->port, 2);
  EXPECT_EQ(some.absent->port, 8000);
}

struct Nothing {
  Default<int> a = 1;
};
struct Required {
  Nothing nothing;
  Nullable<Nothing> nullable;
};

TEST(SettingStructs, OfDefaultsNeedNoSourceUnlessTheyMayBeNull) {
  EXPECT_EQ(faults_of<Required>(variables({})), "NULLABLE: the setting is required, but no source has it");
  EXPECT_EQ(faults_of<Required>(variables({{"NULLABLE", "null"}})), "none");
}

int make_port() { return 1234; }
Server make_server() { return {.port = 5, .name = "made"}; }

struct Made {
  Field<int, default_factory<make_port>> port;
  Field<Server, default_factory<make_server>> server;
};

TEST(SettingStructs, TakeDefaultFactories) {
  const Made made = load_settings<Made>(variables({}));
  EXPECT_EQ(made.port, 1234);
  EXPECT_EQ(made.server->name, "made");
}

void require_even(const int& value) {
  if (value % 2 != 0) throw std::invalid_argument("must be even");
}
std::string trimmed(const std::string& text) { return text.substr(text.find_first_not_of(' ')); }
void require_no_zero(const Server& server) {
  if (server.name == "000") throw std::invalid_argument("must not be 000");
}

struct Checked {
  Field<Default<int>, validated_by<require_even>> even = 0;
  Field<Default<std::string>, prepared_by<trimmed>, max_length(3)> name;
  Field<Default<Server>, validated_by<require_no_zero>> server = Server{.name = "abc"};
  Default<int> low = 0, high = 9;
  static void check(const Checked& settings, schema::Errors& errors) {
    if (settings.low > settings.high) errors.add("low", "low is above high");
    if (settings.low == settings.high) errors.add("there is no range");
  }
};

TEST(SettingChecks, CallFunctionsOfTheProgram) {
  EXPECT_EQ(load_settings<Checked>(variables({{"NAME", "   abc"}})).name, "abc");
  EXPECT_EQ(faults_of<Checked>(variables({{"EVEN", "3"}, {"SERVER__NAME", "000"}})),
            "EVEN (environment): Value error, must be even\nSERVER: Value error, must not be 000");
  EXPECT_EQ(faults_of<Checked>(variables({{"LOW", "10"}})), "LOW (environment): low is above high");
  EXPECT_EQ(faults_of<Checked>(variables({{"LOW", "9"}})), "there is no range");
}

void refuse_with_value(const std::string& secret) { throw std::invalid_argument("bad key " + secret); }

struct Keys {
  std::optional<Secret<std::string>> key;
  Default<std::vector<Secret<std::string>>> older;
  Field<std::optional<Secret<std::string>>, validated_by<refuse_with_value>> refused;
  Field<std::optional<Secret<std::string>>, min_length(20)> long_one;
  std::optional<Secret<Bytes>> bytes;
  static void check(const Keys& keys, schema::Errors& errors) {
    if (keys.key) errors.add("key", "weak: " + keys.key->reveal());
    for (const auto& each : keys.older) errors.add("older", "weak: " + each.reveal());
    if (keys.bytes) errors.add("weak: " + keys.bytes->reveal());
  }
};

TEST(SettingSecrets, AreReadAndNeverShownInFaults) {
  const TemporaryFolder folder;
  folder.write("s/refused", "hunter2");
  folder.write("s/long_one", "hunter2");
  EXPECT_EQ(faults_of<Keys>(variables({}, {.secrets_dir = folder.path("s")})),
            "REFUSED (" + folder.path("s/refused") +
                "): the value is not valid; the reason is not shown, since the setting is a secret\n"
                "LONG_ONE (" +
                folder.path("s/long_one") + "): String should have at least 20 characters");
  const std::string hidden = "the check of the settings failed; its message is not shown, since it may show a secret";
  EXPECT_EQ(faults_of<Keys>(variables({{"KEY", "hunter2"}})), "KEY (environment): " + hidden);
  EXPECT_EQ(faults_of<Keys>(variables({{"BYTES", "aHVudGVyMg=="}})), hidden);
  EXPECT_EQ(faults_of<Keys>(variables({{"OLDER", R"(["hunter2"])"}})), "OLDER (environment): " + hidden);
  EXPECT_EQ(faults_of<Keys>(variables({{"OLDER", R"(["hunter2"])"}, {"KEY", "hunter2"}})),
            "KEY (environment): " + hidden + "\nOLDER (environment): " + hidden);
}

std::string doubled(const std::string& text) { return text + text; }

struct Account {
  Default<std::string> name = "a";
  Default<Secret<std::string>> initial = Secret<std::string>("hunter2");
  Field<std::optional<Secret<std::string>>, prepared_by<doubled>> prepared;
  std::optional<Secret<std::string>> absent;
  static void check(const Account& account, schema::Errors& errors) {
    if (account.name == "initial") errors.add("initial", "weak: " + account.initial->reveal());
    if (account.name == "whole") errors.add("weak: " + account.initial->reveal());
    if (account.name == "name") errors.add("name", "too short");
    if (account.name == "hunter2") errors.add("name", "as the key: hunter2");
    if (account.name == "absent") errors.add("absent", "a key is needed");
    if (account.prepared) errors.add("prepared", "weak: " + account.prepared->reveal());
  }
};
struct Accounts {
  Default<int> number = 1;
  std::optional<Account> account;
  static void check(const Accounts& accounts, schema::Errors& errors) {
    if (accounts.number == 0) errors.add("number is 0");
    if (accounts.number == 2) errors.add(accounts.account->initial->reveal());
  }
};

TEST(SettingSecrets, AreNotShownByChecksAsDefaultsOrPrepared) {
  const std::string hidden = "the check of the settings failed; its message is not shown, since it may show a secret";
  EXPECT_EQ(faults_of<Account>(variables({{"NAME", "initial"}})), "INITIAL: " + hidden);
  EXPECT_EQ(faults_of<Account>(variables({{"NAME", "whole"}})), hidden);
  EXPECT_EQ(faults_of<Account>(variables({{"PREPARED", "x"}})), "PREPARED (environment): " + hidden);
  EXPECT_EQ(faults_of<Account>(variables({{"NAME", "name"}})), "NAME (environment): too short");
  EXPECT_EQ(faults_of<Account>(variables({{"NAME", "absent"}})), "ABSENT: a key is needed");
  EXPECT_EQ(faults_of<Account>(variables({{"INITIAL", "hunter2"}, {"NAME", "hunter2"}})),
            "NAME (environment): " + hidden);
  EXPECT_EQ(faults_of<Accounts>(variables({{"NUMBER", "0"}})), "number is 0");
  EXPECT_EQ(faults_of<Accounts>(variables({{"NUMBER", "2"}, {"ACCOUNT", "{}"}})), hidden);
}

struct ByKey {
  Field<Literal<"key">> kind;
  Secret<std::string> value;
};
struct ByToken {
  Field<Literal<"token">> kind;
  Secret<std::string> value;
};

struct Strict {
  std::optional<std::variant<Uuid, Secret<Email>>> either;
  std::optional<Secret<Email>> email;
  Field<std::optional<std::variant<ByKey, ByToken>>, discriminator("kind")> login;
  Default<std::map<std::string, Secret<std::string>>> by_name;
};

TEST(SettingSecrets, AreNotShownByMessagesWithPartsOfAValue) {
  const std::string hidden = ": the value is not valid; the reason is not shown, since the setting is a secret";
  EXPECT_EQ(faults_of<Strict>(variables({{"EITHER", "zunter2"}})),
            "EITHER (environment)" + hidden + "\nEITHER (environment)" + hidden);
  EXPECT_EQ(faults_of<Strict>(variables({{"EMAIL", "hunter2"}})), "EMAIL (environment)" + hidden);
  EXPECT_EQ(faults_of<Strict>(variables({{"LOGIN", R"({"kind": "hunter2"})"}})), "LOGIN (environment)" + hidden);
  EXPECT_EQ(faults_of<Strict>(variables({{"BY_NAME", R"({"hunter2": 1})"}})),
            "BY_NAME (environment): Input should be a valid string");
}

}  // namespace serval::setting_filler_test
