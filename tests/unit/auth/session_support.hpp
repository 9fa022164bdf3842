// SPDX-License-Identifier: MIT
// An application with sessions, its clock, and a store that can fail.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <serval/auth.hpp>
#include <serval/serval.hpp>
#include <serval/store.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/failing_store.hpp"

namespace serval::auth_tests {

struct Cart {
  std::optional<std::string> user;
  std::vector<std::string> items;
};

/// The time of the sessions.
class SessionClock {
 public:
  void pass(std::chrono::seconds time) { now_ += time; }
  [[nodiscard]] std::function<std::chrono::system_clock::time_point()> function() {
    return [this] { return now_; };
  }

 private:
  std::chrono::system_clock::time_point now_{std::chrono::seconds(1'800'000'000)};
};

/// Routes that read and change a cart.
inline void add_cart_routes(Router& app) {
  app.get("/cart")([](const Session<Cart>& cart) { return cart->items; });
  app.get("/user")([](const Session<Cart>& cart) { return cart->user.value_or("nobody"); });
  app.get("/new")([](Session<Cart> cart) { return cart.is_new(); });
  app.get("/other")([] { return 1; });
  app.post("/items/{item}")([](Path<std::string, "item"> item, Session<Cart>& cart) { cart->items.push_back(*item); });
  app.post("/login/{user}")([](Path<std::string, "user"> user, Session<Cart>& cart) {
    cart->user = *user;
    cart.renew();
  });
  app.post("/renew")([](Session<Cart>& cart) { cart.renew(); });
  app.post("/logout")([](Session<Cart>& cart) { cart.clear(); });
  app.post("/fill/{bytes}")(
      [](Path<std::size_t, "bytes"> bytes, Session<Cart>& cart) { cart->items = {std::string(*bytes, 'a')}; });
}

/// The value of the cookie that a response sets; nothing if it sets none.
inline std::optional<std::string> cookie_of(const TestResponse& answer, const std::string& name = "__Host-session") {
  const auto field = answer.header("set-cookie");
  if (!field || !field->starts_with(name + "=")) return std::nullopt;
  const std::string value(field->substr(name.size() + 1));
  return value.substr(0, value.find(';'));
}

/// Notes what is written.
class WatchedStore final : public serval::testing::FailingStore {
 public:
  int writes = 0;
  std::vector<std::string> keys;
  std::string last_value;
  std::chrono::milliseconds last_ttl{0};
  std::function<void()> before_write;  // another request that comes first, once

  Task<void> set(std::string key, std::string value, std::chrono::milliseconds ttl) override {
    if (before_write) std::exchange(before_write, nullptr)();
    note(key, value, ttl);
    return FailingStore::set(std::move(key), std::move(value), ttl);
  }
  Task<bool> add(std::string key, std::string value, std::chrono::milliseconds ttl) override {
    note(key, value, ttl);
    return FailingStore::add(std::move(key), std::move(value), ttl);
  }
  Task<bool> compare_and_set(std::string key, std::string expected, std::string value,
                             std::chrono::milliseconds ttl) override {
    if (before_write) std::exchange(before_write, nullptr)();
    note(key, value, ttl);
    return FailingStore::compare_and_set(std::move(key), std::move(expected), std::move(value), ttl);
  }

 private:
  void note(const std::string& key, const std::string& value, std::chrono::milliseconds ttl) {
    ++writes;
    keys.push_back(key);
    last_value = value;
    last_ttl = ttl;
  }
};

/// Requests to an application with a cart, over https.
class SessionsTest : public ::testing::Test {
 protected:
  TestResponse send(const char* method, const char* path, const std::string& cookie = {}) {
    return send_to(app(), method, path, cookie);
  }
  static TestResponse send_to(App& app, const char* method, const char* path, const std::string& cookie) {
    TestClient client(app, {.base_url = "https://shop"});
    TestRequest request;
    if (!cookie.empty()) request.headers = {{"cookie", "__Host-session=" + cookie}};
    return client.request(method, path, request);
  }
  /// The cookie after a request that changes the session.
  std::string changed(const char* path, const std::string& cookie = {}) {
    return cookie_of(send("POST", path, cookie)).value();
  }
  std::string cart(const std::string& cookie) { return send("GET", "/cart", cookie).body; }

  virtual App& app() = 0;

  SessionClock clock_;
};

}  // namespace serval::auth_tests
