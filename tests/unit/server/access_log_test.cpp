// SPDX-License-Identifier: MIT
#include "server/access_log.hpp"

#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>

#include <chrono>
#include <memory>
#include <sstream>
#include <string>

namespace serval::detail::access_log_test {

/// Returns the logged line without its time.
std::string line_of(const Request& request, const Finished& how) {
  std::ostringstream out;
  const auto sink = std::make_shared<spdlog::sinks::ostream_sink_st>(out);
  sink->set_pattern("%v");
  AccessLog(std::make_shared<spdlog::logger>("test", sink)).finished(request, how);
  std::string line = out.str();
  while (!line.empty() && line.back() == '\n') line.pop_back();
  return line;
}

Request request_of(std::string host) {
  Request request;
  request.assign({.method = http::Method::get, .method_text = "GET", .target = "/items?q=1"});
  request.set_client({std::move(host), 51234});
  return request;
}

TEST(AccessLog, WritesClientRequestLineStatusAndTime) {
  EXPECT_EQ(line_of(request_of("127.0.0.1"), {.status = 200, .duration = std::chrono::microseconds(1500)}),
            R"(127.0.0.1:51234 - "GET /items?q=1 HTTP/1.1" 200 1.500ms)");
}

TEST(AccessLog, PutsIpv6AddressesInBrackets) {
  EXPECT_EQ(line_of(request_of("::1"), {.status = 200}), R"([::1]:51234 - "GET /items?q=1 HTTP/1.1" 200 0.000ms)");
}

TEST(AccessLog, LeavesOutAPortThatIsNotKnown) {
  Request request = request_of("203.0.113.7");
  request.set_client({"203.0.113.7", 0});
  EXPECT_EQ(line_of(request, {.status = 200}), R"(203.0.113.7 - "GET /items?q=1 HTTP/1.1" 200 0.000ms)");
}

TEST(AccessLog, SaysHowARequestEndedThatWasNotAnsweredInFull) {
  EXPECT_EQ(line_of(request_of("127.0.0.1"), {.ending = http::Ending::client_gone}),
            R"(127.0.0.1:51234 - "GET /items?q=1 HTTP/1.1" - 0.000ms client_gone)");
  EXPECT_EQ(line_of(request_of("127.0.0.1"), {.status = 503, .ending = http::Ending::deadline}),
            R"(127.0.0.1:51234 - "GET /items?q=1 HTTP/1.1" 503 0.000ms deadline)");
}

TEST(AccessLog, HasADashForARequestLineThatCouldNotBeRead) {
  Request request;
  request.assign({.method = http::Method::unknown, .method_text = {}, .target = {}});
  request.set_client({"127.0.0.1", 1});
  EXPECT_EQ(line_of(request, {.status = 400}), R"(127.0.0.1:1 - "-" 400 0.000ms)");
}

}  // namespace serval::detail::access_log_test
