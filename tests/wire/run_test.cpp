// SPDX-License-Identifier: MIT
// `App::run` over a socket: what it takes from its arguments, from the environment and from the code.
#include <serval/app/app.hpp>

#include <gtest/gtest.h>
#include <spdlog/details/null_mutex.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>

#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <future>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/task.hpp>

#include "tests/unit/support/log.hpp"
#include "tests/wire/support/client.hpp"
#include "tests/wire/support/exchange.hpp"
#include "tests/wire/support/waiting.hpp"

namespace serval::run_test {

using testing::RawClient;

/// A log in memory. `port` returns the port that the program logs when it starts to serve.
class LogSink : public spdlog::sinks::base_sink<std::mutex> {
 public:
  std::uint16_t port() { return port_.get_future().get(); }
  std::string text() {
    const std::scoped_lock lock(mutex_);
    return text_;
  }

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    const std::string line(message.payload.data(), message.payload.size());
    text_ += line + '\n';
    const std::string place = "on http://127.0.0.1:";
    if (const std::size_t found = line.find(place); found != std::string::npos)
      port_.set_value(static_cast<std::uint16_t>(std::stoi(line.substr(found + place.size()))));
  }
  void flush_() override {}

 private:
  std::string text_;
  std::promise<std::uint16_t> port_;
};

/// What a program logs and responds if it gets one request and then a signal to stop.
struct Ran {
  std::string log, answer;
  int exit_code;
};
Ran run(App& app, std::vector<const char*> arguments, ServerOptions options, const std::string& path) {
  const auto sink = std::make_shared<LogSink>();
  options.logger = std::make_shared<spdlog::logger>("test", sink);
  arguments.insert(arguments.begin(), {"program", "--port=0"});
  auto exit_code = std::async(std::launch::async, [&] {
    return app.run(static_cast<int>(arguments.size()), arguments.data(), std::move(options));
  });
  RawClient client(sink->port());
  client.send("GET " + path + " HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
  std::string answer = client.read_all();
  std::raise(SIGINT);
  const int code = exit_code.get();
  return {sink->text(), std::move(answer), code};
}

TEST(RunOver, ChecksItsHealth) {
  App app;
  app.get("/well")([] { return "well"; });
  const auto sink = std::make_shared<LogSink>();
  ServerOptions options;
  options.logger = std::make_shared<spdlog::logger>("test", sink);
  const char* serving[] = {"program", "--port=0"};
  auto exit_code = std::async(std::launch::async, [&] { return app.run(2, serving, options); });
  const std::string port = "--port=" + std::to_string(sink->port());
  const auto checked = [&port](const char* path) {
    App asking;
    const char* arguments[] = {"program", port.c_str(), "--check", path};
    return asking.run(4, arguments);
  };
  EXPECT_EQ(checked("/well"), 0);
  EXPECT_EQ(checked("/nowhere"), 1);
  EXPECT_EQ(checked("nowhere"), 2);
  std::raise(SIGINT);
  EXPECT_EQ(exit_code.get(), 0);
}

TEST(RunOver, LogsRequestsUnlessCodeEnvironmentOrArgumentsSayOtherwise) {
  App app;
  app.get("/")([] { return 1; });
  const auto logs = [&](std::vector<const char*> arguments, ServerOptions options) {
    const Ran ran = run(app, std::move(arguments), std::move(options), "/");
    EXPECT_EQ(ran.exit_code, 0);
    return ran.log.find("\"GET / HTTP/1.1\" 200") != std::string::npos;
  };
  EXPECT_TRUE(logs({}, {}));
  EXPECT_FALSE(logs({}, {.access_log = false}));
  EXPECT_TRUE(logs({"--access-log"}, {.access_log = false}));
  ::setenv("SERVAL_ACCESS_LOG", "yes", 1);
  EXPECT_TRUE(logs({}, {.access_log = false}));
  EXPECT_FALSE(logs({"--no-access-log"}, {}));
  ::unsetenv("SERVAL_ACCESS_LOG");
}

TEST(RunOver, LogsTheStatusThatWasSent) {
  App app;
  app.get("/")([] { return Response(1000, "x"); });
  const Ran ran = run(app, {"--log-level=info"}, {}, "/");
  EXPECT_TRUE(ran.answer.starts_with("HTTP/1.1 500 Internal Server Error\r\n")) << ran.answer;
  EXPECT_NE(ran.log.find("\"GET / HTTP/1.1\" 500"), std::string::npos) << ran.log;
}

TEST(RunOver, LogsEachRequestOnceIfTheApplicationLogsItself) {
  MemoryLog own;
  App app;
  app.use(AccessLog({.logger = own.logger()}));
  app.get("/")([] { return 1; });
  const Ran ran = run(app, {"--access-log"}, {}, "/");
  EXPECT_EQ(ran.log.find("GET /"), std::string::npos) << ran.log;
  EXPECT_NE(own.text().find("\"GET / HTTP/1.1\" 200"), std::string::npos) << own.text();
}

TEST(RunOver, BelievesProxiesOfTheArgumentsOnly) {
  App app;
  app.get("/")([](const Request& request) { return plain_text(request.client().host); });
  const std::string path = "/ HTTP/1.1\r\nx-forwarded-for: 203.0.113.7\r\nx-rest: ";
  EXPECT_TRUE(run(app, {}, {}, path).answer.ends_with("\r\n\r\n127.0.0.1"));
  const Ran ran = run(app, {"--forwarded-allow-ips=127.0.0.1"}, {}, path);
  EXPECT_TRUE(ran.answer.ends_with("\r\n\r\n203.0.113.7")) << ran.answer;
  EXPECT_NE(ran.log.find("203.0.113.7 - \"GET / HTTP/1.1\" 200"), std::string::npos) << ran.log;
}

TEST(RunOver, ServesUnderTheRootPathOfTheArguments) {
  App app;
  app.get("/app")([](const Request& request) { return plain_text(std::string(request.root_path())); });
  EXPECT_TRUE(run(app, {"--root-path", "/api"}, {}, "/api/app").answer.ends_with("\r\n\r\n/api"));
  EXPECT_NE(run(app, {"--root-path", "/api"}, {}, "/openapi.json").answer.find(R"("servers":[{"url":"/api"}])"),
            std::string::npos);
}

/// Returns what a program logs, and its exit code, if nothing tells it to stop.
Ran run_to_end(App& app) {
  const auto sink = std::make_shared<LogSink>();
  ServerOptions options;
  options.port = 0;
  options.logger = std::make_shared<spdlog::logger>("test", sink);
  const char* arguments[] = {"program"};
  const int exit_code = app.run(1, arguments, options);
  return {sink->text(), "", exit_code};
}

TEST(RunOver, EndsWithThreeWhereAStartFunctionFails) {
  bool has_stopped = false;
  App app;
  app.on_stop([&] { has_stopped = true; });
  app.on_start([] { throw std::runtime_error("no database"); });
  const Ran ran = run_to_end(app);
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_EQ(ran.log, "start failed: no database\n");
  EXPECT_TRUE(has_stopped);
}

TEST(RunOver, EndsWithThreeForAnyException) {
  App inner, app;
  inner.on_start([] { throw 7; });
  app.mount("/inner", inner);
  const Ran ran = run_to_end(app);
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_EQ(ran.log, "start failed: an exception that is not a std::exception\n");
}

TEST(RunOver, EndsWithOneWhereItCannotServe) {
  App app;
  app.on_start([] {});
  app.get("/")([](State<std::string>) {});
  const Ran ran = run_to_end(app);
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_TRUE(ran.log.starts_with("cannot serve: ")) << ran.log;
}

TEST(RunOver, TellsStartFunctionsOfASignal) {
  App app;
  app.on_start([](Stopping stopping) -> Task<void> {
    std::raise(SIGTERM);
    co_await stopping.wait();
  });
  EXPECT_EQ(run_to_end(app).exit_code, 0);
}

TEST(RunOver, ServesDuringTheDelayAfterTheFirstSignalAndEndsAtTheSecond) {
  App app;
  app.get("/")([] { return 1; });
  const auto sink = std::make_shared<LogSink>();
  ServerOptions options;
  options.logger = std::make_shared<spdlog::logger>("test", sink);
  auto exit_code = std::async(std::launch::async, [&] {
    const char* arguments[] = {"program", "--port=0", "--stop-delay=60", "--timeout-graceful-shutdown=120"};
    return app.run(4, arguments, options);
  });
  const std::uint16_t port = sink->port();
  std::raise(SIGTERM);
  EXPECT_TRUE(testing::eventually([&] {
    RawClient client(port);
    client.send("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
    const std::string answer = client.read_answer();
    EXPECT_EQ(testing::status_of(answer), 200);
    return testing::has_line(answer, "connection: close");
  }));
  std::raise(SIGTERM);
  EXPECT_EQ(exit_code.get(), 0);
}

TEST(RunOver, StopsServicesAndCallsStopFunctionsAtASignal) {
  std::string steps;
  App app;
  app.on_start([&] { steps += "start "; });
  app.service("relay", [&](Stopping stopping) -> Task<void> {
    co_await stopping.wait();
    steps += "service ";
  });
  app.on_stop([&] { steps += "stop"; });
  app.get("/")([] { return 1; });
  EXPECT_EQ(run(app, {}, {}, "/").exit_code, 0);
  EXPECT_EQ(steps, "start service stop");
}

}  // namespace serval::run_test
