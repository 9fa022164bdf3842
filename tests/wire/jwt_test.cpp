// SPDX-License-Identifier: MIT
// Tokens and passwords over a socket: a refusal costs no upload, streams and WebSockets are guarded, passwords beyond
// the queue are refused, and hashing keeps no event loop busy.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <optional>
#include <string>
#include <vector>

#include <serval/auth.hpp>
#include <serval/security.hpp>
#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/stream.hpp>
#include <serval/task.hpp>
#include <serval/websocket.hpp>

#include "tests/wire/support/client.hpp"
#include "tests/wire/support/echo_service.hpp"
#include "tests/wire/support/exchange.hpp"

namespace serval::jwt_wire_test {

using testing::body_of;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::RawClient;
using testing::status_of;

struct User {
  std::string sub;
  Default<std::string> scope{};
};

const HttpBearer bearer;
using Caller = Depends<jwt<User, &bearer>>;

class JwtOver : public ::testing::Test {
 protected:
  JwtOver() {
    jwt_ = &app_.provide(Jwt<User>({.secret = SecretKey::random(64), .algorithms = {hs256}}));
    passwords_ = &app_.provide(Passwords({.memory = 64 * 1024 * 1024, .threads = 1, .queue = 0}));
    app_.get("/me")([](Caller user) { return user->sub; });
    app_.get("/items")([](Security<jwt<User, &bearer>, "items"> user) { return user->sub; });
    app_.post("/notes")([](Caller user, Body<json> note) { return json{{"by", user->sub}, {"note", *note}}; });
    app_.get("/stream")([](Caller, StreamWriter& out) -> Task<void> { co_await out.write("part"); });
    app_.get("/blocking", {.blocking = true})([](Caller user) { return user->sub; });
    app_.websocket("/socket")([](WebSocket& socket, Caller user) -> Task<void> {
      co_await socket.accept();
      co_await socket.send_text(user->sub);
      co_await socket.close();
    });
    app_.post("/hash")([](Body<std::string> text, State<Passwords> passwords) -> Task<std::string> {
      co_return co_await passwords->hash(*text);
    });
    server_.emplace(app_, testing::test_options());
    server_->start();
  }
  std::string exchange(const std::string& line, const std::string& fields, const std::string& body = {}) {
    return testing::exchange(server_->port(), line, fields, body);
  }
  std::string authorization(const std::string& scope = {}) {
    return "authorization: Bearer " + jwt_->issue({.sub = "ann", .scope = scope}) + "\r\n";
  }

  App app_;
  Jwt<User>* jwt_ = nullptr;
  Passwords* passwords_ = nullptr;
  std::optional<Server> server_;
};

TEST_F(JwtOver, AValidTokenOpensTheRoute) {
  EXPECT_EQ(body_of(exchange("GET /me", authorization())), R"("ann")");
  EXPECT_EQ(body_of(exchange("GET /blocking", authorization())), R"("ann")");
  EXPECT_EQ(body_of(exchange("POST /notes", authorization() + "content-type: application/json\r\ncontent-length: 1\r\n",
                             "1")),
            R"({"by":"ann","note":1})");
}

TEST_F(JwtOver, EachRefusalHasItsStatusAndField) {
  const std::string none = exchange("GET /me", "");
  EXPECT_EQ(status_of(none), 401);
  EXPECT_THAT(none, HasSubstr("\r\nwww-authenticate: Bearer\r\n"));
  const std::string bad = exchange("GET /me", "authorization: Bearer a.b.c\r\n");
  EXPECT_EQ(status_of(bad), 401);
  EXPECT_THAT(bad, HasSubstr("\r\nwww-authenticate: Bearer error=\"invalid_token\"\r\n"));
  EXPECT_EQ(body_of(bad), R"({"detail":"Could not validate credentials"})");
  const std::string scope = exchange("GET /items", authorization("me"));
  EXPECT_EQ(status_of(scope), 403);
  EXPECT_THAT(scope, HasSubstr("\r\nwww-authenticate: Bearer error=\"insufficient_scope\", scope=\"items\"\r\n"));
}

TEST_F(JwtOver, ARefusalComesBeforeTheBody) {
  RawClient client(server_->port());
  client.send(
      "POST /notes HTTP/1.1\r\nhost: a\r\nauthorization: Bearer a.b.c\r\ncontent-type: application/json\r\n"
      "content-length: 1000\r\nexpect: 100-continue\r\n\r\n");
  const std::string answer = client.read_all();
  EXPECT_EQ(status_of(answer), 401);
  EXPECT_THAT(answer, Not(HasSubstr("100 Continue")));
}

TEST_F(JwtOver, TwoTokensAreRefused) {
  EXPECT_EQ(status_of(exchange("GET /me", authorization() + authorization())), 401);
}

TEST_F(JwtOver, StreamsAndWebSocketsAreGuarded) {
  EXPECT_EQ(status_of(exchange("GET /stream", "authorization: Bearer a.b.c\r\n")), 401);
  EXPECT_EQ(status_of(exchange("GET /stream", authorization())), 200);
  const std::string upgrade =
      "GET /socket HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n"
      "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  RawClient refused(server_->port());
  refused.send(upgrade + "authorization: Bearer a.b.c\r\n\r\n");
  EXPECT_EQ(status_of(refused.read_answer()), 403);
  RawClient accepted(server_->port());
  accepted.send(upgrade + authorization() + "\r\n");
  EXPECT_EQ(status_of(accepted.read_answer(RawClient::To::head)), 101);
}

TEST_F(JwtOver, PasswordsBeyondTheQueueAre503) {
  // One thread and no queue: of many requests at once, most are refused, and each has its answer.
  const std::string request =
      "POST /hash HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: "
      "3\r\n\r\n"
      "\"a\"";
  std::vector<RawClient> clients;
  for (int i = 0; i < 8; ++i) clients.emplace_back(server_->port());
  for (RawClient& client : clients) client.send(request);
  int hashed = 0;
  int refused = 0;
  for (RawClient& client : clients) {
    const std::string answer = client.read_all();
    if (status_of(answer) == 200) ++hashed;
    if (status_of(answer) != 503) continue;
    ++refused;
    EXPECT_THAT(answer, HasSubstr("\r\nretry-after: 1\r\n"));
  }
  EXPECT_GE(hashed, 1);
  EXPECT_GE(refused, 1);
  EXPECT_EQ(hashed + refused, 8);
}

TEST(PasswordsOver, ASlowHashLeavesTheLoopFree) {
  App app;
  app.provide(Passwords({.memory = 64 * 1024 * 1024, .passes = 8, .threads = 1}));  // some hundred milliseconds
  std::promise<void> begins;
  std::atomic<bool> is_hashed = false;
  app.post("/hash")([&](State<Passwords> passwords) -> Task<void> {
    begins.set_value();
    co_await passwords->hash("a");
    is_hashed = true;
  });
  app.get("/hashed")([&] { return is_hashed.load(); });
  ServerOptions options = testing::test_options();
  options.threads = 1;
  Server server(app, options);
  server.start();

  RawClient slow(server.port());
  slow.send("POST /hash HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
  begins.get_future().wait();
  EXPECT_EQ(body_of(testing::exchange(server.port(), "GET /hashed")), "false");
  EXPECT_EQ(status_of(slow.read_all()), 200);
  EXPECT_EQ(body_of(testing::exchange(server.port(), "GET /hashed")), "true");
}

TEST_F(JwtOver, PasswordsThatAreTooLongAre422) {
  const std::string text = '"' + std::string(1025, 'a') + '"';
  const std::string answer = exchange(
      "POST /hash", "content-type: application/json\r\ncontent-length: " + std::to_string(text.size()) + "\r\n", text);
  EXPECT_EQ(status_of(answer), 422);
  EXPECT_EQ(body_of(answer), R"({"detail":"A password has 1 to 1024 bytes"})");
}

}  // namespace serval::jwt_wire_test
