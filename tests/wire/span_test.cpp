// SPDX-License-Identifier: MIT
// What a tracer sees, over a socket and in the test client. The tracer is a middleware that begins a span in `before`
// and ends it in `finished`.
#include <serval/handler/span.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/span.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>

#include "tests/wire/support/client.hpp"
#include "tests/wire/support/echo_service.hpp"
#include "tests/wire/support/exchange.hpp"
#include "tests/wire/support/waiting.hpp"
#include "tests/wire/support/witness.hpp"

namespace serval::span_wire_test {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using testing::RawClient;
using testing::Seen;
using testing::status_of;
using ::testing::UnorderedElementsAre;

/// Records what happens to spans.
class Recorder final : public SpanRecorder {
 public:
  Recorder(std::string name, Seen& log) : name_(std::move(name)), log_(log) {}
  [[nodiscard]] const TraceContext& context() const noexcept override { return context_; }
  [[nodiscard]] std::unique_ptr<SpanRecorder> begin_child(std::string_view name, SpanKind) noexcept override {
    return std::make_unique<Recorder>(std::string(name), log_);
  }
  void set(std::string_view name, std::string_view value) noexcept override {
    log_.add(name_ + " " + std::string(name) + "=" + std::string(value));
  }
  void fail(std::string_view type, std::string_view) noexcept override {
    log_.add(name_ + " failed: " + std::string(type));
  }
  void end() noexcept override { log_.add(name_ + " ended"); }

 private:
  std::string name_;
  Seen& log_;
  TraceContext context_;
};

/// A minimal tracer.
struct Tracer {
  Seen* log;
  void before(Request& request) const {
    request.state<CurrentSpan>().recorder = std::make_shared<Recorder>(std::string(request.target()), *log);
  }
  void finished(const Request& request, const Finished& how) const {
    SpanRecorder* span = CurrentSpan::of(request);
    if (span == nullptr) return log->add("no span");
    span->set("status", std::to_string(how.status));
    if (how.ending == http::Ending::deadline) span->fail("timeout", "");
    span->end();
  }
};

struct Program {
  Seen log;
  App app;
  Program() {
    app.use(Tracer{&log});
    app.get("/value")([](const Request& request) {
      Span span(request, "price");
      span.set("sku", "a");
      return 1;
    });
    app.get("/failing")([](const Request& request) -> int {
      const Span span(request, "price");
      throw std::runtime_error("on purpose");
    });
    app.get("/slow", {.deadline = 20ms})([](const Request& request) -> Task<int> {
      const Span span(request, "price");
      co_await testing::wait(10s);
      co_return 1;
    });
  }
};

/// Returns the status of a request over a socket. The server has ended when this function returns.
int ask_server(const App& app, const std::string& target) {
  Server server(app, testing::test_options());
  server.start();
  RawClient client(server.port());
  client.send("GET " + target + " HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
  const int status = status_of(client.read_answer());
  server.stop();
  server.join();
  return status;
}

int ask_test_client(const App& app, const std::string& target) {
  TestClient client(app);
  return client.get(target).status;
}

TEST(SpanOver, IsWithinTheRequestsSpan) {
  for (const auto& ask : {ask_server, ask_test_client}) {
    Program program;
    EXPECT_EQ(ask(program.app, "/value"), 200);
    EXPECT_THAT(program.log.lines(), ElementsAre("price sku=a", "price ended", "/value status=200", "/value ended"));
  }
}

TEST(SpanOver, EndsWhereTheHandlerFails) {
  for (const auto& ask : {ask_server, ask_test_client}) {
    Program program;
    EXPECT_EQ(ask(program.app, "/failing"), 500);
    EXPECT_THAT(program.log.lines(), ElementsAre("price ended", "/failing status=500", "/failing ended"));
  }
}

TEST(SpanOver, EndsWhereTheHandlerMeetsItsDeadline) {
  for (const auto& ask : {ask_server, ask_test_client}) {
    Program program;
    EXPECT_EQ(ask(program.app, "/slow"), 503);
    EXPECT_THAT(program.log.lines(),
                UnorderedElementsAre("price ended", "/slow status=503", "/slow failed: timeout", "/slow ended"));
  }
}

}  // namespace serval::span_wire_test
