// SPDX-License-Identifier: MIT
// The options of sessions, their place in an application and in the document.
#include <serval/auth/sessions.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include <serval/auth.hpp>
#include <serval/security.hpp>
#include <serval/serval.hpp>
#include <serval/store.hpp>
#include <serval/testing.hpp>

#include "tests/unit/auth/session_support.hpp"
#include "tests/unit/support/setup_error.hpp"

namespace serval::sessions_setup_test {

using namespace std::chrono_literals;
using auth_tests::Cart;
using auth_tests::cookie_of;
using ::testing::AllOf;
using ::testing::HasSubstr;

struct Admin {
  std::string name;
};

SessionOptions with_key(SessionOptions options = {}) {
  options.keys = {SecretKey::random()};
  return options;
}
std::string fault_of(SessionOptions options) {
  return error_of([&] { Sessions<Cart>(std::move(options)); });
}

TEST(SessionOptionsOf, AreChecked) {
  MemoryStore store;
  EXPECT_EQ(fault_of({}),
            "Sessions: give either .keys, for sessions in sealed cookies, or .store, for sessions on the server");
  EXPECT_THAT(fault_of(with_key({.store = &store})), HasSubstr("give either .keys"));
  EXPECT_THAT(fault_of({.keys = {SecretKey::random(31)}}), HasSubstr("has 31 bytes, but it needs at least 32"));
  EXPECT_THAT(fault_of({.keys = {SecretKey::random(), SecretKey()}}), HasSubstr("has 0 bytes"));
  for (const char* name : {"a b", "a;b", "a=b", "a\r\nb", "\xc3\xa4"}) {
    EXPECT_THAT(fault_of(with_key({.cookie = name})), HasSubstr("is no name of a cookie")) << name;
  }
  EXPECT_THAT(fault_of(with_key({.cookie = std::string(65, 'a')})), HasSubstr("longer than 64 bytes"));
  for (const char* name : {"__Host-a", "__Secure-a", "__host-a", "__SECURE-a"}) {
    EXPECT_THAT(fault_of(with_key({.cookie = name, .secure = false})), HasSubstr("without .secure")) << name;
  }
  EXPECT_THAT(fault_of(with_key({.secure = false, .same_site = http::SameSite::none})),
              HasSubstr(".same_site = none without .secure"));
  EXPECT_THAT(fault_of(with_key({.idle = -1s})), HasSubstr(".idle must be from 0"));
  EXPECT_THAT(fault_of(with_key({.absolute = 24h * 36'501})), HasSubstr(".absolute must be from 0"));
  EXPECT_EQ(fault_of(with_key({.idle = 0s, .absolute = 0s})), "no error");
  EXPECT_EQ(fault_of({.store = &store}), "no error");
}

TEST(SessionOptionsOf, HaveAtMost16Keys) {
  SessionKeys keys;
  for (int i = 0; i < 17; ++i) keys.add(SecretKey::random());
  EXPECT_THAT(fault_of({.keys = std::move(keys)}), HasSubstr("has 17 keys, but at most 16 are allowed"));
}

TEST(SessionOptionsOf, NameTheCookie) {
  const auto field = [](SessionOptions options, const char* url) {
    App app;
    app.use(Sessions<Cart>(std::move(options)));
    auth_tests::add_cart_routes(app);
    const TestResponse answer = TestClient(app, {.base_url = url}).post("/items/tea");
    const std::string text(answer.header("set-cookie").value());
    return text.substr(0, text.find('=')) + text.substr(text.find(';'));
  };
  EXPECT_EQ(field(with_key(), "https://shop"), "__Host-session; HttpOnly; Path=/; SameSite=lax; Secure");
  EXPECT_EQ(field(with_key({.secure = false}), "http://localhost"), "session; HttpOnly; Path=/; SameSite=lax");
  EXPECT_EQ(field(with_key({.cookie = "id", .same_site = http::SameSite::strict}), "https://shop"),
            "id; HttpOnly; Path=/; SameSite=strict; Secure");
  EXPECT_EQ(field(with_key({.is_persistent = true}), "https://shop"),
            "__Host-session; HttpOnly; Max-Age=1209600; Path=/; SameSite=lax; Secure");
  EXPECT_EQ(field(with_key({.idle = 0s, .absolute = 0s, .is_persistent = true}), "https://shop"),
            "__Host-session; HttpOnly; Max-Age=34560000; Path=/; SameSite=lax; Secure");
}

TEST(SessionsOf, WorkOverHttpWithoutSecure) {
  App app;
  app.use(Sessions<Cart>(with_key({.secure = false})));
  auth_tests::add_cart_routes(app);
  TestClient client(app, {.base_url = "http://localhost"});
  client.post("/items/tea");
  EXPECT_EQ(client.get("/cart").body, R"(["tea"])");
}

TEST(SessionsOf, AreMissingAtTheStart) {
  App app;
  app.get("/cart")([](const Session<Cart>& cart) { return cart->items; });
  EXPECT_THAT(error_of([&] { TestClient client(app); }),
              AllOf(HasSubstr("GET /cart: the handler takes State<"),
                    HasSubstr("Cart>>, but the application has none; call app.use("),
                    HasSubstr("Cart>({...})) before it serves")));
  app.use(Sessions<Admin>(with_key()));
  EXPECT_THAT(error_of([&] { TestClient client(app); }), HasSubstr("Cart>>, but the application has none"));
  app.use(Sessions<Cart>(with_key({.cookie = "cart"})));
  EXPECT_EQ(TestClient(app).get("/cart").body, "[]");
}

TEST(SessionsOf, OfOneTypeAreUsedOnce) {
  App app;
  app.use(Sessions<Cart>(with_key()));
  EXPECT_THAT(error_of([&] { app.use(Sessions<Cart>(with_key())); }), HasSubstr("; use one in an application"));
}

TEST(SessionsOf, SeveralTypesHaveCookiesOfTheirOwn) {
  App app;
  app.use(Sessions<Cart>(with_key()));
  app.use(Sessions<Admin>(with_key({.cookie = "__Host-admin"})));
  app.post("/both")([](Session<Cart>& cart, Session<Admin>& admin) {
    cart->items.emplace_back("tea");
    admin->name = "eve";
  });
  app.get("/both")([](const Session<Cart>& cart, const Session<Admin>& admin) {
    return json{{"items", cart->items}, {"admin", admin->name}};
  });
  TestClient client(app, {.base_url = "https://shop"});
  EXPECT_EQ(client.post("/both").headers.get_all("set-cookie").size(), 2U);
  EXPECT_EQ(client.get("/both").body, R"({"items":["tea"],"admin":"eve"})");
}

TEST(SessionsOf, AMountedApplicationHasItsOwn) {
  App inner;
  inner.use(Sessions<Cart>(with_key({.cookie = "__Host-inner"})));
  auth_tests::add_cart_routes(inner);
  App app;
  app.use(Sessions<Cart>(with_key()));
  app.mount("/inner", inner);
  auth_tests::add_cart_routes(app);
  TestClient client(app, {.base_url = "https://shop"});
  EXPECT_TRUE(cookie_of(client.post("/inner/items/tea"), "__Host-inner"));
  client.post("/items/cup");
  EXPECT_EQ(client.get("/inner/cart").body, R"(["tea"])");
  EXPECT_EQ(client.get("/cart").body, R"(["cup"])");
}

TEST(SessionsOf, AreNoParameters) {
  App app;
  app.use(Sessions<Cart>(with_key()));
  app.post("/items")([](Session<Cart>& cart) { cart->items.emplace_back("tea"); });
  const json operation = app.openapi()["paths"]["/items"]["post"];
  for (const char* member : {"parameters", "requestBody", "security"}) EXPECT_FALSE(operation.contains(member));
  EXPECT_FALSE(operation["responses"].contains("422"));
  EXPECT_EQ(TestClient(app).post("/items", {.headers = {{"cookie", "__Host-session=%00;;=\"\\"}}}).status, 200);
}

std::string current_user(const Session<Cart>& cart) {
  if (!cart->user) throw HttpError(401, "Not logged in");
  return *cart->user;
}

TEST(SessionsOf, AreReadBeforeTheBody) {
  App app;
  app.use(Sessions<Cart>(with_key()));
  auth_tests::add_cart_routes(app);
  app.post("/notes")([](Depends<current_user> user, Body<json> note) { return json{{"by", *user}, {"note", *note}}; });
  TestClient client(app, {.base_url = "https://shop"});
  EXPECT_EQ(client.post("/notes", {.body = "no JSON", .content_type = "application/json"}).status, 401);
  client.post("/login/ann");
  EXPECT_EQ(client.post("/notes", {.json = 1}).body, R"({"by":"ann","note":1})");
}

TEST(SessionsOf, AreSharedByTheArgumentsOfARequest) {
  App app;
  app.use(Sessions<Cart>(with_key()));
  app.post("/")([](Session<Cart>& a, Session<Cart> b) {
    a->items.emplace_back("a");
    b->items.emplace_back("b");
    return a->items.size();
  });
  app.get("/")([](const Session<Cart>& cart) { return cart->items; });
  TestClient client(app, {.base_url = "https://shop"});
  EXPECT_EQ(client.post("/").body, "2");
  EXPECT_EQ(client.get("/").body, R"(["a","b"])");
}

TEST(SessionsOf, StandInTheOrderOfMiddlewareInsideOfCsrf) {
  EXPECT_LT(Stage::csrf, Sessions<Cart>::stage);
  EXPECT_LT(Sessions<Cart>::stage, Stage::application);
}

}  // namespace serval::sessions_setup_test
