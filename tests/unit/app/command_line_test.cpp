// SPDX-License-Identifier: MIT
#include "app/command_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include <serval/serval.hpp>

namespace serval::detail::command_line_test {

using namespace std::chrono_literals;
using testing::HasSubstr;

CommandLine parse(const std::vector<std::string_view>& arguments) { return parse_command_line(arguments, {}); }

TEST(CommandLine, KeepsTheDefaultsThatItDoesNotName) {
  ServerOptions defaults;
  defaults.port = 9000;
  const CommandLine line = parse_command_line({"--host", "0.0.0.0"}, defaults);
  EXPECT_EQ(line.error, "");
  EXPECT_EQ(line.server.host, "0.0.0.0");
  EXPECT_EQ(line.server.port, 9000);
  EXPECT_EQ(line.log_level, "info");
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
                                  "--timeout-keep-alive",
                                  "1.5",
                                  "--timeout-handler=2",
                                  "--timeout-graceful-shutdown",
                                  "0",
                                  "--no-server-header",
                                  "--no-date-header"});
  EXPECT_EQ(line.error, "");
  EXPECT_EQ(line.server.port, 0);
  EXPECT_EQ(line.server.threads, 2U);
  EXPECT_EQ(line.log_level, "debug");
  EXPECT_FALSE(line.server.access_log);
  EXPECT_EQ(line.server.backlog, 7);
  EXPECT_EQ(line.server.max_connections, 8U);
  EXPECT_EQ(line.server.limits.max_body_bytes, 9U);
  EXPECT_EQ(line.server.max_requests_in_flight, 10U);
  EXPECT_EQ(line.server.timeouts.keep_alive, 1500ms);
  EXPECT_EQ(line.server.timeouts.handler, 2s);
  EXPECT_EQ(line.server.stop_deadline, 0ms);
  EXPECT_FALSE(line.server.server_header);
  EXPECT_FALSE(line.server.date_header);
}

TEST(CommandLine, LetsTheLastOptionWin) {
  EXPECT_TRUE(parse({"--no-access-log", "--access-log"}).server.access_log);
  EXPECT_EQ(parse({"--port", "1", "--port", "2"}).server.port, 2);
}

TEST(CommandLine, KnowsHelpAndVersion) {
  EXPECT_TRUE(parse({"--help"}).show_help);
  EXPECT_TRUE(parse({"--version"}).show_version);
  EXPECT_FALSE(parse({}).show_help);
}

TEST(CommandLine, RefusesAnUnknownOption) {
  EXPECT_EQ(parse({"--prot", "1"}).error, "unknown option --prot");
  EXPECT_EQ(parse({"9000"}).error, "unknown option 9000");
  EXPECT_EQ(parse({""}).error, "unknown option ");
}

TEST(CommandLine, RefusesAnOptionWithoutItsValue) { EXPECT_EQ(parse({"--port"}).error, "--port needs a value: PORT"); }

TEST(CommandLine, RefusesAValueThatMakesNoSense) {
  for (const std::string argument :
       {"--port=65536", "--port=-1", "--port=", "--port=80x", "--threads=9999", "--host=", "--log-level=loud",
        "--backlog=-1", "--timeout-handler=-1", "--timeout-handler=x", "--access-log=yes", "--timeout-handler=nan"}) {
    EXPECT_THAT(parse({argument}).error, HasSubstr("makes no sense")) << argument;
  }
}

TEST(CommandLine, HelpNamesEveryOption) {
  const std::string help = command_line_help("shop");
  EXPECT_THAT(help, HasSubstr("Usage: shop [options]"));
  for (const char* option : {"--host ADDRESS", "--port PORT", "--threads N", "--log-level LEVEL", "--access-log",
                             "--timeout-handler SECONDS", "--version", "--help"}) {
    EXPECT_THAT(help, HasSubstr(option));
  }
}

TEST(Run, AnswersHelpVersionAndWrongUsageWithoutServing) {
  App app;
  const char* help[] = {"shop", "--help"};
  const char* version[] = {"shop", "--version"};
  const char* wrong[] = {"shop", "--prot"};
  EXPECT_EQ(app.run(2, help), 0);
  EXPECT_EQ(app.run(2, version), 0);
  EXPECT_EQ(app.run(2, wrong), 2);
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

/// What running an application with these arguments prints; its exit code must be 0.
std::string printed(App& app, std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "program");
  testing::internal::CaptureStdout();
  EXPECT_EQ(app.run(static_cast<int>(arguments.size()), arguments.data()), 0);
  return testing::internal::GetCapturedStdout();
}

TEST(Run, PrintsTheDocumentIndented) {
  App app({.title = "A", .root_path = "/api"});
  EXPECT_EQ(printed(app, {"--openapi"}), R"({
  "openapi": "3.1.0",
  "info": {
    "title": "A",
    "version": "0.1.0"
  },
  "servers": [
    {
      "url": "/api"
    }
  ],
  "paths": {}
}
)");
}

TEST(Run, WritesTheDocumentToAFile) {
  App app;
  const std::string file = testing::TempDir() + "serval_openapi_test.json";
  EXPECT_EQ(printed(app, {"--openapi", file.c_str()}), "");
  std::ifstream in(file);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  EXPECT_EQ(parse_json(text), app.openapi());
  std::remove(file.c_str());
}

TEST(Run, FailsWhereTheDocumentCannotBeMade) {
  App app;
  app.on_openapi([](json&) { throw std::runtime_error("no logo"); });
  const char* const arguments[] = {"program", "--openapi"};
  testing::internal::CaptureStderr();
  EXPECT_EQ(app.run(2, arguments), 1);
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("cannot make the document: no logo"));
}

TEST(Run, FailsWhereTheDocumentCannotBeWritten) {
  App app;
  const char* const arguments[] = {"program", "--openapi", "/nowhere/api.json"};
  testing::internal::CaptureStderr();
  EXPECT_EQ(app.run(3, arguments), 1);
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("cannot write /nowhere/api.json"));
}

}  // namespace serval::detail::command_line_test
