// SPDX-License-Identifier: MIT
// The middleware for browsers over a socket: CORS, trusted hosts, security headers. They also
// see WebSocket handshakes, targets in absolute form, and refusals of the connection.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <string>

#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/task.hpp>
#include <serval/websocket.hpp>

#include "tests/wire/support/client.hpp"
#include "tests/wire/support/echo_service.hpp"

namespace serval::browser_middleware_test {

using testing::body_of;
using testing::has_line;
using testing::RawClient;
using testing::status_of;

class BrowserMiddlewareOver : public ::testing::Test {
 protected:
  /// Sends the bytes to an application with the middleware that `add` adds.
  std::string exchange(const std::function<void(App&)>& add, const std::string& bytes) {
    App app;
    add(app);
    app.get("/a")([] { return 1; });
    app.websocket("/socket")([](WebSocket& socket) -> Task<void> { co_await socket.accept(); });
    Server server(app, testing::test_options());
    server.start();
    RawClient client(server.port());
    client.send(bytes);
    return client.read_all();
  }
  static std::string head(const std::string& line, const std::string& fields) {
    return line + " HTTP/1.1\r\nconnection: close\r\n" + fields + "\r\n";
  }
};

const std::string handshake =
    "GET /socket HTTP/1.1\r\nhost: evil.example\r\nconnection: upgrade\r\nupgrade: websocket\r\n"
    "sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

void cors(App& app) { app.use(Cors({.allow_origins = {"https://shop.example"}})); }
void trusted_hosts(App& app) { app.use(TrustedHosts({"shop.example"})); }
void security_headers(App& app) { app.use(SecurityHeaders()); }

TEST_F(BrowserMiddlewareOver, APreflightIsAnswered) {
  const std::string answer = exchange(cors, head("OPTIONS /a",
                                                 "host: a\r\norigin: https://shop.example\r\n"
                                                 "access-control-request-method: GET\r\n"));
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_EQ(body_of(answer), "OK");
  EXPECT_TRUE(has_line(answer, "access-control-allow-origin: https://shop.example"));
}

TEST_F(BrowserMiddlewareOver, AForeignHostIsRefusedInEveryForm) {
  EXPECT_EQ(status_of(exchange(trusted_hosts, head("GET /a", "host: shop.example\r\n"))), 200);
  EXPECT_EQ(status_of(exchange(trusted_hosts, head("GET /a", "host: evil.example\r\n"))), 400);
  EXPECT_EQ(status_of(exchange(trusted_hosts, head("GET http://evil.example/a", "host: shop.example\r\n"))), 400);
  EXPECT_EQ(status_of(exchange(trusted_hosts, handshake)), 400);
}

TEST_F(BrowserMiddlewareOver, ARedirectHasOnlyThePathOfTheTarget) {
  const auto www = [](App& app) { app.use(TrustedHosts({"www.shop.example"})); };
  const std::string absolute = exchange(www, head("GET http://shop.example/a?b=1", "host: other\r\n"));
  EXPECT_EQ(status_of(absolute), 307);
  EXPECT_TRUE(has_line(absolute, "location: //www.shop.example/a?b=1"));
  const std::string asterisk = exchange(www, head("OPTIONS *", "host: shop.example\r\n"));
  EXPECT_TRUE(has_line(asterisk, "location: //www.shop.example/"));
}

TEST_F(BrowserMiddlewareOver, SecurityHeadersAreOnRefusalsOfTheConnection) {
  for (const char* bytes : {"GET /a HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n", "GET /a HTTP/1.1\r\n\r\n"}) {
    EXPECT_TRUE(has_line(exchange(security_headers, bytes), "x-content-type-options: nosniff")) << bytes;
  }
}

}  // namespace serval::browser_middleware_test
