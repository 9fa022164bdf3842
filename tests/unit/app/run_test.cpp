// SPDX-License-Identifier: MIT
// The parts of `App::run` that need no socket: what it prints, reads and logs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <serval/base/log.hpp>
#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/testing.hpp>

namespace serval::detail::run_test {

using ::testing::HasSubstr;

TEST(Run, AnswersHelpVersionAndWrongUsageWithoutServing) {
  App app;
  const char* help[] = {"shop", "--help"};
  const char* version[] = {"shop", "--version"};
  const char* wrong[] = {"shop", "--prot"};
  const char* evil[] = {"shop", "--root-path=//evil"};
  const char* hasty[] = {"shop", "--stop-delay=2", "--timeout-graceful-shutdown=2"};
  EXPECT_EQ(app.run(2, help), 0);
  EXPECT_EQ(app.run(2, version), 0);
  EXPECT_EQ(app.run(2, wrong), 2);
  EXPECT_EQ(app.run(2, evil), 2);
  EXPECT_EQ(app.run(3, hasty), 2);
}

/// Returns what the application prints if it is run with these arguments. The exit code must be 0.
std::string printed(App& app, std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "program");
  ::testing::internal::CaptureStdout();
  EXPECT_EQ(app.run(static_cast<int>(arguments.size()), arguments.data()), 0);
  return ::testing::internal::GetCapturedStdout();
}

struct Inner {
  static constexpr Stage stage = Stage::sessions;
  void before_handler(Request&) {}
};
struct Outer {
  static constexpr Stage stage = Stage::cors;
  void before(Request&) {}
  void after(const Request&, Response&) {}
};

TEST(Run, PrintsTheMiddlewareInItsOrder) {
  App none;
  EXPECT_EQ(printed(none, {"--middleware"}), "application: none\n");
  App app;
  app.use(Inner{});
  app.use(Outer{});
  app.get("/plain")([] { return 1; });
  app.get("/own", {.middleware = {middleware(Inner{})}})([] { return 1; });
  EXPECT_EQ(printed(app, {"--middleware"}),
            "application\n"
            "  Outer                   before, after\n"
            "  Inner                   before_handler\n"
            "GET /own\n"
            "  Inner                   before_handler\n");
}

struct Believer {
  std::vector<std::string>* trusted;
  void before(Request&) {}
  void trust_proxies(const std::vector<std::string>& proxies) { *trusted = proxies; }
};

TEST(Run, TellsMiddlewareWhichProxiesTheOperatorTrusts) {
  std::vector<std::string> trusted;
  App app;
  app.use(Believer{&trusted});
  printed(app, {"--middleware"});
  EXPECT_THAT(trusted, ::testing::IsEmpty());
  const std::string list = printed(app, {"--middleware", "--forwarded-allow-ips=10.0.0.0/8,unix:"});
  EXPECT_THAT(trusted, ::testing::ElementsAre("10.0.0.0/8", "unix:"));
  EXPECT_EQ(list,
            "application\n"
            "  ForwardedHeaders        before\n"
            "  Believer                before\n");
}

TEST(Run, AddsNoSecondMiddlewareForForwardedHeaders) {
  App app;
  app.use(ForwardedHeaders());
  EXPECT_THAT(printed(app, {"--help"}), HasSubstr("(those of the program)"));
  EXPECT_EQ(printed(app, {"--middleware", "--forwarded-allow-ips=10.0.0.0/8"}),
            "application\n"
            "  ForwardedHeaders        before\n");
}

TEST(Run, TellsMiddlewareOfRoutesAndMountsWhichProxiesTheOperatorTrusts) {
  std::vector<std::string> of_route, of_mount;
  App inner;
  inner.use(Believer{&of_mount});
  inner.use(ForwardedHeaders());
  App app;
  app.get("/", {.middleware = {middleware(Believer{&of_route})}})([] { return 1; });
  app.mount("/sub", inner);
  const std::string list = printed(app, {"--middleware", "--forwarded-allow-ips=10.0.0.0/8"});
  EXPECT_THAT(of_route, ::testing::ElementsAre("10.0.0.0/8"));
  EXPECT_THAT(of_mount, ::testing::ElementsAre("10.0.0.0/8"));
  EXPECT_THAT(list, ::testing::Not(HasSubstr("ForwardedHeaders")));
  EXPECT_THAT(printed(app, {"--help"}), HasSubstr("(those of the program)"));
}

struct Unbelieving {
  void before(Request&) {}
  void trust_proxies(const std::vector<std::string>&) { throw SetupError("no proxy is trusted here", {}); }
};

TEST(Run, EndsIfMiddlewareRefusesTheProxies) {
  App app;
  app.use(Unbelieving{});
  const char* arguments[] = {"shop", "--middleware", "--forwarded-allow-ips=10.0.0.0/8"};
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(app.run(3, arguments), 2);
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "shop: no proxy is trusted here\n");
}

/// Logs requests, at any stage.
struct Scribe {
  std::optional<bool>* is_wanted;
  void finished(const Request&, const Finished&) {}
  void log_requests(bool wanted) { *is_wanted = wanted; }
};
/// Measures requests around the access log.
struct Meter {
  static constexpr Stage stage = Stage::access_log;
  void finished(const Request&, const Finished&) {}
};

TEST(Run, TellsMiddlewareThatLogsRequestsWhetherToDoSo) {
  std::optional<bool> is_wanted;
  App app;
  app.use(Scribe{&is_wanted});
  printed(app, {"--middleware"});
  EXPECT_EQ(is_wanted, std::nullopt);
  printed(app, {"--middleware", "--no-access-log"});
  EXPECT_EQ(is_wanted, false);
  printed(app, {"--middleware", "--access-log"});
  EXPECT_EQ(is_wanted, true);
}

TEST(Run, LeavesTheLogToMiddlewareThatLogsRequestsAndToNoOther) {
  std::optional<bool> unused;
  App logged, measured;
  logged.use(Scribe{&unused});
  measured.use(Meter{});
  const auto logs_requests = [](const http::Service& service) { return service.logs_requests(); };
  EXPECT_TRUE(logs_requests(logged));
  EXPECT_FALSE(logs_requests(measured));
}

TEST(Run, ShowsInItsHelpWhatTheProgramSets) {
  App app({.root_path = "/api"});
  ServerOptions options;
  options.port = 8123;
  options.logger = make_logger("warning");
  const char* const arguments[] = {"program", "--help"};
  ::testing::internal::CaptureStdout();
  EXPECT_EQ(app.run(2, arguments, options), 0);
  const std::string help = ::testing::internal::GetCapturedStdout();
  for (const char* text : {"(8123; 0: any free one)", "off (warning)", "(/api)"}) EXPECT_THAT(help, HasSubstr(text));
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

/// Returns the servers in the document that the application prints if it is run with these arguments.
std::string printed_servers(App& app, const std::vector<const char*>& arguments) {
  const json document = schema::parse_json(printed(app, arguments));
  return document.contains("servers") ? schema::to_text(document["servers"]) : "none";
}

TEST(Run, TakesTheRootPathFromCommandLineEnvironmentAndCode) {
  App code({.root_path = "/code"});
  EXPECT_EQ(printed_servers(code, {"--openapi"}), R"([{"url":"/code"}])");
  ::setenv("SERVAL_ROOT_PATH", "/environment", 1);
  EXPECT_EQ(printed_servers(code, {"--openapi"}), R"([{"url":"/environment"}])");
  EXPECT_EQ(printed_servers(code, {"--openapi", "--root-path", "/line"}), R"([{"url":"/line"}])");
  EXPECT_EQ(printed_servers(code, {"--openapi", "--root-path="}), "none");
  ::unsetenv("SERVAL_ROOT_PATH");
}

TEST(Run, UsesTheRootPathOfTheCommandLineAsThatOfTheCode) {
  App app;
  app.get("/app")([](Request& request) { return json{{"path", request.path()}, {"root", request.root_path()}}; });
  static_cast<void>(printed(app, {"--openapi", "--root-path", "/api"}));
  TestClient client(app);
  EXPECT_EQ(client.get("/api/app").body, R"({"path":"/app","root":"/api"})");
  EXPECT_EQ(client.get("/app").body, R"({"path":"/app","root":"/api"})");
  EXPECT_EQ(client.get("/openapi.json").json()["servers"], json::array({{{"url", "/api"}}}));
  EXPECT_THAT(client.get("/docs").body, HasSubstr("/api/openapi.json"));
}

TEST(Run, LogsAVariableThatItDoesNotKnow) {
  std::ostringstream log;
  ServerOptions options;
  options.logger = std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_st>(log));
  App app;
  ::setenv("SERVAL_PROT", "80", 1);
  const char* const arguments[] = {"program", "--openapi", "/nowhere/api.json"};
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(app.run(3, arguments, options), 1);
  static_cast<void>(::testing::internal::GetCapturedStderr());
  ::unsetenv("SERVAL_PROT");
  EXPECT_THAT(log.str(), HasSubstr("SERVAL_PROT is unknown; do you mean SERVAL_PORT?"));
}

TEST(Run, SetsTheLevelOfEveryLoggerThatTheCommandLineNames) {
  const auto of_app = make_logger("info"), of_server = make_logger("info");
  App app({.logger = of_app});
  ServerOptions options;
  options.logger = of_server;
  const char* const silent[] = {"program", "--openapi", "/nowhere/api.json"};
  ::testing::internal::CaptureStderr();
  app.run(3, silent, options);
  EXPECT_EQ(of_app->level(), spdlog::level::info);
  const char* const debugging[] = {"program", "--log-level=debug", "--openapi", "/nowhere/api.json"};
  app.run(4, debugging, options);
  static_cast<void>(::testing::internal::GetCapturedStderr());
  EXPECT_EQ(of_app->level(), spdlog::level::debug);
  EXPECT_EQ(of_server->level(), spdlog::level::debug);
}

TEST(Run, WritesTheDocumentToAFile) {
  App app;
  const std::string file = testing::TempDir() + "serval_openapi_test.json";
  EXPECT_EQ(printed(app, {"--openapi", file.c_str()}), "");
  std::ifstream in(file);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  EXPECT_EQ(schema::parse_json(text), app.openapi());
  std::remove(file.c_str());
}

TEST(Run, FailsWhereTheDocumentCannotBeMade) {
  App app;
  app.on_openapi([](json&) { throw std::runtime_error("no logo"); });
  const char* const arguments[] = {"program", "--openapi"};
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(app.run(2, arguments), 1);
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), HasSubstr("cannot make the document: no logo"));
}

TEST(Run, FailsWhereTheDocumentCannotBeWritten) {
  App app;
  const char* const arguments[] = {"program", "--openapi", "/nowhere/api.json"};
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(app.run(3, arguments), 1);
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), HasSubstr("cannot write /nowhere/api.json"));
}

}  // namespace serval::detail::run_test
