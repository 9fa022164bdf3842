// SPDX-License-Identifier: MIT
// What a server logs: requests, if the options ask for them, and routes that block its loops.
#include <serval/server/server.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "tests/unit/support/log.hpp"
#include "tests/unit/support/status_from.hpp"
#include "tests/wire/support/server_fixture.hpp"
#include "tests/wire/support/waiting.hpp"

namespace serval::server_log_test {

using std::chrono::milliseconds;
using testing::EchoServer;
using testing::EchoService;
using testing::eventually;
using testing::RawClient;
using testing::status_from;
using testing::status_of;
using testing::test_options;

TEST(ServerLog, HasALinePerRequestWhereSwitchedOn) {
  MemoryLog log;
  {
    EchoServer server([&](EchoService&, ServerOptions& options) {
      options.logger = log.logger();
      options.access_log = true;
    });
    (void)server.exchange("GET /a?b HTTP/1.0\r\n\r\n");
  }
  EXPECT_NE(log.text().find("127.0.0.1:"), std::string::npos) << log.text();
  EXPECT_NE(log.text().find(" - \"GET /a?b HTTP/1.0\" 200 "), std::string::npos) << log.text();
}

TEST(ServerLog, IsSilentByDefault) {
  MemoryLog log;
  {
    EchoServer server([&](EchoService&, ServerOptions& options) { options.logger = log.logger(); });
    EXPECT_EQ(status_from(server.server().port()), 200);
  }
  EXPECT_EQ(log.text(), "");
}

/// Blocks the loop that calls it.
void hold_loop() {
  const auto until = std::chrono::steady_clock::now() + milliseconds{5};
  while (std::chrono::steady_clock::now() < until) {
  }
}

/// Returns options with this log, for services that block their loop.
ServerOptions options_with(const MemoryLog& log) {
  ServerOptions options = test_options();
  options.logger = log.logger();
  options.stall_threshold = milliseconds{1};
  return options;
}

struct SlowService : EchoService {
  http::Pending serve(http::Exchange& exchange) const noexcept override {
    hold_loop();
    exchange.request.set_route("/slow/{id}");
    return {};
  }
};

TEST(ServerLog, NamesTheRouteThatHeldALoop) {
  MemoryLog log;
  const SlowService service;
  {
    Server server(service, options_with(log));
    server.start();
    EXPECT_EQ(status_from(server.port()), 200);
  }
  EXPECT_NE(log.text().find("GET /slow/{id} held its event loop for "), std::string::npos) << log.text();
}

/// A service like a route whose dependencies need no body.
struct SlowGate : EchoService, http::BodyGate {
  http::Admission admit(http::Exchange& exchange) const noexcept override {
    exchange.request.set_route("/early/{id}");
    http::Admission admission = EchoService::admit(exchange);
    admission.gate = this;
    return admission;
  }
  http::Pending open(http::Exchange&) const noexcept override {
    hold_loop();
    return {};
  }
};

TEST(ServerLog, NamesTheRouteThatHeldALoopBeforeItsBodyCame) {
  MemoryLog log;
  const SlowGate service;
  Server server(service, options_with(log));
  server.start();
  RawClient client(server.port());
  client.send("POST /early/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n");
  EXPECT_TRUE(eventually([&] {
    return log.text().find("POST /early/{id} held its event loop for ") != std::string::npos;
  })) << log.text();
  client.send("body");
  EXPECT_EQ(status_of(client.read_answer()), 200);
}

}  // namespace serval::server_log_test
