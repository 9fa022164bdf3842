// SPDX-License-Identifier: MIT
// Middleware that records its calls, and an application with a log for tests of middleware.
#pragma once

#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <serval/serval.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>

namespace serval::middleware_test {

using Log = std::vector<std::string>;

/// Records which of its hooks are called.
struct Recorder {
  Log* log;
  std::string name;

  void before(Request&) { log->push_back(name + " before"); }
  void before_handler(Request&) { log->push_back(name + " before_handler"); }
  Task<void> around(Request&, Response&, Next next) {
    log->push_back(name + " in");
    co_await next();
    log->push_back(name + " out");
  }
  void after(const Request&, Response&) { log->push_back(name + " after"); }
  void finished(const Request&, const Finished&) { log->push_back(name + " finished"); }
};

/// The same without `around`.
struct PlainRecorder {
  Log* log;
  std::string name;
  Stage at = Stage::application;

  void before(Request&) { log->push_back(name + " before"); }
  void after(const Request&, Response& response) {
    log->push_back(name + " after " + std::to_string(response.status()));
  }
  void finished(const Request&, const Finished& how) {
    log->push_back(name + " finished " + std::to_string(how.status));
  }
};

struct Refuse {
  std::optional<Response> before(Request&) { return plain_text("no", 401); }
};

struct MiddlewareOf : ::testing::Test {
  std::ostringstream lines;
  Log log;
  App app{
      {.logger = std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(lines))}};

  TestResponse get(std::string_view target) { return TestClient(app).get(target); }
};

}  // namespace serval::middleware_test
