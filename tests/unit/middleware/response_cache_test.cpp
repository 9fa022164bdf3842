// SPDX-License-Identifier: MIT
#include <serval/middleware/response_cache.hpp>

#include <string>
#include <vector>

#include <serval/compression.hpp>
#include <serval/security.hpp>

#include "tests/unit/middleware/response_cache_support.hpp"
#include "tests/unit/support/setup_error.hpp"

namespace serval::response_cache_test {

TEST_F(ResponseCacheOver, AnswersWithoutTheHandlerUntilTheTimeIsOver) {
  ResponseCache cache(options());
  app.use(cache);
  serve([](const Request&, Response& response) { response.headers().set("x-made", "once"); });
  const TestResponse first = get();
  EXPECT_EQ(first.body, "call 1");
  EXPECT_FALSE(first.header("age"));
  now += 4'999ms;
  const TestResponse again = get();
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.body, "call 1");
  EXPECT_EQ(again.header("content-type"), "text/plain; charset=utf-8");
  EXPECT_EQ(again.header("x-made"), "once");
  EXPECT_EQ(again.header("age"), "4");
  EXPECT_EQ(cache.hits(), 1U);
  now += 1ms;
  const TestResponse later = get();
  EXPECT_EQ(later.body, "call 2");
  EXPECT_FALSE(later.header("age"));
}

TEST_F(ResponseCacheOver, AnswersOnlyEqualRequests) {
  app.use(ResponseCache(options()));
  serve();
  EXPECT_EQ(get("/?a=1").body, "call 1");
  EXPECT_EQ(get("/?a=2").body, "call 2");
  EXPECT_EQ(get("https://testserver/?a=1").body, "call 3");
  // A client that invents a host fills only the cache of that host.
  EXPECT_EQ(get("/?a=1", {{"host", "evil.example"}}).body, "call 4");
  EXPECT_EQ(get("/?a=1", {{"host", "TESTSERVER"}}).body, "call 1");
  EXPECT_EQ(get("/?a=1").body, "call 1");
}

TEST_F(ResponseCacheOver, KeepsAResponseForEachValueOfTheFieldsInVary) {
  app.use(ResponseCache(options()));
  serve([](const Request& request, Response& response) {
    response.set_body("for " + std::string(request.header("cookie").value_or("nobody")));
    response.add_vary("Cookie");
  });
  EXPECT_EQ(get("/", {{"cookie", "user=ann"}}).body, "for user=ann");
  EXPECT_EQ(get("/", {{"cookie", "user=bob"}}).body, "for user=bob");
  EXPECT_EQ(get("/").body, "for nobody");
  EXPECT_EQ(get("/", {{"cookie", ""}}).body, "for ");
  EXPECT_EQ(calls, 4);
  EXPECT_EQ(get("/", {{"cookie", "user=ann"}}).body, "for user=ann");
  EXPECT_EQ(get("/").body, "for nobody");
  EXPECT_EQ(calls, 4);
}

TEST_F(ResponseCacheOver, KeepsAResponseForEachValueOfTheFieldsThatParametersRead) {
  app.use(ResponseCache(options()));
  Router shop({.prefix = "/shop"});
  shop.get("/{id}")(
      [this](Path<int, "id">, Header<std::string, "x-language"> language, Cookie<std::string, "name"> name) {
        ++calls;
        return *language + " " + *name;
      });
  app.include(shop);
  const TestRequest::Pairs ann{{"x-language", "de"}, {"cookie", "name=ann"}};
  const TestRequest::Pairs bob{{"x-language", "de"}, {"cookie", "name=bob"}};
  const TestRequest::Pairs french{{"x-language", "fr"}, {"cookie", "name=ann"}};
  EXPECT_EQ(get("/shop/1", ann).body, R"("de ann")");
  EXPECT_EQ(get("/shop/1", bob).body, R"("de bob")");
  EXPECT_EQ(get("/shop/1", french).body, R"("fr ann")");
  EXPECT_EQ(get("/shop/1", ann).body, R"("de ann")");
  EXPECT_EQ(calls, 3);
}

TEST_F(ResponseCacheOver, AddsTheFieldsInVaryOfAllResponsesOfAPath) {
  app.use(ResponseCache(options()));
  serve([](const Request& request, Response& response) {
    const bool is_first = request.query_string() == "a=1";
    response.add_vary(is_first ? "X-A" : "X-B");
    response.set_body(std::string(request.header(is_first ? "x-a" : "x-b").value_or("none")));
  });
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(get("/?a=1", {{"x-a", "1"}}).body, "1");
    EXPECT_EQ(get("/?a=2", {{"x-b", "2"}}).body, "2");
    EXPECT_EQ(get("/?a=1", {{"x-a", "3"}}).body, "3");
    EXPECT_EQ(get("/?a=2", {{"x-b", "4"}}).body, "4");
  }
}

TEST_F(ResponseCacheOver, KeepsNothingThatIsForOneClientOrNotToBeKept) {
  using Fields = std::vector<std::pair<std::string, std::string>>;
  const Fields fields = {{"set-cookie", "a=1"},
                         {"cache-control", "private"},
                         {"cache-control", "private=\"x-a, x-b\""},
                         {"cache-control", "max-age=60, no-store"},
                         {"cache-control", "No-Cache"},
                         {"cache-control", "max-age=0"},
                         {"cache-control", "max-age=rubbish"},
                         {"expires", "0"},
                         {"vary", "accept, *"}};
  for (const auto& field : fields) {
    App one;
    one.use(ResponseCache(options()));
    int handled = 0;
    one.get("/")([&](Response& response) {
      response.headers().add(field.first, field.second);
      return ++handled;
    });
    TestClient client(one);
    client.get("/");
    client.get("/");
    EXPECT_EQ(handled, 2) << field.first << ": " << field.second;
  }
}

TEST_F(ResponseCacheOver, KeepsNothingForRequestsWithCredentialsOrABody) {
  app.use(ResponseCache(options()));
  serve();
  EXPECT_EQ(calls_for_two({{"authorization", "Bearer a"}}), 2);
  EXPECT_EQ(calls_for_two({{"cache-control", "no-store"}}), 2);
  EXPECT_EQ(calls_for_two(), 1);
  // Such requests do not get what was kept for others either.
  EXPECT_EQ(calls_for_two({{"authorization", "Bearer a"}}), 2);
  EXPECT_EQ(TestClient(app).get("/", {.body = "a"}).body, "call 8");
  // A client cannot make the handler work.
  EXPECT_EQ(get("/", {{"cache-control", "no-cache"}, {"pragma", "no-cache"}}).body, "call 5");
}

TEST_F(ResponseCacheOver, KeepsOtherStatusesOnlyForATimeThatTheyState) {
  app.use(ResponseCache(options()));
  int status = 404;
  std::string control;
  serve([&](const Request&, Response& response) {
    response.set_status(status);
    if (!control.empty()) response.headers().set("cache-control", control);
  });
  EXPECT_EQ(calls_for_two(), 2);
  control = "max-age=9";
  now += 10s;
  for (status = 500; status <= 503; ++status) EXPECT_EQ(calls_for_two(), 2);
  for (const int other : {206, 302, 401, 403}) {
    status = other;
    EXPECT_EQ(calls_for_two(), 2) << other;
  }
  for (const int other : {203, 204, 300, 301, 308, 404, 410}) {
    status = other;
    now += 10s;
    EXPECT_EQ(calls_for_two(), 1) << other;
    EXPECT_EQ(get().status, other);
  }
}

TEST_F(ResponseCacheOver, PrefersTheTimeThatAResponseStates) {
  app.use(ResponseCache(options()));
  std::string control = "max-age=60";
  serve([&](const Request&, Response& response) { response.headers().set("cache-control", control); });
  EXPECT_EQ(get().body, "call 1");
  now += 59s;
  EXPECT_EQ(get().body, "call 1");
  now += 1s;
  control = "max-age=60, s-maxage=1";
  EXPECT_EQ(get().body, "call 2");
  now += 1s;
  EXPECT_EQ(get().body, "call 3");
}

TEST_F(ResponseCacheOver, IsForResponsesThatStateATimeIfItHasNone) {
  ResponseCacheOptions none = options();
  none.ttl = 0ms;
  app.use(ResponseCache(none));
  std::string control = "public";
  serve([&](const Request&, Response& response) { response.headers().set("cache-control", control); });
  EXPECT_EQ(calls_for_two(), 2);
  control = "max-age=5";
  now += 2s;
  EXPECT_EQ(calls_for_two(), 1);
}

TEST_F(ResponseCacheOver, AnswersHeadFromAGetAndKeepsNothingOfAHead) {
  app.use(ResponseCache(options()));
  serve();
  TestClient client(app);
  EXPECT_EQ(client.head("/").status, 200);
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(client.get("/").body, "call 2");
  const TestResponse head = client.head("/");
  EXPECT_EQ(calls, 2);
  EXPECT_EQ(head.body, "");
  EXPECT_EQ(head.header("content-length"), "6");
  EXPECT_EQ(head.header("age"), "0");
}

TEST_F(ResponseCacheOver, KeepsNeitherStreamsNorFilesNorLargeBodies) {
  ResponseCacheOptions small = options();
  small.max_body_bytes = 10;
  app.use(ResponseCache(small));
  app.get("/stream")([&](StreamWriter& writer) -> Task<void> {
    ++calls;
    co_await writer.write("a");
  });
  app.get("/large")([&] {
    ++calls;
    return plain_text("12345678901");
  });
  for (const char* path : {"/stream", "/stream", "/large", "/large"}) EXPECT_EQ(get(path).status, 200);
  EXPECT_EQ(calls, 4);
}

TEST_F(ResponseCacheOver, ForgetsWhatWasNotUsedIfItHoldsTooMuch) {
  ResponseCacheOptions small = options();
  small.bytes = 20'000;
  app.use(ResponseCache(small));
  serve([](const Request&, Response& response) { response.set_body(std::string(4'000, 'a')); });
  static_cast<void>(get("/?n=0"));
  for (int n = 1; n < 10; ++n) {
    static_cast<void>(get("/?n=" + std::to_string(n)));
    static_cast<void>(get("/?n=0"));
  }
  EXPECT_EQ(calls, 10);
  static_cast<void>(get("/?n=1"));
  EXPECT_EQ(calls, 11);
}

TEST_F(ResponseCacheOver, ServesRoutersRoutesAndMountsLikeApplications) {
  const ResponseCache cache(options());
  Router router({.prefix = "/router", .middleware = {middleware(cache)}});
  const auto count = [&] { return ++calls; };
  router.get("/a")(count);
  App inner;
  inner.get("/a")(count);
  App outer;
  outer.use(cache);
  outer.mount("/sub", inner);
  outer.mount("/other", inner);
  app.include(router);
  app.get("/route", {.middleware = {middleware(cache)}})(count);
  app.get("/bare")(count);
  EXPECT_EQ(get("/router/a").body, "1");
  EXPECT_EQ(get("/router/a").body, "1");
  EXPECT_EQ(get("/route").body, "2");
  EXPECT_EQ(get("/route").body, "2");
  EXPECT_EQ(get("/bare").body, "3");
  EXPECT_EQ(get("/bare").body, "4");
  TestClient client(outer);
  EXPECT_EQ(client.get("/sub/a").body, "5");
  EXPECT_EQ(client.get("/sub/a").body, "5");
  EXPECT_EQ(client.get("/other/a").body, "6");
}

TEST_F(ResponseCacheOver, StandsForCoroutinesAndBlockingHandlers) {
  app.use(ResponseCache(options()));
  app.get("/later")([&]() -> Task<int> { co_return ++calls; });
  app.get("/blocking", {.blocking = true})([&] { return ++calls; });
  EXPECT_EQ(get("/later").body, "1");
  EXPECT_EQ(get("/later").body, "1");
  EXPECT_EQ(get("/blocking").body, "2");
  EXPECT_EQ(get("/blocking").body, "2");
}

TEST_F(ResponseCacheOver, IsInsideOfEntityTagsAndCompression) {
  app.use(Compression());
  app.use(Conditional());
  app.use(ResponseCache(options()));
  serve([](const Request&, Response& response) { response.set_body(std::string(5'000, 'a')); });
  const TestResponse packed = get("/", {{"accept-encoding", "gzip"}});
  EXPECT_EQ(packed.header("content-encoding"), "gzip");
  const TestResponse plain = get();
  EXPECT_FALSE(plain.header("content-encoding"));
  EXPECT_EQ(plain.body.size(), 5'000U);
  const std::string tag(plain.header("etag").value_or(""));
  EXPECT_EQ(get("/", {{"if-none-match", tag}}).status, 304);
  EXPECT_EQ(get("/", {{"accept-encoding", "gzip"}, {"if-none-match", tag}}).status, 304);
  EXPECT_EQ(get("/", {{"accept-encoding", "gzip"}}).header("content-encoding"), "gzip");
  EXPECT_EQ(calls, 1);
}

TEST(ResponseCacheOptions, AreChecked) {
  EXPECT_EQ(error_of([] { ResponseCache cache({.ttl = -1ms}); }),
            "ResponseCache: ttl is -1 ms; it must be from 0 to 100 years");
  EXPECT_EQ(error_of([] { ResponseCache cache({.stale = -1ms}); }),
            "ResponseCache: stale is -1 ms; it must be from 0 to 100 years");
  EXPECT_EQ(error_of([] { ResponseCache cache({.wait = -1ms}); }),
            "ResponseCache: wait is -1 ms; it must be from 0 to 100 years");
  EXPECT_EQ(error_of([] { ResponseCache cache({.bytes = 0}); }),
            "ResponseCache: bytes and max_body_bytes must be 1 or more");
  EXPECT_EQ(error_of([] { ResponseCache cache({.max_body_bytes = 0}); }),
            "ResponseCache: bytes and max_body_bytes must be 1 or more");
}

}  // namespace serval::response_cache_test
