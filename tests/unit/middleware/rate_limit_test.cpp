// SPDX-License-Identifier: MIT
#include <serval/middleware/rate_limit.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <utility>

#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/stream.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>

#include "tests/unit/middleware/two_a_minute.hpp"
#include "tests/unit/support/setup_error.hpp"

namespace serval::rate_limit_test {

using namespace std::chrono_literals;

class RateLimitOver : public ::testing::Test {
 protected:
  TestResponse get(const std::string& path, const char* client = "192.0.2.1", TestRequest request = {}) {
    return TestClient(app, {.client = {client, 1}}).get(path, std::move(request));
  }
  App app;
};

TEST_F(RateLimitOver, RefusesRequestsBeyondTheLimit) {
  app.use(RateLimit(two()));
  app.get("/")([] { return 1; });
  EXPECT_EQ(get("/").status, 200);
  EXPECT_EQ(get("/").status, 200);
  const TestResponse refused = get("/");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.header("retry-after"), "30");
  EXPECT_EQ(refused.header("ratelimit-policy"), R"("default";q=2;w=60)");
  EXPECT_EQ(refused.header("ratelimit"), R"("default";r=0;t=30)");
  test_time += 30s;
  EXPECT_EQ(get("/").status, 200);
}

TEST_F(RateLimitOver, TellsEveryResponseWhatRemains) {
  app.use(RateLimit(two({.burst = 9})));
  app.get("/")([] { return 1; });
  app.get("/error")([]() -> int { throw HttpError(409); });
  app.get("/stream")([](StreamWriter& writer) -> Task<void> { co_await writer.write("a"); });
  int remaining = 9;
  for (const char* path : {"/", "/error", "/none", "/stream", "/docs"}) {
    const TestResponse answer = get(path);
    EXPECT_EQ(answer.header("ratelimit-policy"), R"("default";q=2;w=60)") << path;
    EXPECT_EQ(answer.header("ratelimit"), "\"default\";r=" + std::to_string(--remaining) + ";t=30") << path;
  }
}

TEST_F(RateLimitOver, CountsClientsByTheirNetwork) {
  app.use(RateLimit(two()));
  app.get("/")([] { return 1; });
  EXPECT_EQ(get("/", "2001:db8::1").status, 200);
  EXPECT_EQ(get("/", "2001:db8::2").status, 200);
  EXPECT_EQ(get("/", "2001:db8::3").status, 429);
  EXPECT_EQ(get("/", "2001:db8:1::1").status, 200);
  EXPECT_EQ(get("/", "192.0.2.1").status, 200);
  EXPECT_EQ(get("/", "::ffff:192.0.2.1").status, 200);
  EXPECT_EQ(get("/", "192.0.2.1").status, 429);
}

TEST_F(RateLimitOver, HasProblemDetailsOfTheRegisteredType) {
  App problems({.error_format = http::ErrorFormat::problem_details});
  problems.use(RateLimit(two({.name = "hourly"})));
  TestClient client(problems);
  for (int i = 0; i < 2; ++i) EXPECT_EQ(client.get("/none").status, 404);
  const TestResponse refused = client.get("/none");
  EXPECT_EQ(refused.header("content-type"), "application/problem+json");
  EXPECT_EQ(refused.json()["type"], "https://iana.org/assignments/http-problem-types#quota-exceeded");
  EXPECT_EQ(refused.json()["status"], 429);
  EXPECT_EQ(refused.json()["violated-policies"], json::array({"hourly"}));
}

TEST_F(RateLimitOver, IsAnErrorThatTheProgramCanReplace) {
  app.use(RateLimit(two()));
  app.on_status(429, [](const HttpError&) { return plain_text("slower"); });
  for (int i = 0; i < 2; ++i) get("/");
  const TestResponse refused = get("/");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.body, "slower");
  EXPECT_EQ(refused.header("retry-after"), "30");
}

TEST_F(RateLimitOver, CountsARouteBesidesTheApplication) {
  app.use(RateLimit(two({.burst = 4})));
  app.get("/login", {.middleware = {middleware(RateLimit(two({.name = "login"})))}})([] { return 1; });
  app.get("/")([] { return 1; });
  const TestResponse answer = get("/login");
  EXPECT_EQ(answer.headers.get_all("ratelimit"),
            (std::vector<std::string_view>{R"("login";r=1;t=30)", R"("default";r=3;t=30)"}));
  EXPECT_EQ(get("/login").status, 200);
  const TestResponse refused = get("/login");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.json()["detail"]["violated-policies"], json::array({"login"}));
  EXPECT_EQ(get("/").status, 200);
  EXPECT_EQ(get("/").json()["detail"]["violated-policies"], json::array({"default"}));
}

TEST_F(RateLimitOver, OfARouterCountsItsRoutesTogether) {
  Router router({.middleware = {middleware(RateLimit(two()))}});
  router.get("/a")([] { return 1; });
  router.get("/b")([] { return 1; });
  app.include(router);
  app.get("/c")([] { return 1; });
  EXPECT_EQ(get("/a").status, 200);
  EXPECT_EQ(get("/b").status, 200);
  EXPECT_EQ(get("/a").status, 429);
  EXPECT_EQ(get("/c").status, 200);
}

TEST_F(RateLimitOver, OfAMountedApplicationLimitsOnlyThat) {
  App inner;
  inner.use(RateLimit(two()));
  inner.get("/")([] { return 1; });
  app.mount("/inner", inner);
  app.get("/")([] { return 1; });
  for (int i = 0; i < 2; ++i) EXPECT_EQ(get("/inner/").status, 200);
  EXPECT_EQ(get("/inner/").status, 429);
  EXPECT_FALSE(get("/").header("ratelimit"));
}

TEST_F(RateLimitOver, TakesAKeyOfTheProgram) {
  app.use(RateLimit(two({.key = [](const Request& request) -> std::optional<std::string> {
    if (request.raw_path() == "/health") return std::nullopt;
    return std::string(request.header("x-tenant").value_or("none"));
  }})));
  app.get("/health")([] { return 1; });
  app.get("/")([] { return 1; });
  for (int i = 0; i < 2; ++i) EXPECT_EQ(get("/", "a", {.headers = {{"x-tenant", "t"}}}).status, 200);
  EXPECT_EQ(get("/", "b", {.headers = {{"x-tenant", "t"}}}).status, 429);
  EXPECT_EQ(get("/", "b", {.headers = {{"x-tenant", "u"}}}).status, 200);
  for (int i = 0; i < 5; ++i) {
    const TestResponse answer = get("/health");
    EXPECT_EQ(answer.status, 200);
    EXPECT_FALSE(answer.header("ratelimit"));
  }
}

TEST_F(RateLimitOver, AddsTheOlderFieldsOnRequest) {
  app.use(RateLimit(two({.legacy = true})));
  const TestResponse answer = get("/");
  EXPECT_EQ(answer.header("x-ratelimit-limit"), "2");
  EXPECT_EQ(answer.header("x-ratelimit-remaining"), "1");
  EXPECT_EQ(answer.header("x-ratelimit-reset"), "30");
}

TEST_F(RateLimitOver, IsInsideOfCorsSoThatPagesCanReadARefusal) {
  app.use(RateLimit(two()));
  app.use(Cors({.allow_origins = {"https://shop.example"}}));
  app.get("/")([] { return 1; });
  for (int i = 0; i < 2; ++i) get("/");
  const TestResponse refused = get("/", "192.0.2.1", {.headers = {{"origin", "https://shop.example"}}});
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.header("access-control-allow-origin"), "https://shop.example");
}

struct User {
  std::string name;
};
User current_user(Header<std::string, "x-user"> name) { return {*name}; }
void limit_user(Depends<current_user> user, State<RateLimiter> limiter, Response& response) {
  limiter->require(user->name, response);
}

TEST_F(RateLimitOver, LimitsUsersInADependency) {
  app.provide(RateLimiter(two({.name = "user"})));
  app.get("/", {.dependencies = {depends<limit_user>}})([] { return 1; });
  const TestRequest ann{.headers = {{"x-user", "ann"}}};
  EXPECT_EQ(get("/", "a", ann).header("ratelimit"), R"("user";r=1;t=30)");
  EXPECT_EQ(get("/", "b", ann).status, 200);
  const TestResponse refused = get("/", "c", ann);
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.header("retry-after"), "30");
  EXPECT_EQ(refused.header("ratelimit-policy"), R"("user";q=2;w=60)");
  EXPECT_EQ(refused.header("ratelimit"), R"("user";r=0;t=30)");
  EXPECT_EQ(get("/", "c", {.headers = {{"x-user", "bob"}}}).status, 200);
}

TEST(RateLimitWithoutLimit, IsASetupErrorThatNamesTheType) {
  EXPECT_EQ(error_of([] { RateLimit({}); }), "RateLimit needs a limit: RateLimit({.limit = 100, .window = 60s})");
  EXPECT_EQ(error_of([] { RateLimiter({}); }), "RateLimiter needs a limit: RateLimiter({.limit = 100, .window = 60s})");
}

TEST(RateLimiter, SharesTheCountsOfItsCopies) {
  RateLimiter limiter(two());
  RateLimiter copy = limiter;
  EXPECT_EQ(limiter.take("a").remaining, 1U);
  EXPECT_EQ(copy.take("a").remaining, 0U);
  EXPECT_FALSE(limiter.take("a").is_allowed);
}

}  // namespace serval::rate_limit_test
