// SPDX-License-Identifier: MIT
// Sessions in sealed cookies: what an application and a browser see.
#include <serval/auth/sessions.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <serval/auth.hpp>
#include <serval/serval.hpp>
#include <serval/stream.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>
#include <serval/websocket.hpp>

#include "tests/unit/auth/session_support.hpp"
#include "tests/unit/support/log.hpp"

namespace serval::sessions_cookie_test {

using namespace std::chrono_literals;
using auth_tests::Cart;
using auth_tests::cookie_of;
using ::testing::HasSubstr;

const SecretKey key = SecretKey::from_text(std::string(32, 'a'));
const SecretKey new_key = SecretKey::from_text(std::string(32, 'b'));

class SessionsInCookies : public auth_tests::SessionsTest {
 protected:
  /// Another process with the same routes.
  std::unique_ptr<App> app_with(SessionOptions options) {
    auto app = std::make_unique<App>(AppOptions{.logger = log_.logger()});
    options.clock = clock_.function();
    app->use(Sessions<Cart>(std::move(options)));
    auth_tests::add_cart_routes(*app);
    return app;
  }
  App& app() override { return *app_; }

  MemoryLog log_;
  std::unique_ptr<App> app_ = app_with({.keys = {key}});
};

TEST_F(SessionsInCookies, KeepAStructBetweenRequests) {
  TestClient client(*app_, {.base_url = "https://shop"});
  client.post("/items/tea");
  client.post("/items/cup");
  EXPECT_EQ(client.get("/cart").body, R"(["tea","cup"])");
  EXPECT_EQ(client.get("/new").body, "false");
  EXPECT_EQ(TestClient(*app_).get("/new").body, "true");
}

TEST_F(SessionsInCookies, TheCookieIsOnlyForTheHostAndItsRequests) {
  const TestResponse answer = send("POST", "/items/tea");
  const std::string value = cookie_of(answer).value();
  EXPECT_EQ(answer.header("set-cookie"), "__Host-session=" + value + "; HttpOnly; Path=/; SameSite=lax; Secure");
  EXPECT_EQ(value.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
            std::string::npos);
}

TEST_F(SessionsInCookies, NoInputCanAddAFieldOrAnAttribute) {
  const TestResponse answer = send("POST", "/items/a%0d%0aset-cookie%3a%20b=c%3b%20Domain=evil");
  EXPECT_EQ(answer.headers.get_all("set-cookie").size(), 1U);
  EXPECT_EQ(answer.header("set-cookie")->find("evil"), std::string_view::npos);
  EXPECT_EQ(cart(cookie_of(answer).value()), R"(["a\r\nset-cookie: b=c; Domain=evil"])");
}

TEST_F(SessionsInCookies, AnUnchangedSessionSetsNoCookie) {
  EXPECT_EQ(send("GET", "/cart").header("set-cookie"), std::nullopt);
  const std::string cookie = changed("/items/tea");
  EXPECT_EQ(send("GET", "/cart", cookie).header("set-cookie"), std::nullopt);
  EXPECT_EQ(send("GET", "/other", cookie).header("set-cookie"), std::nullopt);
  // A handler that may change it, and writes what it was.
  app_->post("/same")([](Session<Cart>& s) { s->items = std::vector<std::string>(s->items); });
  EXPECT_EQ(send("POST", "/same", cookie).header("set-cookie"), std::nullopt);
  EXPECT_EQ(send("POST", "/same").header("set-cookie"), std::nullopt);
}

TEST_F(SessionsInCookies, CachesKeepNoCookieOfAnother) {
  const TestResponse set = send("POST", "/items/tea");
  EXPECT_EQ(set.header("vary"), "Cookie");
  EXPECT_EQ(set.header("cache-control"), "private, no-cache");
  const TestResponse read = send("GET", "/cart");
  EXPECT_EQ(read.header("vary"), "Cookie");
  EXPECT_EQ(read.header("cache-control"), std::nullopt);
  const TestResponse without = send("GET", "/other", cookie_of(set).value());
  EXPECT_EQ(without.header("vary"), std::nullopt);
  EXPECT_EQ(without.header("cache-control"), std::nullopt);
}

TEST_F(SessionsInCookies, AHandlersCacheControlCannotPublishTheCookie) {
  app_->post("/set")([](Session<Cart>& s, Response& response, Query<std::string, "control"> control) {
    s->items.emplace_back("a");
    response.headers().set("cache-control", *control);
  });
  const auto control = [&](const char* value) {
    return std::string(send("POST", (std::string("/set?control=") + value).c_str()).header("cache-control").value());
  };
  EXPECT_EQ(control("public"), "private, no-cache");
  EXPECT_EQ(control("max-age%3d60"), "private, no-cache");
  EXPECT_EQ(control("no-store"), "no-store");
  EXPECT_EQ(control("private,max-age%3d60"), "private,max-age=60");
}

TEST_F(SessionsInCookies, BrokenCookiesAreNewSessions) {
  const std::string cookie = changed("/items/tea");
  for (const std::string& broken : {std::string("x"), std::string("\"\""), cookie + "A", cookie.substr(1),
                                    std::string(5000, 'A'), cookie + "; __Host-session=x"}) {
    const TestResponse answer = send("GET", "/cart", broken);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "[]");
    EXPECT_EQ(answer.header("set-cookie"), std::nullopt);
  }
  EXPECT_EQ(cart(changed("/items/cup", "x")), R"(["cup"])");
}

TEST_F(SessionsInCookies, ACookieOfAnotherNameIsNone) {
  const std::string cookie = changed("/items/tea");
  const auto other = app_with({.keys = {key}, .cookie = "__Host-admin"});
  TestClient client(*other, {.base_url = "https://shop"});
  EXPECT_EQ(client.get("/cart", {.headers = {{"cookie", "__Host-admin=" + cookie}}}).body, "[]");
}

TEST_F(SessionsInCookies, AnOldKeyStillOpensAndTheFirstOneSeals) {
  const std::string old = changed("/items/tea");
  const auto both = app_with({.keys = {new_key, key}});
  EXPECT_EQ(send_to(*both, "GET", "/cart", old).body, R"(["tea"])");
  const std::string sealed = cookie_of(send_to(*both, "POST", "/items/cup", old)).value();
  const auto only_new = app_with({.keys = {new_key}});
  EXPECT_EQ(send_to(*only_new, "GET", "/cart", sealed).body, R"(["tea","cup"])");
  EXPECT_EQ(send_to(*only_new, "GET", "/cart", old).body, "[]");
  EXPECT_EQ(cart(sealed), "[]");
}

TEST_F(SessionsInCookies, EndAfterTheIdleTime) {
  const std::string cookie = changed("/items/tea");
  clock_.pass(14 * 24h - 1s);
  EXPECT_EQ(cart(cookie), R"(["tea"])");
  clock_.pass(1s);
  EXPECT_EQ(cart(cookie), "[]");
}

TEST_F(SessionsInCookies, AreRefreshedWhenHalfOfTheIdleTimeIsOver) {
  std::string cookie = changed("/items/tea");
  clock_.pass(7 * 24h - 1s);
  EXPECT_EQ(send("GET", "/cart", cookie).header("set-cookie"), std::nullopt);
  clock_.pass(1s);
  cookie = cookie_of(send("GET", "/cart", cookie)).value();
  clock_.pass(13 * 24h);
  EXPECT_EQ(cart(cookie), R"(["tea"])");
}

TEST_F(SessionsInCookies, EndAfterTheAbsoluteTimeHoweverOftenTheyAreUsed) {
  std::string cookie = changed("/items/a");
  for (int day = 1; day < 90; ++day) {
    clock_.pass(24h);
    cookie = changed("/items/b", cookie);
  }
  EXPECT_EQ(send("GET", "/new", cookie).body, "false");
  clock_.pass(24h);
  EXPECT_EQ(send("GET", "/new", cookie).body, "true");
}

TEST_F(SessionsInCookies, LiveForEverWithoutLimits) {
  app_ = app_with({.keys = {key}, .idle = 0s, .absolute = 0s});
  const std::string cookie = changed("/items/tea");
  clock_.pass(24h * 36'500);
  const TestResponse answer = send("GET", "/cart", cookie);
  EXPECT_EQ(answer.body, R"(["tea"])");
  EXPECT_EQ(answer.header("set-cookie"), std::nullopt);
}

TEST_F(SessionsInCookies, OfTheFutureAreRefused) {
  clock_.pass(61s);
  const std::string cookie = changed("/items/tea");
  clock_.pass(-1s);
  EXPECT_EQ(cart(cookie), R"(["tea"])");  // clocks of servers differ a little
  clock_.pass(-60s);
  EXPECT_EQ(cart(cookie), "[]");
}

TEST_F(SessionsInCookies, RenewBeginsAnew) {
  std::string cookie = changed("/items/tea");
  clock_.pass(89 * 24h);
  EXPECT_EQ(cart(cookie), "[]");  // idle for too long
  app_ = app_with({.keys = {key}, .idle = 0s});
  const std::string renewed = changed("/renew", cookie);
  EXPECT_NE(renewed, cookie);
  clock_.pass(24h);
  EXPECT_EQ(cart(cookie), "[]");
  EXPECT_EQ(cart(renewed), R"(["tea"])");
}

TEST_F(SessionsInCookies, ClearDeletesTheCookie) {
  const std::string cookie = changed("/items/tea");
  const TestResponse answer = send("POST", "/logout", cookie);
  EXPECT_EQ(answer.header("set-cookie"), R"(__Host-session=""; HttpOnly; Max-Age=0; Path=/; SameSite=lax; Secure)");
  EXPECT_EQ(answer.header("cache-control"), "private, no-cache");
  EXPECT_EQ(send("POST", "/logout").header("set-cookie"), std::nullopt);
  TestClient client(*app_, {.base_url = "https://shop"});
  client.post("/items/tea");
  client.post("/logout");
  EXPECT_TRUE(client.cookies().empty());
}

TEST_F(SessionsInCookies, WhatFollowsClearIsAnotherSession) {
  app_->post("/switch")([](Session<Cart>& s) {
    s.clear();
    s->user = "eve";
  });
  const std::string cookie = changed("/switch", changed("/items/tea"));
  EXPECT_EQ(send("GET", "/user", cookie).body, R"("eve")");
  EXPECT_EQ(cart(cookie), "[]");
}

TEST_F(SessionsInCookies, TooLargeAreAnErrorThatTheLogExplains) {
  const TestResponse answer = send("POST", "/fill/3000");
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.header("set-cookie"), std::nullopt);
  EXPECT_THAT(log_.text(), HasSubstr("does not fit into a cookie"));
  EXPECT_EQ(send("POST", "/fill/2700").status, 200);
}

TEST_F(SessionsInCookies, AreSavedWithErrors) {
  app_->post("/fail")([](Session<Cart>& s) {
    s->items.emplace_back("tried");
    throw HttpError(401, "no");
  });
  const TestResponse answer = send("POST", "/fail");
  EXPECT_EQ(answer.status, 401);
  EXPECT_EQ(cart(cookie_of(answer).value()), R"(["tried"])");
}

TEST_F(SessionsInCookies, AreSavedWithTheFirstPartOfAStream) {
  app_->get("/stream")([](Session<Cart>& s, StreamWriter& out) -> Task<void> {
    s->items.emplace_back("before");
    co_await out.write("a");
    s->items.emplace_back("after");
    EXPECT_THROW(s.renew(), std::logic_error);
    EXPECT_THROW(s.clear(), std::logic_error);
  });
  EXPECT_EQ(cart(cookie_of(send("GET", "/stream")).value()), R"(["before"])");
}

TEST_F(SessionsInCookies, ThatCannotBeSavedMakeAStreamAnError) {
  app_->get("/stream")([](Session<Cart>& s, StreamWriter& out) -> Task<void> {
    s->items = {std::string(5000, 'a')};
    co_await out.write("a");
  });
  EXPECT_EQ(send("GET", "/stream").status, 500);
}

TEST_F(SessionsInCookies, AreSavedWhenAWebSocketIsAccepted) {
  app_->websocket("/socket")([](WebSocket& socket, Session<Cart>& s) -> Task<void> {
    s->items.emplace_back("socket");
    co_await socket.accept();
    co_await socket.send_text(std::to_string(s->items.size()));
    co_await socket.close();
  });
  TestClient client(*app_, {.base_url = "https://shop"});
  client.post("/items/tea");
  TestWebSocket socket = client.websocket("/socket");
  EXPECT_EQ(socket.receive_text(), "2");
  EXPECT_EQ(cart(cookie_of(socket.response()).value()), R"(["tea","socket"])");
}

TEST_F(SessionsInCookies, WorkInBlockingHandlers) {
  app_->post("/blocking", {.blocking = true})([](Session<Cart>& s) { s->items.emplace_back("pool"); });
  EXPECT_EQ(cart(cookie_of(send("POST", "/blocking")).value()), R"(["pool"])");
}

}  // namespace serval::sessions_cookie_test
