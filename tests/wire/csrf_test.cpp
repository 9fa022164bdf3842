// SPDX-License-Identifier: MIT
// Csrf over a socket: foreign pages are refused before their body is read, and cannot open a WebSocket.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/task.hpp>
#include <serval/websocket.hpp>

#include "tests/wire/support/client.hpp"
#include "tests/wire/support/echo_service.hpp"
#include "tests/wire/support/exchange.hpp"

namespace serval::csrf_wire_test {

using testing::body_of;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::RawClient;
using testing::status_of;

class CsrfOver : public ::testing::Test {
 protected:
  CsrfOver() {
    app_.use(Csrf());
    app_.get("/pay")([] { return 1; });
    app_.post("/pay")([](Body<json> body) { return *body; });
    app_.websocket("/socket")([](WebSocket& socket) -> Task<void> {
      co_await socket.accept();
      co_await socket.close();
    });
    server_.emplace(app_, testing::test_options());
    server_->start();
  }
  /// The status of a POST with these fields; the host is "a".
  int post(const std::string& fields) {
    return status_of(testing::exchange(server_->port(), "POST /pay",
                                       fields + "content-type: application/json\r\ncontent-length: 1\r\n", "1"));
  }

  App app_;
  std::optional<Server> server_;
};

TEST_F(CsrfOver, OwnRequestsPass) {
  EXPECT_EQ(post(""), 200);
  EXPECT_EQ(post("Sec-Fetch-Site: same-origin\r\nOrigin: http://a\r\n"), 200);
  EXPECT_EQ(post("origin: http://a\r\n"), 200);
  EXPECT_EQ(status_of(testing::exchange(server_->port(), "GET /pay", "sec-fetch-site: cross-site\r\n")), 200);
}

TEST_F(CsrfOver, ForeignRequestsAreRefused) {
  EXPECT_EQ(post("sec-fetch-site: cross-site\r\n"), 403);
  EXPECT_EQ(post("origin: https://evil.example\r\n"), 403);
  EXPECT_EQ(post("origin: null\r\n"), 403);
  EXPECT_EQ(post("origin:\r\n"), 403);
  EXPECT_EQ(post("sec-fetch-site: same-origin\r\nsec-fetch-site: cross-site\r\n"), 403);
  EXPECT_EQ(post("origin: http://a\r\norigin: https://evil.example\r\n"), 403);
}

TEST_F(CsrfOver, ARefusalComesBeforeTheBody) {
  RawClient client(server_->port());
  client.send(
      "POST /pay HTTP/1.1\r\nhost: a\r\norigin: https://evil.example\r\ncontent-type: application/json\r\n"
      "content-length: 1000\r\nexpect: 100-continue\r\n\r\n");
  const std::string answer = client.read_all();
  EXPECT_EQ(status_of(answer), 403);
  EXPECT_EQ(body_of(answer), R"({"detail":"Cross-site request refused"})");
  EXPECT_THAT(answer, Not(HasSubstr("100 Continue")));
}

TEST_F(CsrfOver, ForeignPagesOpenNoWebSocket) {
  const std::string handshake =
      "GET /socket HTTP/1.1\r\nhost: a\r\nconnection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n"
      "sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  const auto status = [&](const char* fields) {
    RawClient client(server_->port());
    client.send(handshake + fields + "\r\n");
    return status_of(client.read_answer(RawClient::To::head));
  };
  EXPECT_EQ(status(""), 101);
  EXPECT_EQ(status("origin: http://a\r\n"), 101);
  EXPECT_EQ(status("origin: https://evil.example\r\n"), 403);
  EXPECT_EQ(status("origin: https://evil.example\r\nsec-fetch-site: cross-site\r\n"), 403);
  EXPECT_EQ(status("origin: null\r\n"), 403);
}

}  // namespace serval::csrf_wire_test
