// SPDX-License-Identifier: MIT
// Sessions over a socket: the cookie, requests at once, streams, WebSockets, errors of the store, and the deadline.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <serval/auth.hpp>
#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/store.hpp>
#include <serval/stream.hpp>
#include <serval/task.hpp>
#include <serval/websocket.hpp>

#include "tests/wire/support/client.hpp"
#include "tests/wire/support/echo_service.hpp"
#include "tests/wire/support/exchange.hpp"
#include "tests/wire/support/held_store.hpp"

namespace serval::sessions_wire_test {

using testing::body_of;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::RawClient;
using testing::status_of;

struct Cart {
  std::optional<std::string> user;
  std::vector<std::string> items;
};

/// The value of the cookie in a response; empty if it sets none.
std::string cookie_of(const std::string& answer) {
  const std::string field = "\r\nset-cookie: __Host-session=";
  const std::size_t begin = answer.find(field);
  if (begin == std::string::npos) return {};
  const std::size_t value = begin + field.size();
  return answer.substr(value, answer.find(';', value) - value);
}

class SessionsOver : public ::testing::TestWithParam<bool> {
 protected:
  SessionsOver() {
    SessionOptions options;
    if (GetParam())
      options.store = &store_;
    else
      options.keys = {SecretKey::random()};
    app_.use(Sessions<Cart>(std::move(options)));
    app_.get("/cart")([](const Session<Cart>& cart) { return cart->items; });
    app_.get("/user")([](const Session<Cart>& cart) { return cart->user.value_or("nobody"); });
    app_.post("/items")([](Session<Cart>& cart) { cart->items.emplace_back("tea"); });
    app_.post("/login")([](Session<Cart>& cart, Body<std::string> user) {
      cart->user = *user;
      cart.renew();
    });
    app_.post("/logout")([](Session<Cart>& cart) { cart.clear(); });
    app_.get("/stream")([](Session<Cart>& cart, StreamWriter& out) -> Task<void> {
      cart->items.emplace_back("stream");
      co_await out.write("part");
    });
    app_.get("/slow",
             {.deadline = std::chrono::milliseconds(20)})([](Session<Cart>& cart, Stopping stopping) -> Task<void> {
      cart->items.emplace_back("late");
      co_await stopping.wait();
    });
    app_.websocket("/socket")([](WebSocket& socket, Session<Cart>& cart) -> Task<void> {
      cart->items.emplace_back("socket");
      co_await socket.accept();
      co_await socket.close();
    });
    server_.emplace(app_, testing::test_options());
    server_->start();
  }
  std::string exchange(const std::string& line, const std::string& cookie = {}, const std::string& fields = {},
                       const std::string& body = {}) {
    const std::string field = cookie.empty() ? "" : "cookie: a=b; __Host-session=" + cookie + "\r\n";
    const std::string length =
        line.starts_with("POST") ? "content-length: " + std::to_string(body.size()) + "\r\n" : "";
    return testing::exchange(server_->port(), line, field + fields + length, body);
  }
  std::string changed(const std::string& line, const std::string& cookie = {}) {
    return cookie_of(exchange(line, cookie));
  }
  std::string login(const std::string& cookie) {
    return cookie_of(exchange("POST /login", cookie, "content-type: application/json\r\n", R"("ann")"));
  }

  testing::HeldStore store_;
  App app_;
  std::optional<Server> server_;
};

TEST_P(SessionsOver, TheCookieCarriesTheSession) {
  const std::string answer = exchange("POST /items");
  const std::string cookie = cookie_of(answer);
  ASSERT_FALSE(cookie.empty());
  EXPECT_THAT(answer, HasSubstr(cookie + "; HttpOnly; Path=/; SameSite=lax; Secure\r\n"));
  EXPECT_THAT(answer, HasSubstr("\r\nvary: Cookie\r\n"));
  EXPECT_THAT(answer, HasSubstr("\r\ncache-control: private, no-cache\r\n"));
  const std::string read = exchange("GET /cart", cookie);
  EXPECT_EQ(body_of(read), R"(["tea"])");
  EXPECT_THAT(read, Not(HasSubstr("set-cookie")));
}

TEST_P(SessionsOver, ALoginChangesTheCookie) {
  const std::string before = changed("POST /items");
  const std::string after = login(before);
  EXPECT_NE(before, after);
  EXPECT_EQ(body_of(exchange("GET /user", after)), R"("ann")");
  EXPECT_EQ(body_of(exchange("GET /user", before)), R"("nobody")");
}

TEST_P(SessionsOver, ALogoutDeletesTheCookie) {
  const std::string cookie = login("");
  const std::string answer = exchange("POST /logout", cookie);
  EXPECT_THAT(answer,
              HasSubstr("\r\nset-cookie: __Host-session=\"\"; HttpOnly; Max-Age=0; Path=/; SameSite=lax; Secure\r\n"));
  // Only a store can know that the cookie was given up.
  EXPECT_EQ(body_of(exchange("GET /user", cookie)), GetParam() ? R"("nobody")" : R"("ann")");
}

TEST_P(SessionsOver, StreamsAndWebSocketsSaveWithTheirHead) {
  EXPECT_EQ(body_of(exchange("GET /cart", changed("GET /stream"))), R"(["stream"])");
  RawClient client(server_->port());
  client.send(
      "GET /socket HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n"
      "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
  const std::string answer = client.read_answer(RawClient::To::head);
  EXPECT_EQ(status_of(answer), 101);
  EXPECT_EQ(body_of(exchange("GET /cart", cookie_of(answer))), R"(["socket"])");
}

TEST_P(SessionsOver, ALateHandlerSavesNothing) {
  const std::string answer = exchange("GET /slow");
  EXPECT_EQ(status_of(answer), 503);
  EXPECT_EQ(cookie_of(answer), "");
}

TEST_P(SessionsOver, ManyRequestsAtOnceAreServed) {
  const std::string cookie = changed("POST /items");
  std::atomic<int> served{0};
  std::vector<std::thread> clients;
  for (int i = 0; i < 4; ++i) {
    clients.emplace_back([&] {
      for (int n = 0; n < 25; ++n) served += status_of(exchange("POST /items", cookie)) == 200 ? 1 : 0;
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(served, 100);
  EXPECT_EQ(status_of(exchange("GET /cart", cookie)), 200);
}

INSTANTIATE_TEST_SUITE_P(InCookies, SessionsOver, ::testing::Values(false));
INSTANTIATE_TEST_SUITE_P(InAStore, SessionsOver, ::testing::Values(true));

class SessionStoreOver : public SessionsOver {};

TEST_P(SessionStoreOver, FailuresAre503) {
  const std::string cookie = changed("POST /items");
  store_.fails = true;
  for (const char* line : {"GET /cart", "POST /items", "GET /stream"}) {
    const std::string answer = exchange(line, cookie);
    EXPECT_EQ(status_of(answer), 503) << line;
    EXPECT_THAT(answer, HasSubstr("\r\nretry-after: 7\r\n")) << line;
  }
  for (const char* line : {"POST /items", "GET /stream"}) {  // without a session: saving fails
    const std::string answer = exchange(line);
    EXPECT_EQ(status_of(answer), 503) << line;
    EXPECT_EQ(body_of(answer), R"({"detail":"The store is down"})") << line;
    EXPECT_EQ(cookie_of(answer), "") << line;
  }
  store_.fails = false;
  EXPECT_EQ(body_of(exchange("GET /cart", cookie)), R"(["tea"])");
}

INSTANTIATE_TEST_SUITE_P(InAStore, SessionStoreOver, ::testing::Values(true));

class StoredSessionsOver : public SessionsOver {};
INSTANTIATE_TEST_SUITE_P(Stored, StoredSessionsOver, ::testing::Values(true));

TEST_P(StoredSessionsOver, ALogoutCountsAlthoughTheClientLeavesMeanwhile) {
  const std::string cookie = login({});
  EXPECT_EQ(body_of(exchange("GET /user", cookie)), R"("ann")");
  store_.is_held = true;
  RawClient client(server_->port());
  client.send("POST /logout HTTP/1.1\r\nhost: a\r\ncookie: __Host-session=" + cookie + "\r\ncontent-length: 0\r\n\r\n");
  EXPECT_TRUE(testing::eventually([&] { return store_.held == 1; }));
  client.reset();
  EXPECT_TRUE(testing::eventually([&] { return server_->stats().connections == 0; }));
  store_.is_held = false;
  EXPECT_TRUE(testing::eventually([&] { return body_of(exchange("GET /user", cookie)) == R"("nobody")"; }));
}

}  // namespace serval::sessions_wire_test
