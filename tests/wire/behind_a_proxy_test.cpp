// SPDX-License-Identifier: MIT
// Forwarded headers, request ids, access logs and redirects to https over sockets: for requests, WebSockets, refusals
// of the connection and responses at a deadline.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/stream.hpp>
#include <serval/task.hpp>
#include <serval/websocket.hpp>

#include <boost/asio/steady_timer.hpp>

#include "tests/unit/support/log.hpp"
#include "tests/unit/support/temporary_folder.hpp"
#include "tests/wire/support/client.hpp"
#include "tests/wire/support/echo_service.hpp"
#include "tests/wire/support/web_socket_client.hpp"

namespace serval::behind_a_proxy_test {

using namespace std::chrono_literals;
using testing::body_of;
using testing::has_line;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::RawClient;
using testing::status_of;

std::string seen_by(const Request& request) {
  return request.client().host + " " + request.url() + " " + std::string(request.request_id());
}

Task<int> never() {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, 1h);
  co_await timer.async_wait(boost::asio::use_awaitable);
  co_return 1;
}

/// A server whose proxy is the test.
class BehindAProxy : public ::testing::Test {
 protected:
  BehindAProxy() {
    app.get("/seen")([](const Request& request) { return plain_text(seen_by(request)); });
    app.get("/slow", {.deadline = 20ms})(&never);
    app.get("/stream")([](StreamWriter& out) -> Task<void> { co_await out.write("x"); });
    app.websocket("/socket")([](WebSocket& socket, const Request& request) -> Task<void> {
      co_await socket.accept();
      co_await socket.send_text(seen_by(request));
    });
  }
  void start(ServerOptions options = testing::test_options()) {
    server = std::make_unique<Server>(app, std::move(options));
    server->start();
  }
  std::string get(const std::string& path, const std::string& fields = {}) {
    return exchange("GET " + path + " HTTP/1.1\r\nhost: inner\r\nconnection: close\r\n" + fields + "\r\n");
  }
  std::string exchange(const std::string& bytes) {
    if (!server) start();
    RawClient client(server->port());
    client.send(bytes);
    return client.read_all();
  }
  /// Ends the server, so that all lines are in the logs.
  void stop() {
    server->stop();
    server->join();
  }

  App app;
  std::unique_ptr<Server> server;
};

const std::string forwarded = "x-forwarded-for: 203.0.113.7\r\nx-forwarded-proto: https\r\n";

TEST_F(BehindAProxy, HandlersSeeTheClient) {
  app.use(ForwardedHeaders());
  EXPECT_THAT(body_of(get("/seen", forwarded)), HasSubstr("203.0.113.7 https://inner/seen "));
}

TEST_F(BehindAProxy, NothingIsBelievedWithoutTheMiddleware) {
  EXPECT_THAT(body_of(get("/seen", forwarded)), HasSubstr("127.0.0.1 http://inner/seen "));
}

TEST_F(BehindAProxy, AnotherPeerIsNotBelieved) {
  app.use(ForwardedHeaders({.trusted = {"10.0.0.0/8"}}));
  EXPECT_THAT(body_of(get("/seen", forwarded)), HasSubstr("127.0.0.1 http://inner/seen "));
}

TEST_F(BehindAProxy, AnotherRequestOfTheConnectionStartsAnew) {
  app.use(ForwardedHeaders({.host = true, .prefix = true}));
  start();
  RawClient client(server->port());
  client.send("GET /seen HTTP/1.1\r\nhost: inner\r\nx-forwarded-host: shop.example\r\nx-forwarded-prefix: /api\r\n" +
              forwarded + "\r\nGET /seen HTTP/1.1\r\nhost: inner\r\n\r\n");
  EXPECT_THAT(body_of(client.read_answer()), HasSubstr("203.0.113.7 https://shop.example/api/seen "));
  EXPECT_THAT(body_of(client.read_answer()), HasSubstr("127.0.0.1 http://inner/seen "));
}

TEST_F(BehindAProxy, AUnixSocketIsBelievedIfItIsListed) {
  const testing::TemporaryFolder folder;
  app.use(ForwardedHeaders({.trusted = {"unix:"}}));
  ServerOptions options = testing::test_options();
  options.listeners = {{.unix_socket = folder.path("s")}};
  start(std::move(options));
  RawClient client(folder.path("s"));
  client.send("GET /seen HTTP/1.1\r\nhost: inner\r\nconnection: close\r\n" + forwarded + "\r\n");
  EXPECT_THAT(body_of(client.read_all()), HasSubstr("203.0.113.7 https://inner/seen "));
}

TEST_F(BehindAProxy, WebSocketsSeeTheClient) {
  app.use(ForwardedHeaders());
  app.use(RequestId());
  start();
  testing::WebSocketClient client(server->port(), "/socket", forwarded + "x-request-id: abc\r\n");
  EXPECT_EQ(status_of(client.answer()), 101);
  EXPECT_TRUE(has_line(client.answer(), "x-request-id: abc"));
  const auto frame = client.read();
  ASSERT_TRUE(frame);
  EXPECT_THAT(frame->payload, HasSubstr("203.0.113.7 https://"));
  EXPECT_THAT(frame->payload, HasSubstr("/socket abc"));
}

TEST_F(BehindAProxy, AWebSocketIsRedirectedToASecureOne) {
  app.use(ForwardedHeaders());
  app.use(HttpsRedirect());
  start();
  testing::WebSocketClient client(server->port(), "/socket?a=1");
  EXPECT_EQ(status_of(client.answer()), 307);
  EXPECT_THAT(client.answer(), HasSubstr("location: wss://"));
  EXPECT_THAT(client.answer(), HasSubstr("/socket?a=1\r\n"));
  EXPECT_EQ(status_of(testing::WebSocketClient(server->port(), "/socket", forwarded).answer()), 101);
}

TEST_F(BehindAProxy, ARedirectToHttpsKeepsTheTarget) {
  app.use(HttpsRedirect());
  EXPECT_TRUE(has_line(get("/none%20a//b?c=%0d"), "location: https://inner/none%20a//b?c=%0d"));
  EXPECT_TRUE(has_line(get("http://shop.example:80/a?b"), "location: https://shop.example/a?b"));
  EXPECT_EQ(status_of(exchange("GET /seen HTTP/1.0\r\n\r\n")), 400);  // no host
}

TEST_F(BehindAProxy, BrowsersAreToldToKeepHttpsOnlyOverHttps) {
  app.use(ForwardedHeaders());
  app.use(SecurityHeaders());
  EXPECT_TRUE(has_line(get("/seen", forwarded), "strict-transport-security: max-age=15552000"));
  EXPECT_THAT(get("/seen"), Not(HasSubstr("strict-transport-security")));
}

TEST_F(BehindAProxy, RefusalsOfTheConnectionHaveAnId) {
  app.use(RequestId());
  for (const char* bytes : {"GET /seen HTTP/1.1\r\n\r\n", "nonsense\r\n\r\n",
                            "GET /none HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"}) {
    EXPECT_THAT(exchange(bytes), ::testing::ContainsRegex("\r\nx-request-id: [0-9a-f]+\r\n")) << bytes;
  }
}

TEST_F(BehindAProxy, StreamsHaveAnId) {
  app.use(RequestId());
  EXPECT_TRUE(has_line(get("/stream", "x-request-id: abc\r\n"), "x-request-id: abc"));
}

TEST_F(BehindAProxy, AResponseAtADeadlineHasClientAndId) {
  MemoryLog log;
  app.use(ForwardedHeaders());
  app.use(RequestId());
  app.use(AccessLog({.format = AccessLogFormat::json_lines, .logger = log.logger()}));
  const std::string answer = get("/slow", forwarded + "x-request-id: abc\r\n");
  EXPECT_EQ(status_of(answer), 503);
  EXPECT_TRUE(has_line(answer, "x-request-id: abc"));
  stop();
  const json line = json::parse(log.text());
  EXPECT_EQ(line["client"], "203.0.113.7");
  EXPECT_EQ(line["scheme"], "https");
  EXPECT_EQ(line["request_id"], "abc");
  EXPECT_EQ(line["ending"], "deadline");
  EXPECT_EQ(line["status"], 503);
}

TEST_F(BehindAProxy, ARequestHasOneLineInTheLogs) {
  MemoryLog own, servers;
  app.use(AccessLog({.logger = own.logger()}));
  ServerOptions options = testing::test_options();
  options.access_log = true;
  options.logger = servers.logger();
  start(std::move(options));
  get("/seen");
  exchange("nonsense\r\n\r\n");
  stop();
  EXPECT_EQ(servers.text(), "");
  const std::string text = own.text();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2) << text;
  EXPECT_THAT(text, HasSubstr("\"GET /seen HTTP/1.1\" 200 "));
  EXPECT_THAT(text, HasSubstr("\"-\" 400 "));
}

TEST_F(BehindAProxy, TheServersOwnLogShowsTheClient) {
  MemoryLog log;
  app.use(ForwardedHeaders());
  ServerOptions options = testing::test_options();
  options.access_log = true;
  options.logger = log.logger();
  start(std::move(options));
  get("/seen", forwarded);
  stop();
  EXPECT_THAT(log.text(), HasSubstr("203.0.113.7 - \"GET /seen HTTP/1.1\" 200 "));
}

TEST_F(BehindAProxy, NoTargetForgesALine) {
  MemoryLog log;
  app.use(AccessLog({.logger = log.logger()}));
  exchange("GET /\"%0a127.0.0.1 HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
  exchange("GET /\x1b[31m HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
  exchange("GET /a\nevil HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
  stop();
  const std::string text = log.text();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3) << text;
  EXPECT_THAT(text, HasSubstr(R"("GET /\"%0a127.0.0.1 HTTP/1.1" 404 )"));
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_THAT(text, Not(HasSubstr("\nevil")));
}

}  // namespace serval::behind_a_proxy_test
