// SPDX-License-Identifier: MIT
#include "app/command_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>

#include <serval/serval.hpp>

#include "tests/unit/app/parse_command_line.hpp"

namespace serval::detail::command_line_test {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(CommandLine, KeepsTheDefaultsThatItDoesNotName) {
  ServerOptions defaults;
  defaults.port = 9000;
  const CommandLine line = parse({"--host", "0.0.0.0"}, {}, defaults);
  EXPECT_EQ(line.error, "");
  EXPECT_EQ(line.server.host, "0.0.0.0");
  EXPECT_EQ(line.server.port, 9000);
  EXPECT_EQ(line.log_level, std::nullopt);
  EXPECT_EQ(line.root_path, std::nullopt);
  EXPECT_EQ(line.server.access_log, std::nullopt);
}

TEST(CommandLine, ReadsEveryOption) {
  const CommandLine line = parse({"--port=0",
                                  "--threads",
                                  "2",
                                  "--log-level=debug",
                                  "--no-access-log",
                                  "--backlog",
                                  "7",
                                  "--max-connections",
                                  "8",
                                  "--max-body-bytes",
                                  "9",
                                  "--limit-in-flight",
                                  "10",
                                  "--cancel-on-half-close",
                                  "--timeout-keep-alive",
                                  "1.5",
                                  "--timeout-handler=2",
                                  "--stop-delay=0.25",
                                  "--timeout-graceful-shutdown",
                                  "0.5",
                                  "--no-server-header",
                                  "--no-date-header"});
  EXPECT_EQ(line.error, "");
  EXPECT_EQ(line.server.port, 0);
  EXPECT_EQ(line.server.threads, 2U);
  EXPECT_EQ(line.log_level, "debug");
  EXPECT_EQ(line.server.access_log, false);
  EXPECT_EQ(line.server.backlog, 7);
  EXPECT_EQ(line.server.max_connections, 8U);
  EXPECT_EQ(line.server.limits.max_body_bytes, 9U);
  EXPECT_EQ(line.server.max_requests_in_flight, 10U);
  EXPECT_TRUE(line.server.cancel_on_half_close);
  EXPECT_EQ(line.server.timeouts.keep_alive, 1500ms);
  EXPECT_EQ(line.server.timeouts.handler, 2s);
  EXPECT_EQ(line.server.stop_delay, 250ms);
  EXPECT_EQ(line.server.stop_deadline, 500ms);
  EXPECT_FALSE(line.server.server_header);
  EXPECT_FALSE(line.server.date_header);
}

TEST(CommandLine, ListensAtSeveralPlaces) {
  EXPECT_EQ(where(parse({"--listen", "0.0.0.0:80", "--listen=[::1]:8080", "--listen=unix:/run/a b"})),
            "the value \"unix:/run/a b\" of --listen is not valid: HOST:PORT, unix:PATH or fd:NUMBER, instead of "
            "host and port; repeat it to listen at several places (none)");
  EXPECT_EQ(where(parse({"--listen", "0.0.0.0:80", "--listen=[::1]:8080", "--listen=unix:/run/a", "--listen=fd:3"})),
            "0.0.0.0 port 80, ::1 port 8080, socket /run/a, descriptor 3");
  EXPECT_EQ(where(parse_command_line({}, {{"SERVAL_LISTEN", " localhost:0  unix:@a "}}, {})),
            "localhost port 0, socket @a");
  for (const std::string text : {"80", "a:", ":80", "a:65536", "::1:80", "[a]:80", "unix:", "fd:-1", "fd:x", " "})
    EXPECT_NE(parse({"--listen", text}).error, "") << text;
}

TEST(CommandLine, RefusesPlacesThatNoServerCanListenAt) {
  const std::string path(108, 'x'), fault = "the server cannot listen there (--listen, SERVAL_LISTEN): ";
  EXPECT_EQ(parse({"--listen=unix:" + path}).error,
            fault + "listeners[0].unix_socket is \"" + path + "\"; it must be at most 107 bytes");
  EXPECT_EQ(parse_command_line({}, {{"SERVAL_LISTEN", "fd:3 fd:3"}}, {}).error,
            fault + "listeners[1].descriptor is 3, which another listener before it uses");
}

/// A listener from the command line or the environment replaces all listeners that the code sets.
TEST(CommandLine, ListensWhereTheProgramSaysUnlessItIsTold) {
  CodeSettings code;
  code.server.listeners = {{.host = "a", .port = 1}};
  EXPECT_EQ(where(parse_command_line({}, {}, code)), "a port 1");
  EXPECT_EQ(where(parse_command_line({"--port=2"}, {}, code)), "");
  EXPECT_EQ(where(parse_command_line({"--listen=b:2"}, {}, code)), "b port 2");
  EXPECT_EQ(where(parse_command_line({"--listen=b:2"}, {{"SERVAL_LISTEN", "c:3"}}, code)), "b port 2");
  EXPECT_EQ(where(parse_command_line({"--port=2"}, {{"SERVAL_LISTEN", "c:3"}}, code)), "");
  EXPECT_EQ(where(parse_command_line({}, {{"SERVAL_LISTEN", "c:3"}, {"SERVAL_PORT", "2"}}, code)), "c port 3");
  EXPECT_EQ(where(parse_command_line({"--listen=b:2", "--port=2"}, {}, code)).substr(0, 8), "--listen");
  EXPECT_THAT(command_line_help("shop", code), HasSubstr("repeat it to listen at several places (a:1)"));
}

TEST(CommandLine, LetsTheLastOptionWin) {
  EXPECT_EQ(parse({"--no-access-log", "--access-log"}).server.access_log, true);
  EXPECT_EQ(parse({"--port", "1", "--port", "2"}).server.port, 2);
}

TEST(CommandLine, KnowsHelpAndVersion) {
  EXPECT_TRUE(parse({"--help"}).show_help);
  EXPECT_TRUE(parse({"--version"}).show_version);
  EXPECT_FALSE(parse({}).show_help);
}

TEST(CommandLine, RefusesAStopDelayThatLeavesNoTimeForRequests) {
  const std::string error = parse({"--stop-delay=8"}).error;
  EXPECT_EQ(error,
            "the stop delay (--stop-delay, SERVAL_STOP_DELAY: 8 s) must be shorter than the time for the whole stop "
            "(--timeout-graceful-shutdown, SERVAL_TIMEOUT_GRACEFUL_SHUTDOWN: 8 s)");
  EXPECT_EQ(parse({"--stop-delay=8", "--timeout-graceful-shutdown=9"}).error, "");
  EXPECT_NE(parse({"--stop-delay=1"}, {{"SERVAL_TIMEOUT_GRACEFUL_SHUTDOWN", "1"}}).error, "");
  EXPECT_NE(parse({}, {{"SERVAL_STOP_DELAY", "9"}}).error, "");
  EXPECT_EQ(parse({"--timeout-graceful-shutdown=0"}).error, "") << "no delay";
  EXPECT_EQ(parse({"--stop-delay=9", "--help"}).error, "");
}

TEST(CommandLine, RoundsATimeToMillisecondsButNeverToNone) {
  EXPECT_EQ(parse({"--timeout-handler=0.0009"}).server.timeouts.handler, 1ms);
  EXPECT_EQ(parse({"--timeout-handler=0.0001"}).server.timeouts.handler, 1ms);
  EXPECT_EQ(parse({"--timeout-keep-alive=1e-9"}).server.timeouts.keep_alive, 1ms);
  EXPECT_EQ(parse({}, {{"SERVAL_TIMEOUT_GRACEFUL_SHUTDOWN", "0.0001"}}).server.stop_deadline, 1ms);
  EXPECT_EQ(parse({"--timeout-handler=2.007"}).server.timeouts.handler, 2007ms);
  EXPECT_EQ(parse({"--timeout-handler=0"}).server.timeouts.handler, 0ms);
}

TEST(CommandLine, TakesYesAndNoAsAVariableDoes) {
  EXPECT_EQ(parse({"--access-log=no"}).server.access_log, false);
  EXPECT_EQ(parse({"--access-log=YES"}).server.access_log, true);
  EXPECT_FALSE(parse({"--date-header=off"}).server.date_header);
}

TEST(CommandLine, TakesARootPath) {
  EXPECT_EQ(parse({"--root-path", "/api/v1"}).root_path, "/api/v1");
  EXPECT_EQ(parse({"--root-path=/api/"}).root_path, "/api");
  EXPECT_EQ(parse({"--root-path=/"}).root_path, "");
  EXPECT_EQ(parse({"--root-path="}).root_path, "");
  EXPECT_EQ(parse({"--root-path=api"}).error,
            "the value \"api\" of --root-path is not valid: it must begin with '/', not end with it, and have no "
            "\"//\", '\\', '?', '#', blank or control character in it, for example \"/api\"");
}

TEST(CommandLine, RefusesWhatIsNoRootPath) {
  for (const std::string path : {"//", "/api//", "//evil", "/a//b", "/a?b", "/a#b", "/a b", "/a\nb", "/\\evil"}) {
    const std::string argument = "--root-path=" + path;
    EXPECT_THAT(parse({argument}).error, HasSubstr("of --root-path is not valid: it must begin with '/'")) << path;
    EXPECT_THAT(parse({}, {{"SERVAL_ROOT_PATH", path}}).error, HasSubstr("of SERVAL_ROOT_PATH is not valid"));
  }
}

TEST(CommandLine, TakesTrustedProxies) {
  const auto read = [](std::string_view list) { return parse({"--forwarded-allow-ips", list}).trusted_proxies; };
  EXPECT_THAT(read("10.0.0.0/8"), ElementsAre("10.0.0.0/8"));
  EXPECT_THAT(read("127.0.0.1,::1, unix: *"), ElementsAre("127.0.0.1", "::1", "unix:", "*"));
  for (const char* list : {"", ",", "proxy.example", "10.0.0.1/8", "10.0.0.0/33", "10.0.0.1,x"}) {
    EXPECT_THAT(parse({"--forwarded-allow-ips", list}).error, HasSubstr("of --forwarded-allow-ips is not valid"))
        << list;
  }
}

TEST(CommandLine, RefusesAnUnknownOption) {
  EXPECT_EQ(parse({"--prot", "1"}).error, "unknown option --prot");
  EXPECT_EQ(parse({"9000"}).error, "unknown option 9000");
  EXPECT_EQ(parse({""}).error, "unknown option ");
  EXPECT_EQ(parse({"--no-port"}).error, "unknown option --no-port");
  EXPECT_EQ(parse({"--no-help"}).error, "unknown option --no-help");
}

TEST(CommandLine, RefusesAnOptionWithoutItsValue) { EXPECT_EQ(parse({"--port"}).error, "--port needs a value: PORT"); }

TEST(CommandLine, RefusesAValueThatMakesNoSense) {
  for (const std::string argument :
       {"--port=65536", "--port=-1", "--port=", "--port=80x", "--threads=9999", "--host=", "--log-level=loud",
        "--backlog=-1", "--timeout-handler=-1", "--timeout-handler=x", "--access-log=maybe",
        "--access-log=", "--no-access-log=yes", "--help=yes", "--timeout-handler=nan"}) {
    EXPECT_THAT(parse({argument}).error, HasSubstr("is not valid")) << argument;
  }
}

TEST(CommandLine, HelpNamesEveryOption) {
  const std::string help = command_line_help("shop", {});
  EXPECT_THAT(help, HasSubstr("Usage: shop [options]"));
  for (const char* option : {"--host ADDRESS", "--port PORT", "--threads N", "--log-level LEVEL", "--access-log",
                             "--timeout-handler SECONDS", "--version", "--help"}) {
    EXPECT_THAT(help, HasSubstr(option));
  }
}

TEST(CommandLine, HelpShowsTheValuesOfTheCode) {
  ServerOptions options;
  options.port = 8123;
  options.access_log = false;
  options.timeouts.handler = 1500ms;
  const std::string help = command_line_help("shop", {.server = options, .log_level = "debug", .root_path = "/api"});
  for (const char* text :
       {"TCP port (8123; 0: any free one)", "log one line per request (no)",
        "longest time for a handler, then the client gets a 503 (1.5; 0: no limit)", "critical or off (debug)",
        "prefix under which a proxy serves the application, such as \"/api\" (/api)",
        "event loops, one per thread (0: one per processor)",
        "largest number of open connections (10000; 0: no limit)"}) {
    EXPECT_THAT(help, HasSubstr(text));
  }
}

TEST(CommandLine, HelpShowsLongTimesInFull) {
  ServerOptions options;
  options.timeouts.handler = 100000s;
  options.timeouts.keep_alive = 123456789s + 1ms;
  options.stop_deadline = std::chrono::milliseconds::max();
  const std::string help = command_line_help("shop", {.server = options});
  for (const char* text : {"(100000; 0: no limit)", "(123456789.001; 0: no limit)", "signal (9223372036854776)"})
    EXPECT_THAT(help, HasSubstr(text));
}

TEST(CommandLine, NamesOptionsThatOtherPartsOfTheProgramAnswer) {
  const std::vector<ProgramOption> options{{.name = "answered", .help = "print answers", .advice = ""},
                                           {.name = "unanswered", .help = "print nothing", .advice = "ask first"}};
  const std::string help = command_line_help("shop", {.program_options = options});
  EXPECT_THAT(help, HasSubstr("\n  --answered                            print answers\n"));
  EXPECT_THAT(help, Not(HasSubstr("--unanswered")));
  EXPECT_EQ(parse_command_line({"--unanswered"}, {}, {.program_options = options}).error,
            "unknown option --unanswered: ask first");
  EXPECT_EQ(parse_command_line({"--other"}, {}, {.program_options = options}).error, "unknown option --other");
}

TEST(CommandLine, AsksForTheDocumentWithOrWithoutAFile) {
  EXPECT_FALSE(parse({}).show_openapi);
  const CommandLine printed = parse({"--openapi", "--port", "0"});
  EXPECT_EQ(printed.error, "");
  EXPECT_TRUE(printed.show_openapi);
  EXPECT_EQ(printed.openapi_file, "");
  EXPECT_EQ(parse({"--openapi", "api.json"}).openapi_file, "api.json");
  EXPECT_EQ(parse({"--openapi=api.json"}).openapi_file, "api.json");
}

TEST(CommandLine, AsksForTheMiddlewareAndTheRoutes) {
  EXPECT_FALSE(parse({}).show_middleware);
  EXPECT_TRUE(parse({"--middleware"}).show_middleware);
  EXPECT_FALSE(parse({}).show_routes);
  EXPECT_TRUE(parse({"--routes"}).show_routes);
}

}  // namespace serval::detail::command_line_test
