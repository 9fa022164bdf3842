// SPDX-License-Identifier: MIT
#include <serval/middleware/idempotency.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include <serval/files.hpp>
#include <serval/security.hpp>

#include "tests/unit/middleware/response_cache_support.hpp"
#include "tests/unit/support/failing_store.hpp"
#include "tests/unit/support/setup_error.hpp"

namespace serval::idempotency_test {

using namespace std::chrono_literals;

class IdempotencyOver : public ::testing::Test {
 protected:
  [[nodiscard]] IdempotencyOptions options(Store* store = nullptr) {
    IdempotencyOptions made;
    made.store = store;
    made.clock = [this] { return now; };
    return made;
  }
  /// A handler for POST /pay that counts its calls.
  void serve() {
    app.post("/pay")([this](Request& request) {
      ++calls;
      if (fails) throw std::runtime_error("the bank is down");
      Response response(status, "payment " + std::to_string(calls), "text/plain");
      response.headers().set("location", "/payments/" + std::to_string(calls));
      if (request.body() == "cookie") response.set_cookie("a", "1");
      return response;
    });
  }
  [[nodiscard]] TestResponse pay(const std::string& key, TestRequest request = {}) {
    if (!key.empty()) request.headers.emplace_back("idempotency-key", key);
    return TestClient(app).post("/pay", request);
  }

  std::chrono::nanoseconds now{1h};
  int calls = 0;
  int status = 201;
  bool fails = false;
  App app;
};

TEST_F(IdempotencyOver, RepeatsTheResponseWithoutTheHandler) {
  app.use(Idempotency(options()));
  serve();
  const TestResponse first = pay("a", {.body = "cookie"});
  EXPECT_EQ(first.status, 201);
  EXPECT_FALSE(first.header("idempotency-replayed"));
  const TestResponse again = pay("\"a\"", {.body = "cookie"});  // the same key, quoted
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.body, "payment 1");
  EXPECT_EQ(again.header("content-type"), "text/plain; charset=utf-8");
  EXPECT_EQ(again.header("location"), "/payments/1");
  EXPECT_EQ(again.header("set-cookie"), first.header("set-cookie"));
  EXPECT_EQ(again.header("idempotency-replayed"), "true");
  EXPECT_EQ(pay("b").body, "payment 2");
  EXPECT_EQ(calls, 2);
}

TEST_F(IdempotencyOver, DoesNothingForRequestsWithoutAKeyUnlessItIsRequired) {
  app.use(Idempotency(options()));
  serve();
  EXPECT_EQ(pay("").body, "payment 1");
  EXPECT_EQ(pay("").body, "payment 2");
  App strict;
  IdempotencyOptions required = options();
  required.required = true;
  strict.post("/pay", {.middleware = {middleware(Idempotency(required))}})([] { return 1; });
  strict.get("/pay", {.middleware = {middleware(Idempotency(required))}})([] { return 1; });
  const TestResponse refused = TestClient(strict).post("/pay");
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(refused.body, R"({"detail":"The Idempotency-Key is missing"})");
  EXPECT_EQ(TestClient(strict).get("/pay").status, 200);
}

TEST_F(IdempotencyOver, RefusesMalformedKeys) {
  app.use(Idempotency(options()));
  serve();
  EXPECT_EQ(pay("a b").status, 400);
  EXPECT_EQ(pay(std::string(256, 'a')).status, 400);
  EXPECT_EQ(pay("a", {.headers = {{"idempotency-key", "b"}}}).status, 400);
  EXPECT_EQ(calls, 0);
}

TEST_F(IdempotencyOver, AppliesToPostAndPatchOrTheMethodsOfItsOptions) {
  app.use(Idempotency(options()));
  const auto count = [this] { return ++calls; };
  app.put("/a")(count);
  app.patch("/a")(count);
  TestClient client(app);
  const TestRequest keyed{.headers = {{"idempotency-key", "a"}}};
  EXPECT_EQ(client.put("/a", keyed).body, "1");
  EXPECT_EQ(client.put("/a", keyed).body, "2");
  EXPECT_EQ(client.patch("/a", keyed).body, "3");
  EXPECT_EQ(client.patch("/a", keyed).body, "3");
  App other;
  IdempotencyOptions of_put = options();
  of_put.methods = {http::Method::put};
  other.put("/a", {.middleware = {middleware(Idempotency(of_put))}})(count);
  TestClient to_other(other);
  EXPECT_EQ(to_other.put("/a", keyed).body, "4");
  EXPECT_EQ(to_other.put("/a", keyed).body, "4");
}

TEST_F(IdempotencyOver, RefusesAKeyOfAnotherRequest) {
  app.use(Idempotency(options()));
  serve();
  EXPECT_EQ(pay("a", {.body = "10"}).status, 201);
  EXPECT_EQ(pay("a", {.body = "11"}).status, 422);
  EXPECT_EQ(pay("a", {.query = {{"n", "1"}}, .body = "10"}).status, 422);
  EXPECT_EQ(pay("a", {.body = "10"}).status, 201);
  EXPECT_EQ(calls, 1);
}

TEST_F(IdempotencyOver, KeepsTheKeysOfSendersMethodsAndPathsApart) {
  app.use(Idempotency(options()));
  serve();
  app.patch("/pay")([this] { return plain_text("payment " + std::to_string(++calls)); });
  app.post("/other")([this] { return plain_text("payment " + std::to_string(++calls)); });
  EXPECT_EQ(pay("a", {.headers = {{"authorization", "Bearer ann"}}}).body, "payment 1");
  EXPECT_EQ(pay("a", {.headers = {{"authorization", "Bearer bob"}}}).body, "payment 2");
  EXPECT_EQ(pay("a", {.headers = {{"cookie", "session=ann"}}}).body, "payment 3");
  EXPECT_EQ(pay("a", {.headers = {{"cookie", "session=bob"}}}).body, "payment 4");
  EXPECT_EQ(pay("a").body, "payment 5");
  TestClient client(app);
  const TestRequest keyed{.headers = {{"idempotency-key", "a"}}};
  EXPECT_EQ(client.patch("/pay", keyed).body, "payment 6");
  EXPECT_EQ(client.post("/other", keyed).body, "payment 7");
  EXPECT_EQ(pay("a", {.headers = {{"authorization", "Bearer ann"}}}).body, "payment 1");
}

TEST_F(IdempotencyOver, KnowsSendersByItsOption) {
  IdempotencyOptions by_key = options();
  by_key.principal = [](const Request& request) { return std::string(request.header("x-api-key").value_or("")); };
  app.use(Idempotency(by_key));
  serve();
  EXPECT_EQ(pay("a", {.headers = {{"x-api-key", "ann"}, {"authorization", "1"}}}).body, "payment 1");
  EXPECT_EQ(pay("a", {.headers = {{"x-api-key", "ann"}, {"authorization", "2"}}}).body, "payment 1");
  EXPECT_EQ(pay("a", {.headers = {{"x-api-key", "bob"}, {"authorization", "1"}}}).body, "payment 2");
}

TEST_F(IdempotencyOver, RepeatsRefusalsOfTheHandlerButNotWhatInvitesARetry) {
  app.use(Idempotency(options()));
  serve();
  status = 409;
  EXPECT_EQ(pay("a").status, 409);
  EXPECT_EQ(pay("a").header("idempotency-replayed"), "true");
  for (const int temporary : {500, 503, 408, 425, 429}) {
    const std::string key = "temporary " + std::to_string(temporary);
    const std::string quoted = "k" + std::to_string(temporary);
    status = temporary;
    EXPECT_EQ(pay(quoted, {.body = "a"}).status, temporary) << key;
    status = 201;
    EXPECT_EQ(pay(quoted, {.body = "b"}).status, 201) << key;
  }
  fails = true;
  EXPECT_EQ(pay("thrown").status, 500);
  fails = false;
  EXPECT_EQ(pay("thrown").status, 201);
}

TEST_F(IdempotencyOver, RepeatsErrorsAsTheApplicationWritesThem) {
  app.use(Idempotency(options()));
  app.post("/pay")([this]() -> json {
    ++calls;
    throw HttpError(402, "No money", {{"x-reason", "empty"}});
  });
  const TestResponse first = pay("a");
  const TestResponse again = pay("a");
  EXPECT_EQ(again.status, 402);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(again.header("x-reason"), "empty");
  EXPECT_EQ(calls, 1);
}

TEST_F(IdempotencyOver, FreesTheKeyIfArgumentsAreInvalid) {
  app.use(Idempotency(options()));
  app.post("/pay")([this](Query<int, "n">) { return ++calls; });
  EXPECT_EQ(pay("a", {.query = {{"n", "x"}}}).status, 422);
  EXPECT_EQ(pay("a", {.query = {{"n", "1"}}}).body, "1");
  EXPECT_EQ(pay("a", {.query = {{"n", "1"}}}).body, "1");
}

void refuse() { throw HttpError(403, "No"); }

TEST_F(IdempotencyOver, ChecksTheClientFirst) {
  IdempotencyOptions required = options();
  required.required = true;
  app.use(Idempotency(required));
  app.post("/pay", {.dependencies = {depends<refuse>}})([] { return 1; });
  EXPECT_EQ(pay("").status, 403);
  EXPECT_EQ(pay("a").status, 403);
}

TEST_F(IdempotencyOver, ForgetsAfterItsTime) {
  IdempotencyOptions short_time = options();
  short_time.keep = 10s;
  app.use(Idempotency(short_time));
  serve();
  EXPECT_EQ(pay("a").body, "payment 1");
  now += 9'999ms;
  EXPECT_EQ(pay("a").body, "payment 1");
  now += 1ms;
  EXPECT_EQ(pay("a").body, "payment 2");
}

TEST_F(IdempotencyOver, DoesNotCallTheHandlerAgainForAResponseThatItDidNotKeep) {
  IdempotencyOptions small = options();
  small.max_body_bytes = 8;
  app.use(Idempotency(small));
  serve();
  app.post("/stream")([this](StreamWriter& writer) -> Task<void> {
    ++calls;
    co_await writer.write("part");
  });
  EXPECT_EQ(pay("a").status, 201);
  const TestResponse again = pay("a");
  EXPECT_EQ(again.status, 409);
  EXPECT_FALSE(again.header("retry-after"));
  TestClient client(app);
  const TestRequest keyed{.headers = {{"idempotency-key", "a"}}};
  EXPECT_EQ(client.post("/stream", keyed).body, "part");
  EXPECT_EQ(client.post("/stream", keyed).status, 409);
  EXPECT_EQ(calls, 2);
}

const ApiKeyHeader api_key({.name = "X-Key"});

TEST_F(IdempotencyOver, TellsSendersByTheCredentialsThatTheRouteAsksFor) {
  app.use(Idempotency(options()));
  app.post("/pay")([this](Depends<&api_key> sender) { return *sender + " " + std::to_string(++calls); });
  EXPECT_EQ(pay("a", {.headers = {{"x-key", "ann"}}}).body, R"("ann 1")");
  EXPECT_EQ(pay("a", {.headers = {{"x-key", "bob"}}}).body, R"("bob 2")");
  EXPECT_EQ(pay("a", {.headers = {{"x-key", "bob"}, {"cookie", "a=1"}}}).body, R"("bob 3")");
  EXPECT_EQ(pay("a", {.headers = {{"x-key", "ann"}}}).body, R"("ann 1")");
}

TEST_F(IdempotencyOver, TellsHostsApart) {
  app.use(Idempotency(options()));
  serve();
  EXPECT_EQ(pay("a", {.headers = {{"host", "a.example"}}}).body, "payment 1");
  EXPECT_EQ(pay("a", {.headers = {{"host", "b.example"}}}).body, "payment 2");
}

TEST_F(IdempotencyOver, ProcessesNothingWithAKeyWhileItsStoreFails) {
  serval::testing::FailingStore store;
  Idempotency keys(options(&store));
  app.use(keys);
  serve();
  store.fails = true;
  const TestResponse refused = pay("a");
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.header("retry-after"), "1");
  EXPECT_EQ(calls, 0);
  EXPECT_EQ(pay("").status, 201);
  EXPECT_EQ(keys.failures(), 1U);
  store.fails = false;
  EXPECT_EQ(pay("a").body, "payment 2");
}

TEST_F(IdempotencyOver, KeepsAResponseLaterIfItsStoreFailsAfterTheHandler) {
  serval::testing::FailingStore store;
  app.use(Idempotency(options(&store)));
  app.post("/pay")([&] {
    store.fails = ++calls == 1;
    return calls;
  });
  EXPECT_EQ(pay("a").body, "1");
  EXPECT_EQ(pay("a").status, 503);  // still
  store.fails = false;
  const TestResponse again = pay("a");
  EXPECT_EQ(again.body, "1");
  EXPECT_EQ(again.header("idempotency-replayed"), "true");
}

TEST_F(IdempotencyOver, ProcessesOtherRequestsIfItsStoreRefusesARecord) {
  MemoryStoreOptions small;
  small.max_bytes = 32 * 1024;
  MemoryStore store(small);  // refuses larger values
  Idempotency keys(options(&store));
  app.use(keys);
  app.post("/pay")([this](Query<int, "size"> size) {
    return plain_text(std::string(static_cast<std::size_t>(*size), 'a') + std::to_string(++calls));
  });
  EXPECT_EQ(pay("large", {.query = {{"size", "60000"}}}).status, 200);
  EXPECT_EQ(keys.failures(), 1U);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(pay("small", {.query = {{"size", "0"}}}).body, "2");
}

TEST_F(IdempotencyOver, KeepsTheKeyOfAFailedProcessTakenForATime) {
  serval::testing::FailingStore store;
  IdempotencyOptions shared = options(&store);
  shared.running = 60s;
  App failed;
  failed.use(Idempotency(shared));
  failed.post("/pay")([&] {
    store.fails = ++calls == 1;
    return 1;
  });
  EXPECT_EQ(TestClient(failed).post("/pay", {.headers = {{"idempotency-key", "a"}}}).status, 200);
  store.fails = false;
  app.use(Idempotency(shared));
  serve();
  const TestResponse early = pay("a");
  EXPECT_EQ(early.status, 409);
  EXPECT_EQ(early.header("retry-after"), "1");
  now += 60s;
  EXPECT_EQ(pay("a").body, "payment 2");
}

TEST_F(IdempotencyOver, TakesAKeyOnceForTwoOnOneStore) {
  MemoryStore store;
  app.use(Idempotency(options(&store)));
  app.post("/pay", {.middleware = {middleware(Idempotency(options(&store)))}})([this] { return ++calls; });
  EXPECT_EQ(pay("a").body, "1");
  EXPECT_EQ(pay("a").body, "1");
}

TEST_F(IdempotencyOver, StandsInTheDocument) {
  IdempotencyOptions required = options();
  required.required = true;
  app.post("/pay", {.middleware = {middleware(Idempotency(required))}})([](Query<int, "n">) { return 1; });
  app.get("/pay", {.middleware = {middleware(Idempotency(options()))}})([] { return 1; });
  EXPECT_FALSE(app.openapi()["paths"]["/pay"]["get"].contains("parameters"));
  const json parameters = app.openapi()["paths"]["/pay"]["post"]["parameters"];
  ASSERT_EQ(parameters.size(), 2U);
  EXPECT_EQ(parameters[0]["name"], "n");
  EXPECT_EQ(parameters[1]["name"], "Idempotency-Key");
  EXPECT_EQ(parameters[1]["in"], "header");
  EXPECT_EQ(parameters[1]["required"], true);
  app.use(Idempotency(options()));  // the document is made again
  EXPECT_EQ(app.openapi()["paths"]["/pay"]["post"]["parameters"].size(), 2U);
}

TEST_F(IdempotencyOver, DoesNotStartIfItAppliesToNoRoute) {
  const auto start = [](App& made) { return error_of([&] { static_cast<void>(TestClient(made).get("/")); }); };
  app.put("/a", {.middleware = {middleware(Idempotency(options()))}})([] {});
  EXPECT_EQ(start(app),
            "Idempotency applies to POST, PATCH, but serves no such route, only PUT /a: set "
            "IdempotencyOptions::methods");
  App read;
  read.use(Idempotency(options()));
  read.get("/a")([] { return 1; });
  EXPECT_EQ(TestClient(read).get("/a").status, 200);
}

TEST_F(IdempotencyOver, SharesKeysWithOtherProcessesAndHidesCredentialsFromTheStore) {
  serval::testing::FailingStore store;
  app.use(Idempotency(options(&store)));
  serve();
  App other;
  other.use(Idempotency(options(&store)));
  other.post("/pay")([] { return plain_text("of the other process"); });
  const TestRequest request{.headers = {{"idempotency-key", "a"}, {"authorization", "Bearer secret-token"}}};
  EXPECT_EQ(TestClient(app).post("/pay", request).body, "payment 1");
  EXPECT_EQ(TestClient(other).post("/pay", request).body, "payment 1");
}

TEST_F(IdempotencyOver, IsForCoroutinesAndBlockingHandlers) {
  app.use(Idempotency(options()));
  app.post("/later")([this](Query<int, "n"> n) -> Task<int> { co_return *n + ++calls; });
  app.post("/blocking", {.blocking = true})([this] { return ++calls; });
  TestClient client(app);
  const TestRequest keyed{.headers = {{"idempotency-key", "a"}}};
  EXPECT_EQ(client.post("/later?n=10", keyed).body, "11");
  EXPECT_EQ(client.post("/later?n=10", keyed).body, "11");
  EXPECT_EQ(client.post("/blocking", keyed).body, "2");
  EXPECT_EQ(client.post("/blocking", keyed).body, "2");
}

TEST(IdempotencyOptions, AreChecked) {
  EXPECT_EQ(error_of([] { Idempotency keys({.keep = 999ms}); }), "Idempotency: keep must be 1 s or more");
  EXPECT_EQ(error_of([] { Idempotency keys({.running = 0ms}); }), "Idempotency: running must be 1 s or more");
  EXPECT_EQ(error_of([] { Idempotency keys({.methods = {}}); }), "Idempotency: methods must name a method");
  EXPECT_EQ(error_of([] { Idempotency keys({.bytes = 0}); }), "Idempotency: bytes must be 1 or more");
  EXPECT_EQ(error_of([] { Idempotency keys({.max_body_bytes = 1024, .bytes = 32 * 1024 - 1}); }),
            "Idempotency: bytes must be at least 32 times max_body_bytes");
}

}  // namespace serval::idempotency_test
