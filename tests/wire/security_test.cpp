// SPDX-License-Identifier: MIT
// Security schemes over a socket: a refusal costs no upload, and streams, WebSockets, routers, applications and mounts
// are guarded like plain routes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include <serval/security.hpp>
#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/stream.hpp>
#include <serval/task.hpp>
#include <serval/websocket.hpp>

#include "tests/wire/support/client.hpp"
#include "tests/wire/support/echo_service.hpp"
#include "tests/wire/support/exchange.hpp"

namespace serval::security_test {

using testing::body_of;
using ::testing::HasSubstr;
using testing::RawClient;
using testing::status_of;

const HttpBearer bearer;
const ApiKeyHeader api_key({.name = "x-api-key"});

using Either = Depends<any_of<&api_key, &bearer>>;

struct Note {
  std::string text;
};

const std::string web_socket_fields =
    "connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n"
    "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

class SecurityOver : public ::testing::Test {
 protected:
  SecurityOver() {
    app_.post("/notes")([](Depends<&bearer> token, Note note) {
      return json{{"by", token->credentials}, {"text", note.text}};
    });
    app_.get("/stream")([](Depends<&bearer>, StreamWriter& out) -> Task<void> { co_await out.write("part"); });
    app_.get("/events")([](Depends<&bearer>, EventSender<>& events) -> Task<void> { co_await events.send("one"); });
    app_.websocket("/socket")([](WebSocket& socket, Depends<&bearer> token) -> Task<void> {
      co_await socket.accept();
      co_await socket.send_text(token->credentials);
      co_await socket.close();
    });
    app_.post("/either")([](Either, Note note) { return note; });
    app_.get("/either-stream")([](Either, StreamWriter& out) -> Task<void> { co_await out.write("part"); });
    app_.get("/either-events")([](Either, EventSender<>& events) -> Task<void> { co_await events.send("one"); });
    app_.websocket("/either-socket")([](WebSocket& socket, Either who) -> Task<void> {
      co_await socket.accept();
      co_await socket.send_text(std::to_string(who->index()));
      co_await socket.close();
    });
    Router either({.prefix = "/either-router", .dependencies = {depends<any_of<&api_key, &bearer>>}});
    either.get("/a")([] { return 1; });
    app_.include(either);
    Router router({.prefix = "/router", .dependencies = {depends<&api_key>}});
    router.get("/a")([] { return 1; });
    app_.include(router);
    guarded_.get("/a")([] { return 2; });
    app_.mount("/sub", guarded_);
    server_.emplace(app_, testing::test_options());
    server_->start();
  }
  std::string exchange(const std::string& line, const std::string& fields, const std::string& body = {}) {
    return testing::exchange(server_->port(), line, fields, body);
  }

  bool is_upgraded(const std::string& path, const std::string& fields) {
    RawClient client(server_->port());
    client.send("GET " + path + " HTTP/1.1\r\nhost: a\r\n" + fields + web_socket_fields + "\r\n");
    return status_of(client.read_answer(RawClient::To::head)) == 101;
  }

  App guarded_{{.dependencies = {depends<&api_key>}}};
  App app_;
  std::optional<Server> server_;
};

TEST_F(SecurityOver, ARefusalComesBeforeTheBody) {
  RawClient client(server_->port());
  client.send(
      "POST /notes HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n"
      "expect: 100-continue\r\n\r\n");
  const std::string answer = client.read_all();
  EXPECT_EQ(status_of(answer), 401);
  EXPECT_THAT(answer, HasSubstr("\r\nwww-authenticate: Bearer\r\n"));
  EXPECT_EQ(body_of(answer), R"({"detail":"Not authenticated"})");
}

TEST_F(SecurityOver, ACredentialOpensTheRoute) {
  const std::string answer =
      exchange("POST /notes", "authorization: Bearer t\r\ncontent-type: application/json\r\ncontent-length: 12\r\n",
               R"({"text":"a"})");
  EXPECT_EQ(body_of(answer), R"({"by":"t","text":"a"})");
}

TEST_F(SecurityOver, StreamsAndEventStreamsAreGuarded) {
  for (const char* path : {"GET /stream", "GET /events"}) {
    EXPECT_EQ(status_of(exchange(path, "")), 401) << path;
    EXPECT_EQ(status_of(exchange(path, "authorization: Bearer t\r\n")), 200) << path;
  }
}

TEST_F(SecurityOver, AWebSocketIsRefusedBeforeTheHandshake) {
  RawClient refused(server_->port());
  refused.send("GET /socket HTTP/1.1\r\nhost: a\r\n" + web_socket_fields + "\r\n");
  EXPECT_EQ(status_of(refused.read_answer()), 403);  // as every error before `accept`, in FastAPI too
  RawClient accepted(server_->port());
  accepted.send("GET /socket HTTP/1.1\r\nhost: a\r\nauthorization: Bearer t\r\n" + web_socket_fields + "\r\n");
  EXPECT_EQ(status_of(accepted.read_answer(RawClient::To::head)), 101);
}

TEST_F(SecurityOver, RoutersApplicationsAndMountsAreGuarded) {
  for (const char* path : {"GET /router/a", "GET /sub/a"}) {
    EXPECT_EQ(status_of(exchange(path, "")), 401) << path;
    EXPECT_EQ(status_of(exchange(path, "x-api-key: k\r\n")), 200) << path;
  }
}

TEST_F(SecurityOver, AllSchemesOfAlternativesAskForACredentialBeforeTheBody) {
  RawClient client(server_->port());
  client.send(
      "POST /either HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n"
      "expect: 100-continue\r\n\r\n");
  const std::string answer = client.read_all();
  EXPECT_EQ(status_of(answer), 401);
  EXPECT_THAT(answer, HasSubstr("\r\nwww-authenticate: APIKey\r\nwww-authenticate: Bearer\r\n"));
}

TEST_F(SecurityOver, AlternativesGuardRoutesStreamsWebSocketsAndRouters) {
  for (const char* fields : {"x-api-key: k\r\n", "authorization: Bearer t\r\n"}) {
    for (const char* path : {"GET /either-stream", "GET /either-events", "GET /either-router/a"}) {
      EXPECT_EQ(status_of(exchange(path, fields)), 200) << path;
      EXPECT_EQ(status_of(exchange(path, "")), 401) << path;
    }
    EXPECT_TRUE(is_upgraded("/either-socket", fields));
    const std::string json = std::string(fields) + "content-type: application/json\r\ncontent-length: 12\r\n";
    EXPECT_EQ(body_of(exchange("POST /either", json, R"({"text":"a"})")), R"({"text":"a"})");
  }
  EXPECT_FALSE(is_upgraded("/either-socket", ""));
}

}  // namespace serval::security_test
