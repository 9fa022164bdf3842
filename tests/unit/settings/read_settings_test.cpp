// SPDX-License-Identifier: MIT
// Settings in a program: how faults end it, what `--settings` prints, and how handlers and tests get the settings.
#include <serval/settings/read_settings.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include <serval/serval.hpp>
#include <serval/testing.hpp>
#include <serval/types.hpp>

#include "tests/unit/settings/child.hpp"
#include "tests/unit/settings/faults_of.hpp"

namespace serval::read_settings_test {

using settings_test::Ended;
using settings_test::run_in_child;
using settings_test::variables;
using ::testing::HasSubstr;
using ::testing::Not;

struct Shop {
  Field<Default<int>, ge(1), le(65535)> port = 8000;
  Secret<std::string> key;
};

// Each call is in a process of its own, since it changes which options the command line of its process has.
TEST(ReadSettings, ReturnsThem) {
  const SettingsOptions options = variables({{"S_KEY", "hunter2"}, {"S_PORT", "1"}}, {.prefix = "S_"});
  const Ended ended = run_in_child([&] {
    const char* const arguments[] = {"shop", "--port", "2"};
    std::printf("%s %d", read_settings<Shop>(options).key.reveal().c_str(),
                read_settings<Shop>(3, arguments, options).port.value());
  });
  EXPECT_EQ(ended.out, "hunter2 1");
}

TEST(ReadSettings, EndsTheProgramWithAllFaults) {
  const SettingsOptions options = variables({{"S_PORT", "0"}, {"S_KYE", "hunter2"}}, {.prefix = "S_"});
  const std::string expected =
      "warning: S_KYE (environment): no setting has this name; do you mean S_KEY?\n"
      "the settings are not valid\n"
      "S_PORT (environment): Input should be greater than or equal to 1\n"
      "S_KEY: the setting is required, but no source has it\n";
  const Ended plain = run_in_child([&] { static_cast<void>(read_settings<Shop>(options)); });
  EXPECT_EQ(plain.exit_code, 2);
  EXPECT_EQ(plain.err, expected);
  EXPECT_EQ(plain.out, "");
  const char* const arguments[] = {"shop"};
  const Ended with_arguments = run_in_child([&] { static_cast<void>(read_settings<Shop>(1, arguments, options)); });
  EXPECT_EQ(with_arguments.exit_code, 2);
  EXPECT_EQ(with_arguments.err, expected + "Try --settings.\n");
}

Ended run_with_settings_option(const SettingsOptions& options) {
  return run_in_child([&] {
    const char* const arguments[] = {"shop", "--port=1", "--settings"};
    static_cast<void>(read_settings<Shop>(3, arguments, options));
  });
}

TEST(SettingsOption, PrintsATableAndEndsTheProgram) {
  const Ended ended = run_with_settings_option(variables({{"S_KEY", "hunter2"}}, {.prefix = "S_"}));
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_EQ(ended.err, "");
  EXPECT_EQ(ended.out,
            "NAME    VALUE       SOURCE\n"
            "S_PORT  8000        default\n"
            "S_KEY   **********  environment\n"
            "\n"
            "sources, the strongest first: environment\n");
}

TEST(SettingsOption, MarksFaultsAndEndsTheProgramWithTwo) {
  const Ended ended = run_with_settings_option(variables({{"S_PORT", "0"}}, {.prefix = "S_"}));
  EXPECT_EQ(ended.exit_code, 2);
  EXPECT_EQ(ended.out,
            "NAME    VALUE        SOURCE\n"
            "S_PORT  (not valid)  environment\n"
            "S_KEY   (missing)\n"
            "\n"
            "sources, the strongest first: environment\n"
            "\n"
            "S_PORT (environment): Input should be greater than or equal to 1\n"
            "S_KEY: the setting is required, but no source has it\n");
}

Ended run_app(const char* argument, bool has_arguments) {
  return run_in_child([&] {
    const SettingsOptions options = variables({{"KEY", "hunter2"}});
    const char* const none[] = {"shop"};
    static_cast<void>(has_arguments ? read_settings<Shop>(1, none, options) : read_settings<Shop>(options));
    App app;
    const char* const arguments[] = {"shop", argument};
    std::exit(app.run(2, arguments));
  });
}

TEST(SettingsOption, IsInTheHelpOfAProgramThatAnswersIt) {
  const std::string line = "  --settings                            print the settings and their sources, and exit\n";
  EXPECT_THAT(run_app("--help", true).out, HasSubstr(line));
  EXPECT_THAT(run_app("--help", false).out, Not(HasSubstr("--settings")));
}

TEST(SettingsOption, OfAProgramThatDoesNotAnswerItIsAnErrorThatTellsHow) {
  const Ended ended = run_app("--settings", false);
  EXPECT_EQ(ended.exit_code, 2);
  EXPECT_EQ(ended.err,
            "shop: unknown option --settings: the program reads its settings without its arguments; write "
            "read_settings<Settings>(argc, argv, options)\nTry --help.\n");
}

Shop get_settings(State<Shop> shop) { return *shop; }

void declare(App& app) {
  app.get("/port")([](State<Shop> shop) { return shop->port.value(); });
  app.get("/key")([](Depends<get_settings> shop) { return shop->key.reveal(); });
}

TEST(SettingsOfAnApplication, AreAStateOfHandlers) {
  App app;
  app.provide(load_settings<Shop>(variables({{"KEY", "hunter2"}, {"PORT", "3"}})));
  declare(app);
  TestClient client(app);
  EXPECT_EQ(client.get("/port").body, "3");
  EXPECT_EQ(client.get("/key").body, "\"hunter2\"");
}

TEST(SettingsOfAnApplication, CanBeReplacedInTests) {
  App app;
  app.provide(load_settings<Shop>(variables({{"KEY", "hunter2"}})));
  declare(app);
  app.override_dependency<get_settings>([] { return Shop{.port = 4, .key = Secret<std::string>("fake")}; });
  TestClient client(app);
  EXPECT_EQ(client.get("/key").body, "\"fake\"");
}

}  // namespace serval::read_settings_test
