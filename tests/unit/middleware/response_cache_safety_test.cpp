// SPDX-License-Identifier: MIT
// What a cache must not do: skip checks, mix up users, keep what has changed, fail with its store.
#include <serval/middleware/response_cache.hpp>

#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <serval/http/personal.hpp>
#include <serval/security.hpp>
#include <serval/websocket.hpp>

#include "tests/unit/middleware/response_cache_support.hpp"
#include "tests/unit/support/failing_store.hpp"
#include "tests/unit/support/setup_error.hpp"

namespace serval::response_cache_test {

const HttpBearer bearer;

struct User {
  std::string name;
};

/// Stands for a dependency that checks a token, and leaves the user for the cache.
std::string current_user(Depends<&bearer> token, Request& request) {
  if (token->credentials == "revoked") throw HttpError(401, "Revoked");
  request.state<User>().name = token->credentials;
  return token->credentials;
}

std::string name_of(const Request& request) { return request.find_state<User>()->name; }

TEST_F(ResponseCacheOver, DoesNotStartWithASecuredRouteIfItDoesNotKnowTheUser) {
  app.use(ResponseCache(options()));
  app.post("/open", {.dependencies = {depends<&bearer>}})([] { return 1; });  // never cached
  EXPECT_EQ(error_of([&] { TestClient client(app); }), "no error");
  App inner;
  inner.get("/me/{part}")([](Depends<current_user> user, Path<std::string, "part">) { return *user; });
  app.mount("/sub", inner);
  EXPECT_THAT(error_of([&] { TestClient client(app); }),
              ::testing::EndsWith("GET /me/{part}: a ResponseCache serves this route, which has security requirements: "
                                  "set ResponseCacheOptions::key to a function that returns the user, so that no user "
                                  "gets the response of another one, or serve the route without the cache"));
}

TEST_F(ResponseCacheOver, KeepsAResponseForEachUserOnASecuredRoute) {
  ResponseCacheOptions by_user = options();
  by_user.key = name_of;
  app.use(ResponseCache(by_user));
  app.get("/me")([&](Depends<current_user> user) {
    ++calls;
    return "for " + *user;
  });
  EXPECT_EQ(get("/me", {{"authorization", "Bearer ann"}}).body, "\"for ann\"");
  EXPECT_EQ(get("/me", {{"authorization", "Bearer bob"}}).body, "\"for bob\"");
  EXPECT_EQ(get("/me", {{"authorization", "Bearer ann"}}).body, "\"for ann\"");
  EXPECT_EQ(calls, 2);
}

TEST_F(ResponseCacheOver, SkipsNoCheck) {
  ResponseCacheOptions all = options();
  all.key = [](const Request&) { return std::string(); };
  app.use(ResponseCache(all));
  app.get("/me")([&](Depends<current_user>, Header<std::optional<int>, "x-n">) { return ++calls; });
  EXPECT_EQ(get("/me", {{"authorization", "Bearer ann"}}).body, "1");
  EXPECT_EQ(get("/me", {{"authorization", "Bearer ann"}}).body, "1");
  EXPECT_EQ(get("/me", {{"authorization", "Bearer revoked"}}).status, 401);
  EXPECT_EQ(get("/me").status, 401);
  EXPECT_EQ(get("/me", {{"authorization", "Bearer ann"}, {"x-n", "rubbish"}}).status, 422);
}

TEST_F(ResponseCacheOver, DoesNotKeepWhatIsDoneForEachResponse) {
  struct NameClient {
    void after(const Request& request, Response& response) {
      if (const auto name = request.header("x-name")) response.headers().add("x-hello", *name);
    }
  };
  app.use(NameClient{});
  app.use(ResponseCache(options()));
  serve();
  EXPECT_EQ(get("/", {{"x-name", "ann"}}).header("x-hello"), "ann");
  EXPECT_FALSE(get().header("x-hello"));
  const TestResponse bob = get("/", {{"x-name", "bob"}});
  EXPECT_EQ(bob.headers.get_all("x-hello").size(), 1U);
  EXPECT_EQ(bob.header("x-hello"), "bob");
  EXPECT_EQ(calls, 1);
}

void renew_session(Response& response, const Request& request) {
  if (request.headers().contains("x-renew")) response.set_cookie("session", "new");
}

TEST_F(ResponseCacheOver, SendsWhatADependencyHasSetForThisRequest) {
  app.use(ResponseCache(options()));
  serve([](const Request&, Response&) {}, {.dependencies = {depends<renew_session>}});
  EXPECT_FALSE(get().header("set-cookie"));
  const TestResponse renewed = get("/", {{"x-renew", "1"}});
  EXPECT_EQ(renewed.body, "call 1");
  EXPECT_EQ(renewed.headers.get_all("set-cookie").size(), 1U);
  EXPECT_FALSE(get().header("set-cookie"));
}

/// Outside of the cache.
struct Closed {
  static constexpr Stage stage = Stage::cors;
  bool* is_closed;
  std::optional<Response> before_handler(Request&) const {
    return *is_closed ? std::optional<Response>(plain_text("closed")) : std::nullopt;
  }
};

TEST_F(ResponseCacheOver, DoesNotKeepWhatAnotherMiddlewareAnswersInTheHandlersPlace) {
  bool is_closed = true;
  app.use(Closed{&is_closed});
  app.use(ResponseCache(options()));
  serve();
  EXPECT_EQ(get().body, "closed");
  is_closed = false;
  EXPECT_EQ(get().body, "call 1");
}

TEST_F(ResponseCacheOver, ServesAnOldResponseInPlaceOfAnError) {
  ResponseCacheOptions lenient = options();
  lenient.stale = 60s;
  app.use(ResponseCache(lenient));
  bool fails = false;
  int status = 200;
  serve([&](const Request&, Response& response) {
    if (fails) throw std::runtime_error("the database is down");
    response.set_status(status);
  });
  EXPECT_EQ(get().body, "call 1");
  now += 10s;
  fails = true;
  const TestResponse old = get();
  EXPECT_EQ(old.status, 200);
  EXPECT_EQ(old.body, "call 1");
  EXPECT_EQ(old.header("age"), "10");
  fails = false;
  status = 503;
  EXPECT_EQ(get().body, "call 1");
  status = 404;
  EXPECT_EQ(get().status, 404);
  status = 503;
  now += 56s;
  EXPECT_EQ(get().status, 503);
}

TEST_F(ResponseCacheOver, ServesNoOldResponseThatForbidsIt) {
  ResponseCacheOptions lenient = options();
  lenient.stale = 60s;
  app.use(ResponseCache(lenient));
  std::string control;
  int status = 200;
  serve([&](const Request&, Response& response) {
    response.headers().set("cache-control", control);
    response.set_status(status);
  });
  for (const char* directive : {"max-age=5, must-revalidate", "max-age=5, proxy-revalidate", "s-maxage=5"}) {
    control = directive;
    status = 200;
    EXPECT_EQ(get().status, 200);
    now += 5s;
    status = 500;
    EXPECT_EQ(get().status, 500) << directive;
    now += 60s;
  }
  control = "max-age=5, stale-if-error=100";
  status = 200;
  EXPECT_EQ(get().status, 200);
  now += 104s;
  status = 500;
  EXPECT_EQ(get().status, 200);
}

class ErasedResponses : public ResponseCacheOver {
 protected:
  ErasedResponses() {
    app.get("/items")([this] { return ++calls; });
    app.post("/items")([this] { return plain_text("", status); });
    app.delete_("/items/{id}")([](Path<int, "id">) {});
    app.get("/other")([this] { return ++calls; });
  }
  int status = 201;
};

TEST_F(ErasedResponses, AreThoseOfAPathThatWasChanged) {
  app.use(ResponseCache(options()));
  TestClient client(app);
  EXPECT_EQ(client.get("/items").body, "1");
  EXPECT_EQ(client.get("/items?page=2").body, "2");
  EXPECT_EQ(client.get("/other").body, "3");
  status = 409;
  client.post("/items");
  EXPECT_EQ(client.get("/items").body, "1");
  status = 201;
  client.post("/items");
  EXPECT_EQ(client.get("/items").body, "4");
  EXPECT_EQ(client.get("/items?page=2").body, "5");
  EXPECT_EQ(client.get("/other").body, "3");
  client.delete_("/items/3");
  EXPECT_EQ(client.get("/items").body, "4");
}

TEST(ResponseCacheErase, TakesOnlyPaths) {
  const ResponseCache cache;
  EXPECT_THROW(wait(cache.erase("items")), std::invalid_argument);
  EXPECT_THROW(wait(cache.erase("http://shop/items")), std::invalid_argument);
}

TEST_F(ResponseCacheOver, KeepsNothingOfRequestsThatAreMarkedAsPersonal) {
  ResponseCacheOptions keyed = options();
  keyed.key = [](const Request&) { return std::string("all"); };
  app.use(ResponseCache(keyed));
  app.get("/")([this](Request& request) {
    http::mark_personal(request);  // by the handler itself
    return ++calls;
  });
  app.get("/later", {.dependencies = {depends<http::mark_personal>}})([this] { return ++calls; });
  EXPECT_EQ(calls_for_two(), 2);
  EXPECT_NE(get("/later").body, get("/later").body);
}

TEST_F(ErasedResponses, AreThoseThatTheProgramNames) {
  ResponseCache cache(options());
  app.use(cache);
  TestClient client(app);
  EXPECT_EQ(client.get("/items?page=2").body, "1");
  EXPECT_EQ(client.get("/other").body, "2");
  wait(cache.erase("/items?page=7"));
  EXPECT_EQ(client.get("/items?page=2").body, "3");
  EXPECT_EQ(client.get("/other").body, "2");
}

TEST_F(ResponseCacheOver, DoesNotKeepAResponseThatWasMadeBeforeItsPathChanged) {
  ResponseCache cache(options());
  app.use(cache);
  bool changes = true;
  serve([&](const Request&, Response&) {
    if (changes) wait_elsewhere(cache);
  });
  EXPECT_EQ(get().body, "call 1");
  changes = false;
  EXPECT_EQ(get().body, "call 2");
  EXPECT_EQ(get().body, "call 2");
  now += 5s;
  changes = true;  // now there is a response before
  EXPECT_EQ(get().body, "call 3");
  changes = false;
  EXPECT_EQ(get().body, "call 4");
}

TEST_F(ResponseCacheOver, CallsHandlersIfItsStoreFails) {
  serval::testing::FailingStore store;
  ResponseCache cache(options(&store));
  app.use(cache);
  serve();
  app.post("/")([] { return 1; });
  EXPECT_EQ(get().body, "call 1");
  store.fails = true;
  EXPECT_EQ(get().body, "call 2");
  EXPECT_EQ(TestClient(app).post("/").status, 200);
  EXPECT_EQ(cache.failures(), 2U);
  store.fails = false;
  EXPECT_EQ(get().body, "call 1");
}

TEST_F(ResponseCacheOver, KeepsNoResponseThatAnotherProcessHasErasedMeanwhile) {
  serval::testing::FailingStore store;
  ResponseCache other(options(&store));
  app.use(ResponseCache(options(&store)));
  serve([&](const Request&, Response&) {
    if (calls == 1) wait_elsewhere(other);
  });
  EXPECT_EQ(get().body, "call 1");
  EXPECT_EQ(get().body, "call 2");
  EXPECT_EQ(get().body, "call 2");
}

TEST_F(ResponseCacheOver, KeepsAResponseAlthoughAnotherPathIsErasedMeanwhile) {
  ResponseCache cache(options());
  app.use(cache);
  serve([&](const Request&, Response&) { std::thread([&] { wait(cache.erase("/other")); }).join(); });
  EXPECT_EQ(get().body, "call 1");
  EXPECT_EQ(get().body, "call 1");
}

TEST_F(ResponseCacheOver, LeavesTheHandshakesOfAWebSocketOfTheSamePathAlone) {
  app.use(ResponseCache(options()));
  serve();
  app.websocket("/")([](WebSocket& socket) -> Task<void> {
    co_await socket.accept();
    co_await socket.send_text("hi");
  });
  EXPECT_EQ(get().body, "call 1");
  TestClient client(app);
  auto socket = client.websocket("/");
  EXPECT_EQ(socket.receive_text(), "hi");
}

TEST_F(ResponseCacheOver, SharesResponsesWithOtherProcesses) {
  serval::testing::FailingStore store;
  ResponseCache here(options(&store));
  ResponseCache there(options(&store));
  app.use(here);
  serve();
  App other;
  other.use(there);
  other.get("/")([] { return plain_text("of the other process"); });
  EXPECT_EQ(get().body, "call 1");
  EXPECT_EQ(TestClient(other).get("/").body, "call 1");
  wait(there.erase("/"));
  EXPECT_EQ(get().body, "call 2");
}

/// Notes what it is to keep.
class NotingStore final : public serval::testing::FailingStore {
 public:
  std::map<std::string, std::string> values;

  Task<void> set(std::string key, std::string value, std::chrono::milliseconds ttl) override {
    values[key] = value;
    return FailingStore::set(std::move(key), std::move(value), ttl);
  }
  Task<bool> add(std::string key, std::string value, std::chrono::milliseconds ttl) override {
    values[key] = value;
    return FailingStore::add(std::move(key), std::move(value), ttl);
  }
};

TEST_F(ResponseCacheOver, DoesNotBelieveDamagedValuesOfItsStore) {
  NotingStore store;
  app.use(ResponseCache(options(&store)));
  serve();
  static_cast<void>(get());
  ASSERT_EQ(store.values.size(), 2U);  // the names of the fields in `vary` of the path, and the response
  const std::map<std::string, std::string> kept = store.values;
  for (const auto& [key, value] : kept) {
    std::vector<std::string> damaged;
    for (std::size_t size = 0; size < value.size(); ++size) damaged.push_back(value.substr(0, size));
    // The test's time, and that until which a handler may take, in ms.
    const std::size_t time = std::min(value.find("7:3600000"), value.find("7:4200000"));
    ASSERT_NE(time, std::string::npos) << value;
    for (const char* number : {"7:36000x0", "2:-1", "20:-9223372036854775808", "19:9223372036854775807", "0:", ":"})
      damaged.push_back(std::string(value).replace(time, 9, number));
    for (const std::string& bytes : damaged) {
      wait(store.memory.set(key, bytes, 0ms));
      const int before = calls;
      static_cast<void>(get());
      EXPECT_EQ(calls, before + 1) << bytes;
    }
    for (const auto& [each, whole] : kept) wait(store.memory.set(each, whole, 0ms));
  }
}

}  // namespace serval::response_cache_test
