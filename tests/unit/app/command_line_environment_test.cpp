// SPDX-License-Identifier: MIT
// Which of code, environment and command line sets an option, and which variables count.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <chrono>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include <serval/serval.hpp>

#include "base/join.hpp"
#include "tests/unit/app/parse_command_line.hpp"

namespace serval::detail::command_line_environment_test {

using namespace std::chrono_literals;
using command_line_test::parse;
using command_line_test::Variables;
using command_line_test::where;
using ::testing::HasSubstr;

/// An option, and its value for each of the places that may set it.
struct Precedence {
  std::string option;
  void (*set_in_code)(ServerOptions& options);  // null: the code sets it elsewhere than in `ServerOptions`
  std::string variable, argument;
  std::string (*read)(const CommandLine& line);
  std::string by_default, by_code, by_environment, by_command_line;
};

std::string said(std::optional<bool> value) { return value ? (*value ? "yes" : "no") : "nothing"; }

const Precedence precedences[] = {
    {"host", [](ServerOptions& o) { o.host = "::1"; }, "::", "0.0.0.0",
     [](const CommandLine& l) { return l.server.host; }, "127.0.0.1", "::1", "::", "0.0.0.0"},
    {"port", [](ServerOptions& o) { o.port = 1; }, "2", "3",
     [](const CommandLine& l) { return std::to_string(l.server.port); }, "8000", "1", "2", "3"},
    {"listen", [](ServerOptions& o) { o.listeners = {{.host = "a", .port = 1}}; }, "b:2 unix:c", "fd:3", &where, "",
     "a port 1", "b port 2, socket c", "descriptor 3"},
    {"threads", [](ServerOptions& o) { o.threads = 1; }, "2", "3",
     [](const CommandLine& l) { return std::to_string(l.server.threads); }, "0", "1", "2", "3"},
    {"root-path", nullptr, "/b/", "/c", [](const CommandLine& l) { return l.root_path.value_or("nothing"); }, "nothing",
     "nothing", "/b", "/c"},
    {"forwarded-allow-ips", nullptr, "10.0.0.0/8, unix:", "*",
     [](const CommandLine& l) { return detail::join(l.trusted_proxies); }, "", "", "10.0.0.0/8, unix:", "*"},
    {"log-level", nullptr, "debug", "off", [](const CommandLine& l) { return l.log_level.value_or("nothing"); },
     "nothing", "nothing", "debug", "off"},
    {"access-log", [](ServerOptions& o) { o.access_log = false; }, "true", "no-",
     [](const CommandLine& l) { return said(l.server.access_log); }, "nothing", "no", "yes", "no"},
    {"backlog", [](ServerOptions& o) { o.backlog = 1; }, "2", "3",
     [](const CommandLine& l) { return std::to_string(l.server.backlog); }, "2048", "1", "2", "3"},
    {"max-connections", [](ServerOptions& o) { o.max_connections = 1; }, "2", "3",
     [](const CommandLine& l) { return std::to_string(l.server.max_connections); }, "10000", "1", "2", "3"},
    {"max-body-bytes", [](ServerOptions& o) { o.limits.max_body_bytes = 1; }, "2", "3",
     [](const CommandLine& l) { return std::to_string(l.server.limits.max_body_bytes); }, "1048576", "1", "2", "3"},
    {"limit-in-flight", [](ServerOptions& o) { o.max_requests_in_flight = 1; }, "2", "3",
     [](const CommandLine& l) { return std::to_string(l.server.max_requests_in_flight); }, "0", "1", "2", "3"},
    {"cancel-on-half-close", [](ServerOptions& o) { o.cancel_on_half_close = true; }, "no", "yes",
     [](const CommandLine& l) { return said(l.server.cancel_on_half_close); }, "no", "yes", "no", "yes"},
    {"timeout-keep-alive", [](ServerOptions& o) { o.timeouts.keep_alive = 1s; }, "2", "0.5",
     [](const CommandLine& l) { return std::to_string(l.server.timeouts.keep_alive.count()); }, "60000", "1000", "2000",
     "500"},
    {"timeout-handler", [](ServerOptions& o) { o.timeouts.handler = 1s; }, "2", "0.5",
     [](const CommandLine& l) { return std::to_string(l.server.timeouts.handler.count()); }, "0", "1000", "2000",
     "500"},
    {"stop-delay", [](ServerOptions& o) { o.stop_delay = 1s; }, "2", "0.5",
     [](const CommandLine& l) { return std::to_string(l.server.stop_delay.count()); }, "0", "1000", "2000", "500"},
    {"timeout-graceful-shutdown", [](ServerOptions& o) { o.stop_deadline = 1s; }, "2", "0.5",
     [](const CommandLine& l) { return std::to_string(l.server.stop_deadline.count()); }, "8000", "1000", "2000",
     "500"},
    {"server-header", [](ServerOptions& o) { o.server_header = false; }, "1", "no-",
     [](const CommandLine& l) { return said(l.server.server_header); }, "yes", "no", "yes", "no"},
    {"date-header", [](ServerOptions& o) { o.date_header = false; }, "ON", "no-",
     [](const CommandLine& l) { return said(l.server.date_header); }, "yes", "no", "yes", "no"},
};

TEST(CommandLine, WinsOverTheEnvironmentAndThatOverTheCode) {
  for (const Precedence& each : precedences) {
    SCOPED_TRACE(each.option);
    std::string variable = "SERVAL_" + each.option;
    for (char& letter : variable) letter = letter == '-' ? '_' : static_cast<char>(std::toupper(letter));
    const std::string argument =
        each.argument == "no-" ? "--no-" + each.option : "--" + each.option + "=" + each.argument;
    ServerOptions code;
    if (each.set_in_code != nullptr) each.set_in_code(code);
    EXPECT_EQ(each.read(parse({})), each.by_default);
    EXPECT_EQ(each.read(parse({}, {}, code)), each.by_code);
    EXPECT_EQ(each.read(parse({}, {{variable, each.variable}}, code)), each.by_environment);
    EXPECT_EQ(each.read(parse({argument}, {{variable, each.variable}}, code)), each.by_command_line);
  }
}

TEST(CommandLine, HasNoOptionWhosePrecedenceIsNotTested) {
  std::istringstream help(command_line_help("shop", {}));
  std::vector<std::string> options;
  for (std::string word; help >> word;) {
    if (word.starts_with("--") && !word.starts_with("--no-")) options.push_back(word.substr(2, word.find(',') - 2));
  }
  std::vector<std::string> tested;
  for (const Precedence& each : precedences) tested.push_back(each.option);
  tested.insert(tested.end(), {"openapi", "check", "middleware", "routes", "version", "help"});
  EXPECT_EQ(options, tested);
}

TEST(CommandLine, RefusesAVariableThatMakesNoSense) {
  EXPECT_EQ(parse({}, {{"SERVAL_PORT", "80x"}}).error,
            "the value \"80x\" of SERVAL_PORT is not valid: TCP port (8000; 0: any free one)");
  EXPECT_THAT(parse({}, {{"SERVAL_ACCESS_LOG", "maybe"}}).error, HasSubstr("SERVAL_ACCESS_LOG is not valid"));
}

TEST(CommandLine, NamesTheFirstOfSeveralBadVariables) {
  const Variables wrong{{"SERVAL_ACCESS_LOG", "maybe"}, {"SERVAL_PORT", "80x"}, {"SERVAL_TIMEOUT_HANDLER", "x"}};
  EXPECT_THAT(parse({}, wrong).error, HasSubstr("SERVAL_PORT is not valid"));
}

TEST(CommandLine, WarnsOfVariablesThatItDoesNotKnow) {
  using ::testing::ElementsAre;
  EXPECT_THAT(parse({}, {{"SERVAL_PROT", "80"}}).warnings,
              ElementsAre("the environment variable SERVAL_PROT is unknown; do you mean SERVAL_PORT?"));
  EXPECT_THAT(parse({}, {{"SERVAL_MAX_BODY_BYTE", "1"}, {"SERVAL_HOSTS", "::"}}).warnings,
              ElementsAre("the environment variable SERVAL_HOSTS is unknown; do you mean SERVAL_HOST?",
                          "the environment variable SERVAL_MAX_BODY_BYTE is unknown; do you mean "
                          "SERVAL_MAX_BODY_BYTES?"));
  EXPECT_THAT(parse({"--port=0"}, {{"SERVAL_DATABASE", "x"}}).warnings,
              ElementsAre("the environment variable SERVAL_DATABASE is unknown"));
}

TEST(CommandLine, WarnsOfNoVariableThatItKnowsOrThatIsNotMeantForIt) {
  EXPECT_EQ(parse({"--port=0"}, {{"SERVAL_PORT", "80"}, {"SERVAL_HOST", "::"}}).warnings, std::vector<std::string>());
  // What Kubernetes sets for the services "serval" and "serval-shop".
  EXPECT_EQ(parse({}, {{"SERVAL_PORT", "tcp://10.0.0.1:80"},
                       {"SERVAL_PORT_80_TCP", "tcp://10.0.0.1:80"},
                       {"SERVAL_PORT_80_TCP_ADDR", "10.0.0.1"},
                       {"SERVAL_PORT_80_TCP_PORT", "80"},
                       {"SERVAL_PORT_80_TCP_PROTO", "tcp"},
                       {"SERVAL_SERVICE_HOST", "10.0.0.1"},
                       {"SERVAL_SERVICE_PORT", "80"},
                       {"SERVAL_SERVICE_PORT_HTTP", "80"},
                       {"SERVAL_SHOP_PORT", "tcp://10.0.0.2:80"},
                       {"SERVAL_SHOP_SERVICE_HOST", "10.0.0.2"},
                       {"SERVAL_EMPTY", ""}})
                .warnings,
            std::vector<std::string>());
  EXPECT_EQ(parse({"--help"}, {{"SERVAL_PROT", "80"}}).warnings, std::vector<std::string>());
}

TEST(CommandLine, ReadsNoVariableOfAnOptionThatTheArgumentsSet) {
  const Variables wrong{{"SERVAL_PORT", "abc"}, {"SERVAL_ACCESS_LOG", "maybe"}};
  const CommandLine line = parse({"--port", "0", "--no-access-log"}, wrong);
  EXPECT_EQ(line.error, "");
  EXPECT_EQ(line.server.port, 0);
  EXPECT_THAT(parse({"--port", "0"}, wrong).error, HasSubstr("SERVAL_ACCESS_LOG is not valid"));
}

TEST(CommandLine, AnswersHelpAndVersionWhateverTheEnvironmentHolds) {
  for (const char* argument : {"--help", "--version"}) EXPECT_EQ(parse({argument}, {{"SERVAL_PORT", "abc"}}).error, "");
  EXPECT_EQ(parse({"--help", "--prot"}, {{"SERVAL_PORT", "abc"}}).error, "unknown option --prot");
}

TEST(CommandLine, LeavesOutVariablesThatAreNoneOfItsOwn) {
  const CommandLine line = parse({}, {{"SERVAL_PORT", "tcp://10.0.0.1:80"}, {"SERVAL_HOST", ""}, {"SERVAL_HELP", "1"}});
  EXPECT_EQ(line.error, "");
  EXPECT_EQ(line.server.port, 8000);
  EXPECT_EQ(line.server.host, "127.0.0.1");
  EXPECT_FALSE(line.show_help);
}

}  // namespace serval::detail::command_line_environment_test
