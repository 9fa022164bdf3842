// SPDX-License-Identifier: MIT
// Sessions in a store: ids, fixation, ends that are final, requests at once, a store that fails.
#include <serval/auth/sessions.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include <serval/auth.hpp>
#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/stream.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>

#include "tests/unit/auth/session_support.hpp"

namespace serval::sessions_store_test {

using namespace std::chrono_literals;
using auth_tests::Cart;
using auth_tests::cookie_of;

class SessionsInAStore : public auth_tests::SessionsTest {
 protected:
  std::unique_ptr<App> make(SessionOptions options = {}) {
    auto app = std::make_unique<App>();
    options.store = &store_;
    options.clock = clock_.function();
    app->use(Sessions<Cart>(std::move(options)));
    auth_tests::add_cart_routes(*app);
    return app;
  }
  App& app() override { return *app_; }

  auth_tests::WatchedStore store_;
  std::unique_ptr<App> app_ = make();
};

TEST_F(SessionsInAStore, TheCookieIsARandomId) {
  const TestResponse answer = send("POST", "/items/tea");
  const std::string id = cookie_of(answer).value();
  EXPECT_EQ(id.size(), 43U);
  EXPECT_NE(id, changed("/items/tea"));
  EXPECT_EQ(answer.header("set-cookie"), "__Host-session=" + id + "; HttpOnly; Path=/; SameSite=lax; Secure");
  EXPECT_EQ(answer.header("cache-control"), "private, no-cache");
  EXPECT_EQ(cart(id), R"(["tea"])");
}

TEST_F(SessionsInAStore, TheStoreDoesNotHaveTheId) {
  const std::string id = changed("/items/tea");
  ASSERT_EQ(store_.keys.size(), 1U);
  EXPECT_TRUE(store_.keys[0].starts_with("session:__Host-session:"));
  EXPECT_EQ(store_.keys[0].find(id), std::string::npos);
  EXPECT_EQ(cart(store_.keys[0].substr(23)), "[]");  // whoever reads the store cannot use the session
}

TEST_F(SessionsInAStore, TheIdStaysWhenTheSessionChanges) {
  const std::string id = changed("/items/tea");
  const TestResponse second = send("POST", "/items/cup", id);
  EXPECT_EQ(second.header("set-cookie"), std::nullopt);
  EXPECT_EQ(cart(id), R"(["tea","cup"])");
}

TEST_F(SessionsInAStore, NothingIsWrittenIfNothingChanged) {
  EXPECT_EQ(send("GET", "/cart").header("set-cookie"), std::nullopt);
  EXPECT_EQ(store_.writes, 0);
  const std::string id = changed("/items/tea");
  EXPECT_EQ(cart(id), R"(["tea"])");
  EXPECT_EQ(store_.writes, 1);
}

TEST_F(SessionsInAStore, AnIdThatTheStoreDoesNotHaveIsNotTakenOver) {
  const std::string chosen(43, 'A');
  const std::string id = changed("/login/ann", chosen);
  EXPECT_NE(id, chosen);
  EXPECT_EQ(send("GET", "/user", chosen).body, R"("nobody")");
}

TEST_F(SessionsInAStore, ALoginChangesTheId) {
  // An attacker has put his own session into the browser of the victim.
  const std::string known = changed("/items/tea");
  const std::string id = changed("/login/ann", known);
  EXPECT_NE(id, known);
  EXPECT_EQ(send("GET", "/user", id).body, R"("ann")");
  EXPECT_EQ(cart(id), R"(["tea"])");
  EXPECT_EQ(send("GET", "/user", known).body, R"("nobody")");
  EXPECT_EQ(send("GET", "/new", known).body, "true");
}

TEST_F(SessionsInAStore, AClearedSessionIsOver) {
  const std::string id = changed("/login/ann");
  const TestResponse answer = send("POST", "/logout", id);
  EXPECT_EQ(answer.header("set-cookie"), R"(__Host-session=""; HttpOnly; Max-Age=0; Path=/; SameSite=lax; Secure)");
  EXPECT_EQ(store_.memory.size(), 0U);
  EXPECT_EQ(send("GET", "/user", id).body, R"("nobody")");  // the same cookie again
  EXPECT_NE(changed("/items/tea", id), id);
}

TEST_F(SessionsInAStore, ARequestAtOnceDoesNotBringAClearedSessionBack) {
  for (const char* path : {"/items/tea", "/renew"}) {
    const std::string id = changed("/login/ann");
    store_.before_write = [&] { send("POST", "/logout", id); };
    const TestResponse late = send("POST", path, id);
    EXPECT_EQ(late.status, 200) << path;
    EXPECT_EQ(late.header("set-cookie"), std::nullopt) << path;
    EXPECT_EQ(store_.memory.size(), 0U) << path;
    EXPECT_EQ(send("GET", "/user", id).body, R"("nobody")") << path;
  }
}

TEST_F(SessionsInAStore, ARequestAtOnceDoesNotUndoALogin) {
  const std::string id = changed("/items/tea");
  std::string logged_in;
  store_.before_write = [&] { logged_in = changed("/login/ann", id); };
  EXPECT_EQ(send("POST", "/items/cup", id).header("set-cookie"), std::nullopt);
  EXPECT_EQ(send("GET", "/user", logged_in).body, R"("ann")");
  EXPECT_EQ(send("GET", "/new", id).body, "true");
}

TEST_F(SessionsInAStore, OfTwoRequestsAtOnceTheLastOneWins) {
  const std::string id = changed("/items/tea");
  store_.before_write = [&] { send("POST", "/items/first", id); };
  EXPECT_EQ(send("POST", "/items/last", id).status, 200);
  EXPECT_EQ(cart(id), R"(["tea","last"])");
}

TEST_F(SessionsInAStore, ARefreshDoesNotUndoAChange) {
  const std::string id = changed("/items/tea");
  clock_.pass(8 * 24h);
  store_.before_write = [&] { send("POST", "/items/cup", id); };
  EXPECT_EQ(cart(id), R"(["tea"])");  // refreshes
  EXPECT_EQ(cart(id), R"(["tea","cup"])");
}

TEST_F(SessionsInAStore, NoCacheKeepsAResponseToAVisitor) {
  ResponseCache cache;
  app_->get("/hello", {.middleware = {middleware(cache)}})(
      [](const Session<Cart>& session) { return session->user.value_or("nobody"); });
  app_->get("/first", {.middleware = {middleware(cache)}})([](Session<Cart>& session) {
    session->items.emplace_back("tea");
    return session.is_new();
  });
  const std::string ann = changed("/login/ann");
  EXPECT_EQ(send("GET", "/hello", ann).body, R"("ann")");
  EXPECT_EQ(send("GET", "/hello").body, R"("nobody")");
  EXPECT_EQ(send("GET", "/hello", ann).body, R"("ann")");
  for (int visitor = 0; visitor < 2; ++visitor) EXPECT_TRUE(cookie_of(send("GET", "/first"))) << visitor;
  EXPECT_EQ(cache.hits(), 0U);
}

TEST_F(SessionsInAStore, EndAfterTheIdleAndTheAbsoluteTime) {
  const std::string id = changed("/items/tea");
  EXPECT_EQ(store_.last_ttl, 14 * 24h);
  for (int week = 1; week < 12; ++week) {
    clock_.pass(7 * 24h);
    EXPECT_EQ(cart(id), R"(["tea"])") << week;
  }
  EXPECT_EQ(store_.last_ttl, 13 * 24h);  // the rest of 90 days
  clock_.pass(13 * 24h);
  EXPECT_EQ(cart(id), "[]");
  EXPECT_EQ(send("POST", "/items/cup", id).status, 200);
  EXPECT_EQ(store_.memory.size(), 1U);  // a new session replaces the old one
}

TEST_F(SessionsInAStore, LiveForEverWithoutLimits) {
  app_ = make({.idle = 0s, .absolute = 0s});
  const std::string id = changed("/items/tea");
  EXPECT_EQ(store_.last_ttl, 0s);
  clock_.pass(24h * 36'500);
  EXPECT_EQ(cart(id), R"(["tea"])");
}

TEST_F(SessionsInAStore, ArePersistentByOption) {
  app_ = make({.is_persistent = true});
  const TestResponse answer = send("POST", "/items/tea");
  const std::string id = cookie_of(answer).value();
  EXPECT_NE(answer.header("set-cookie")->find("; Max-Age=1209600;"), std::string_view::npos);
  EXPECT_EQ(cookie_of(send("POST", "/items/cup", id)), id);
  EXPECT_EQ(send("GET", "/cart", id).header("set-cookie"), std::nullopt);
  clock_.pass(8 * 24h);
  EXPECT_EQ(cookie_of(send("GET", "/cart", id)), id);
}

TEST_F(SessionsInAStore, MayBeLarge) {
  const std::string id = changed("/fill/100000");
  EXPECT_EQ(cart(id).size(), 100'004U);
}

TEST_F(SessionsInAStore, MalformedIdsAreNewSessions) {
  const std::string id = changed("/items/tea");
  store_.fails = true;  // the store is not even asked
  for (const std::string& bad : {id + "A", id.substr(1), id + "=", std::string(), std::string(5000, 'A'),
                                 std::string("../../session"), id.substr(0, 42) + "*"}) {
    EXPECT_EQ(send("GET", "/cart", bad + " ").status, 200) << bad;
  }
}

TEST_F(SessionsInAStore, RecordsThatCannotBeReadAreNewSessions) {
  const std::string id = changed("/items/tea");
  for (const char* record : {"", "x", "0123456789abcdef", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"}) {
    wait(store_.memory.set(store_.keys[0], record, 0s));
    EXPECT_EQ(cart(id), "[]");
  }
  std::string other = store_.last_value;
  std::replace(other.begin(), other.end(), '[', '{');  // of another version of the program
  wait(store_.memory.set(store_.keys[0], other, 0s));
  EXPECT_EQ(cart(id), "[]");
  EXPECT_EQ(send("GET", "/new", id).body, "true");
}

TEST_F(SessionsInAStore, AStoreThatCannotBeReadIsA503) {
  const std::string id = changed("/items/tea");
  store_.fails = true;
  const TestResponse answer = send("GET", "/cart", id);
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.header("retry-after"), "7");
  EXPECT_EQ(answer.header("set-cookie"), std::nullopt);
  EXPECT_EQ(send("GET", "/cart").status, 200);  // nothing to read
  EXPECT_EQ(send("GET", "/other", id).status, 200);
}

TEST_F(SessionsInAStore, AFailedSaveIsTheAnswer) {
  const std::string id = changed("/items/tea");
  store_.writes_fail = true;
  for (const char* path : {"/items/cup", "/login/ann", "/logout"}) {
    const TestResponse answer = send("POST", path, id);
    EXPECT_EQ(answer.status, 503) << path;
    EXPECT_EQ(answer.body, R"({"detail":"The store is down"})") << path;
    EXPECT_EQ(answer.header("retry-after"), "7") << path;
    EXPECT_EQ(answer.header("set-cookie"), std::nullopt) << path;
  }
  EXPECT_EQ(send("GET", "/cart", id).status, 200);
  store_.writes_fail = false;
  EXPECT_EQ(cart(id), R"(["tea"])");  // the old session is still there
}

TEST_F(SessionsInAStore, AFailedSaveIsTheAnswerOfAStream) {
  app_->get("/stream")([](Session<Cart>& s, StreamWriter& out) -> Task<void> {
    s->items.emplace_back("a");
    co_await out.write("part");
  });
  store_.writes_fail = true;
  const TestResponse answer = send("GET", "/stream");
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.header("retry-after"), "7");
}

TEST_F(SessionsInAStore, ACookieOfOneApplicationIsNoneOfAnother) {
  const std::string id = changed("/items/tea");
  app_ = make({.cookie = "__Host-admin"});
  TestClient client(*app_, {.base_url = "https://shop"});
  EXPECT_EQ(client.get("/cart", {.headers = {{"cookie", "__Host-admin=" + id}}}).body, "[]");
}

}  // namespace serval::sessions_store_test
