// SPDX-License-Identifier: MIT
// The hooks of middleware: what each may do, and what happens to exceptions that they throw.
#include <serval/handler/make_middleware.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <serval/pool.hpp>
#include <serval/serval.hpp>
#include <serval/stream.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>

#include "tests/unit/app/middleware_support.hpp"

namespace serval::middleware_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using MiddlewareBefore = MiddlewareOf;

TEST_F(MiddlewareBefore, AnswersInThePlaceOfAllThatIsInside) {
  app.use(PlainRecorder{&log, "outer"});
  app.use(Refuse{});
  app.use(PlainRecorder{&log, "inner"});
  app.get("/")([&] {
    log.emplace_back("handler");
    return 1;
  });
  const TestResponse answer = get("/");
  EXPECT_EQ(answer.status, 401);
  EXPECT_EQ(answer.body, "no");
  EXPECT_THAT(log, ElementsAre("outer before", "outer after 401", "inner finished 401", "outer finished 401"));
}

TEST_F(MiddlewareBefore, OfARouteAnswersOnceTheRouteIsKnown) {
  app.use(PlainRecorder{&log, "app"});
  app.get("/", {.middleware = {middleware(Refuse{})}})([] { return 1; });
  app.get("/open")([] { return 1; });
  EXPECT_EQ(get("/").status, 401);
  EXPECT_EQ(get("/open").status, 200);
  EXPECT_EQ(get("/nowhere").status, 404);
}

TEST_F(MiddlewareBefore, OfAMountedApplicationPassesTheAfterOfTheOuterOne) {
  App inner;
  inner.use(Refuse{});
  app.use(PlainRecorder{&log, "outer"});
  app.mount("/inner", inner);
  EXPECT_EQ(get("/inner/x").status, 401);
  EXPECT_THAT(log, ElementsAre("outer before", "outer after 401", "outer finished 401"));
}

struct ThrowBefore {
  void before(Request& request) {
    if (request.path() == "/teapot") throw HttpError(418, "short and stout");
    throw std::runtime_error("on purpose");
  }
};

TEST_F(MiddlewareBefore, MayThrowWhatAHandlerMayThrow) {
  app.use(PlainRecorder{&log, "outer"});
  app.use(ThrowBefore{});
  app.on_error<HttpError>([](const HttpError& error) { return json{{"error", error.status()}}; });
  const TestResponse answer = get("/teapot");
  EXPECT_EQ(answer.status, 418);
  EXPECT_EQ(answer.body, R"({"error":418})");
  EXPECT_EQ(get("/").status, 500);
  EXPECT_THAT(lines.str(), HasSubstr("on purpose"));
  EXPECT_THAT(log, ElementsAre("outer before", "outer after 418", "outer finished 418", "outer before",
                               "outer after 500", "outer finished 500"));
}

struct WantUser {
  void before(Request& request) { request.state<std::string>() = "ann"; }
  void after(const Request& request, Response& response) {
    const auto* name = request.find_state<std::string>();
    response.headers().set("x-user", name != nullptr ? *name : "none");
  }
};

TEST_F(MiddlewareBefore, HandsValuesToTheHandlerAndBack) {
  app.use(WantUser{});
  app.get("/")([](Request& request) { return request.state<std::string>() + "!"; });
  const TestResponse answer = get("/");
  EXPECT_EQ(answer.body, "\"ann!\"");
  EXPECT_EQ(answer.header("x-user"), "ann");
}

TEST_F(MiddlewareBefore, SeesTheOptionsOfTheRouteWhereItIsOne) {
  struct Look {
    Log* log;
    void before(Request& request) { log->push_back(request.route_options() == nullptr ? "none" : "some"); }
    void after(const Request& request, Response&) {
      log->push_back(request.route_options() == nullptr ? "none" : request.route_options()->tags.front());
    }
  };
  app.use(Look{&log});
  app.get("/", {.tags = {"root"}, .middleware = {middleware(Look{&log})}})([] { return 1; });
  get("/");
  EXPECT_THAT(log, ElementsAre("none", "some", "root", "root"));
  log.clear();
  get("/nowhere");
  EXPECT_THAT(log, ElementsAre("none", "none"));
}

using MiddlewareBeforeHandler = MiddlewareOf;

struct FromCache {
  std::optional<Response> before_handler(Request& request) {
    if (request.query_string() == "n=1") return Response(200, "cached", "text/plain");
    return std::nullopt;
  }
};

TEST_F(MiddlewareBeforeHandler, AnswersInTheHandlersPlace) {
  app.use(FromCache{});
  int calls = 0;
  app.get("/")([&](Query<int, "n"> n) {
    ++calls;
    return *n;
  });
  EXPECT_EQ(get("/?n=1").body, "cached");
  EXPECT_EQ(calls, 0);
  EXPECT_EQ(get("/?n=2").body, "2");
}

TEST_F(MiddlewareBeforeHandler, IsNotCalledForWhatIsNotValid) {
  app.use(Recorder{&log, "m"});
  app.get("/")([](Query<int, "n"> n) { return *n; });
  EXPECT_EQ(get("/?n=x").status, 422);
  EXPECT_THAT(log, ElementsAre("m before", "m in", "m after", "m finished"));
}

TEST_F(MiddlewareBeforeHandler, StandsForCoroutinesAndBlockingHandlersToo) {
  app.use(FromCache{});
  app.get("/later")([](Query<int, "n"> n) -> Task<int> { co_return *n; });
  app.get("/blocking", {.blocking = true})([](Query<int, "n"> n) { return *n; });
  app.get("/stream")([](Query<int, "n">, StreamWriter& out) -> Task<void> { co_await out.write("parts"); });
  for (const char* path : {"/later", "/blocking", "/stream"}) EXPECT_EQ(get(path + std::string("?n=1")).body, "cached");
  EXPECT_EQ(get("/stream?n=2").body, "parts");
}

using MiddlewareAround = MiddlewareOf;

TEST_F(MiddlewareAround, MayBeAFunction) {
  app.use([](Request&, Response& response, Next next) -> Task<void> {
    co_await next();
    response.headers().set("x-served-by", "a");
  });
  app.get("/")([] { return 1; });
  EXPECT_EQ(get("/").header("x-served-by"), "a");
  EXPECT_EQ(get("/nowhere").header("x-served-by"), "a");
}

TEST_F(MiddlewareAround, SeesWhatTheHandlerThrowsAndReturnsAsAnError) {
  app.use([&](Request&, Response&, Next next) -> Task<void> {
    try {
      co_await next();
    } catch (const HttpError& error) {
      log.push_back(std::to_string(error.status()));
      throw;
    }
  });
  app.get("/thrown")([]() -> int { throw HttpError(409, "taken"); });
  app.get("/returned")([]() -> Result<int> { return HttpError(409, "taken"); });
  app.get("/later")([]() -> Task<Result<int>> { co_return HttpError(409, "taken"); });
  for (const char* path : {"/thrown", "/returned", "/later"}) {
    EXPECT_EQ(get(path).status, 409);
    EXPECT_EQ(get(path).body, R"({"detail":"taken"})");
  }
  EXPECT_THAT(log, ElementsAre("409", "409", "409", "409", "409", "409"));
}

TEST_F(MiddlewareAround, MayAnswerWithoutCallingWhatIsInside) {
  app.use([](Request&, Response& response, Next) -> Task<void> {
    response.set_status(503);
    co_return;
  });
  app.get("/")([&] {
    log.emplace_back("handler");
    return 1;
  });
  EXPECT_EQ(get("/").status, 503);
  EXPECT_THAT(log, IsEmpty());
}

TEST_F(MiddlewareAround, MayTurnAnExceptionIntoAnAnswer) {
  app.use([](Request&, Response& response, Next next) -> Task<void> {
    try {
      co_await next();
    } catch (const std::runtime_error&) {
      response = plain_text("sorry", 502);
    }
  });
  app.get("/")([]() -> int { throw std::runtime_error("on purpose"); });
  EXPECT_EQ(get("/").status, 502);
  EXPECT_THAT(lines.str(), IsEmpty());
}

TEST_F(MiddlewareAround, CallsWhatIsInsideOnce) {
  app.use([](Request&, Response&, Next next) -> Task<void> {
    co_await next();
    co_await next();
  });
  app.get("/")([&] {
    log.emplace_back("handler");
    return 1;
  });
  EXPECT_EQ(get("/").status, 500);
  EXPECT_THAT(log, ElementsAre("handler"));
  EXPECT_THAT(lines.str(), HasSubstr("next() twice"));
}

TEST_F(MiddlewareAround, OfARouteStandsAroundItsDependencies) {
  app.get("/", {.middleware = {middleware(Recorder{&log, "route"})}})([&](Query<int, "n"> n) {
    log.emplace_back("handler");
    return *n;
  });
  EXPECT_EQ(get("/?n=1").status, 200);
  EXPECT_THAT(log, ElementsAre("route before", "route in", "route before_handler", "handler", "route out",
                               "route after", "route finished"));
}

using MiddlewareAfter = MiddlewareOf;

struct ThrowAfter {
  void after(const Request&, Response&) { throw HttpError(409, "secret"); }
};

TEST_F(MiddlewareAfter, ThatThrowsIsLoggedAndMakesTheAnswerA500) {
  app.use(PlainRecorder{&log, "outer"});
  app.use(ThrowAfter{});
  app.use(PlainRecorder{&log, "inner"});
  app.get("/")([] { return 1; });
  const TestResponse answer = get("/");
  EXPECT_EQ(answer.status, 500);
  EXPECT_THAT(answer.body, ::testing::Not(HasSubstr("secret")));
  EXPECT_THAT(lines.str(), HasSubstr("middleware ThrowAfter: after threw 409: \"secret\""));
  EXPECT_THAT(log, ElementsAre("outer before", "inner before", "inner after 200", "outer after 500",
                               "inner finished 500", "outer finished 500"));
}

TEST_F(MiddlewareAfter, ThatThrowsBeforeAStreamBeginsMakesTheAnswerA500) {
  app.use(ThrowAfter{});
  app.get("/")([](StreamWriter& out) -> Task<void> { co_await out.write("parts"); });
  EXPECT_EQ(get("/").status, 500);
}

struct UnavailableAfter {
  void after(const Request&, Response&) { throw Unavailable("Full", std::chrono::seconds(3)); }
};

TEST_F(MiddlewareAfter, ThatLacksAResourceMakesTheAnswerA503) {
  app.use(PlainRecorder{&log, "outer"});
  app.use(UnavailableAfter{});
  app.get("/")([] { return 1; });
  app.get("/stream")([](StreamWriter& out) -> Task<void> { co_await out.write("parts"); });
  const TestResponse answer = get("/");
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.body, R"({"detail":"Full"})");
  EXPECT_EQ(answer.header("retry-after"), "3");
  EXPECT_THAT(log, ElementsAre("outer before", "outer after 503", "outer finished 503"));
  EXPECT_EQ(lines.str(), "");
  EXPECT_EQ(get("/stream").status, 503);
}

TEST_F(MiddlewareAfter, ChangesTheHeadOfAStream) {
  struct Mark {
    void after(const Request&, Response& response) {
      response.headers().set("x-parts", response.is_in_parts() ? "yes" : "no");
    }
  };
  app.use(Mark{});
  app.get("/stream")([](StreamWriter& out) -> Task<void> { co_await out.write("parts"); });
  app.get("/")([] { return 1; });
  EXPECT_EQ(get("/stream").header("x-parts"), "yes");
  EXPECT_EQ(get("/stream").body, "parts");
  EXPECT_EQ(get("/").header("x-parts"), "no");
}

/// Waits for a pool before the response is sent.
struct AfterAWait {
  std::shared_ptr<Pool> pool = std::make_shared<Pool>(PoolOptions{.threads = 1});
  bool fails = false;

  http::Pending after(const Request& request, Response& response) {
    if (request.path() == "/at-once") return {};
    return http::Pending(wait(response));
  }
  Task<void> wait(Response& response) {
    const std::string value = co_await pool->run([] { return std::string("waited"); });
    if (fails) throw std::runtime_error("on purpose");
    response.headers().set("x-after", value);
  }
};

TEST_F(MiddlewareAfter, MayWait) {
  app.use(PlainRecorder{&log, "outer"});
  app.use(AfterAWait{});
  app.get("/")([] { return 1; });
  app.get("/later")([]() -> Task<int> { co_return 2; });
  app.get("/stream")([](StreamWriter& out) -> Task<void> { co_await out.write("parts"); });
  app.get("/at-once")([] { return 3; });
  for (const char* path : {"/", "/later", "/stream", "/nowhere"}) EXPECT_EQ(get(path).header("x-after"), "waited");
  EXPECT_EQ(get("/at-once").header("x-after"), std::nullopt);
  EXPECT_EQ(log[1], "outer after 200");
}

TEST_F(MiddlewareAfter, ThatThrowsOnceItHasWaitedMakesTheAnswerA500) {
  app.use(AfterAWait{.fails = true});
  app.get("/")([] { return 1; });
  EXPECT_EQ(get("/").status, 500);
  EXPECT_THAT(lines.str(), HasSubstr("on purpose"));
}

using MiddlewareFinished = MiddlewareOf;

struct Keep {
  std::vector<Finished>* all;
  std::vector<std::string>* routes;
  void finished(const Request&, const Finished& how) {
    all->push_back(how);
    routes->emplace_back(how.route);
  }
};

TEST_F(MiddlewareFinished, IsToldHowItEnded) {
  std::vector<Finished> all;
  std::vector<std::string> routes;
  app.use(Keep{&all, &routes});
  app.get("/items/{id}", {.status_code = 201})([](Path<int, "id"> id) { return *id; });
  app.get("/fails")([](StreamWriter& out) -> Task<void> {
    co_await out.write("part");
    throw std::runtime_error("on purpose");
  });
  get("/items/12345");
  get("/nowhere");
  get("/fails");
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].status, 201);
  EXPECT_EQ(all[0].bytes, 5U);
  EXPECT_EQ(all[0].ending, http::Ending::complete);
  EXPECT_GT(all[0].duration.count(), 0);
  EXPECT_EQ(all[1].status, 404);
  EXPECT_EQ(all[2].ending, http::Ending::failed);
  EXPECT_THAT(routes, ElementsAre("/items/{id}", "", "/fails"));
}

TEST_F(MiddlewareFinished, ThatThrowsIsLogged) {
  struct ThrowFinished {
    void finished(const Request&, const Finished&) { throw std::runtime_error("on purpose"); }
  };
  app.use(ThrowFinished{});
  app.use(PlainRecorder{&log, "other"});
  app.get("/")([] { return 1; });
  EXPECT_EQ(get("/").status, 200);
  EXPECT_THAT(lines.str(), HasSubstr("middleware ThrowFinished: finished threw on purpose"));
  EXPECT_THAT(log, ElementsAre("other before", "other after 200", "other finished 200"));
}

TEST(Middleware, MakesNoCoroutineOfASynchronousRoute) {
  Log log;
  App app;
  app.use(PlainRecorder{&log, "a"});
  app.use(FromCache{});
  app.get("/", {.middleware = {middleware(PlainRecorder{&log, "b"})}})([] { return 1; });
  app.prepare();
  http::Exchange exchange;
  static_cast<void>(app.admit(exchange));
  EXPECT_FALSE(app.serve(exchange));
  EXPECT_EQ(exchange.response.body(), "1");
}

TEST(Middleware, IsKnownByTheNameOfItsType) {
  struct Local {
    void before(Request&) {}
  };
  EXPECT_EQ(middleware(Refuse{}).name(), "Refuse");
  EXPECT_EQ(middleware(Local{}).name(), "Local");
  EXPECT_THAT(middleware([](Request&, Response&, Next next) -> Task<void> { co_await next(); }).name(),
              HasSubstr("middleware_test.cpp:"));
}

TEST(Middleware, ThatIsMadeAlreadyIsTakenAsItIs) {
  const routing::Middleware made = middleware(Refuse{});
  EXPECT_EQ(middleware(made).object(), made.object());
}

}  // namespace serval::middleware_test
