// SPDX-License-Identifier: MIT
// `finish` of a dependency's value: when it runs, what it is told, what happens to exceptions that it throws.
#include <serval/params/depends.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <exception>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <serval/base/log.hpp>
#include <serval/serval.hpp>
#include <serval/stream.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/log.hpp"
#include "tests/unit/support/outcome_text.hpp"
#include "tests/wire/support/waiting.hpp"

namespace serval::depends_finish_test {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::text_of;
using testing::wait;

/// What happened, in order. Only the thread of the test adds events.
std::vector<std::string> events;
/// The name of the value whose `finish` throws, and the exception.
std::string failing;
std::exception_ptr failure;

void note(std::string event) { events.push_back(std::move(event)); }

struct Named {
  std::string name;
  explicit Named(std::string of) : name(std::move(of)) {}
  Named(const Named&) = delete;
  Named& operator=(const Named&) = delete;
  ~Named() { note("~" + name); }
  void finish_as(const Outcome& outcome) const {
    note(name + " " + text_of(outcome));
    if (name == failing) std::rethrow_exception(failure);
  }
};
struct Plain : Named {
  using Named::Named;
  void finish(const Outcome& outcome) { finish_as(outcome); }
};
struct Waiting : Named {
  using Named::Named;
  Task<void> finish(const Outcome& outcome) {
    co_await wait(1ms);
    finish_as(outcome);
  }
};

Plain outer() { return Plain("outer"); }
Plain inner(Depends<outer, until_answer>) { return Plain("inner"); }
Waiting slow() { return Waiting("slow"); }

using Outer = Depends<outer, until_answer>;
using Inner = Depends<inner, until_answer>;
using Slow = Depends<slow, until_answer>;

class DependsFinish : public ::testing::Test {
 protected:
  void SetUp() override {
    events.clear();
    failing.clear();
    failure = nullptr;
  }
  static void let_fail(std::string name, std::exception_ptr with) {
    failing = std::move(name);
    failure = std::move(with);
  }
};

// --- When it runs --------------------------------------------------------------------------------

/// Records when the response is about to be sent, and when it was sent.
struct Witness {
  void after(const Request&, Response& response) { note("answer " + std::to_string(response.status())); }
  void finished(const Request&, const Finished& how) { note("finished " + text_of(how.outcome)); }
};

TEST_F(DependsFinish, RunsBeforeTheAnswerLeavesWithUntilAnswer) {
  App app;
  app.use(Witness{});
  app.post("/", {.status_code = 201})([](Outer, BackgroundTasks& background) {
    background.add([] { note("background"); });
    note("handler");
  });
  EXPECT_EQ(TestClient(app).post("/").status, 201);
  EXPECT_THAT(events, ElementsAre("handler", "outer success 201", "~outer", "answer 201", "finished success 201",
                                  "background"));
}

TEST_F(DependsFinish, RunsAfterTheAnswerWasSentWithoutUntilAnswer) {
  App app;
  app.use(Witness{});
  app.get("/")([](Depends<outer>, BackgroundTasks& background) { background.add([] { note("background"); }); });
  app.get("/slow")([](Depends<slow>) {});
  TestClient client{app};
  EXPECT_EQ(client.get("/").status, 200);
  EXPECT_THAT(events, ElementsAre("answer 200", "finished success 200", "background", "outer success 200", "~outer"));
  events.clear();
  EXPECT_EQ(client.get("/slow").status, 200);
  EXPECT_THAT(events, ElementsAre("answer 200", "finished success 200", "slow success 200", "~slow"));
}

TEST_F(DependsFinish, EndsOneValueAfterTheOtherTheYoungestFirst) {
  App app;
  app.get("/")([](Inner, Slow) { return 1; });
  EXPECT_EQ(TestClient(app).get("/").status, 200);
  EXPECT_THAT(events,
              ElementsAre("slow success 200", "~slow", "inner success 200", "~inner", "outer success 200", "~outer"));
}

TEST_F(DependsFinish, MakesNoCoroutineWherePlainFunctionsDo) {
  App app;
  app.get("/")([](Inner, Depends<outer>) { return 1; });
  http::Exchange exchange;
  app.admit(exchange);
  EXPECT_FALSE(app.serve(exchange)) << "a task was left behind";
  EXPECT_FALSE(app.finish(exchange, {.status = 200})) << "a task was left behind";
  EXPECT_EQ(events.size(), 6U);
}

// --- What it is told -----------------------------------------------------------------------------

TEST_F(DependsFinish, IsToldOfTheHandlersException) {
  App app({.logger = make_logger("off")});
  app.get("/thrown")([](Outer, Slow) { throw HttpError(409, "taken"); });
  app.get("/returned")([](Outer) { return HttpError(410); });
  app.get("/unknown")([](Outer) { throw std::runtime_error("x"); });
  app.get("/later")([](Outer) -> Task<void> {
    co_await wait(0ms);
    throw HttpError(404);
  });
  TestClient client{app};
  EXPECT_EQ(client.get("/thrown").body, R"({"detail":"taken"})");
  EXPECT_THAT(events, ElementsAre("slow exception 409 thrown", "~slow", "outer exception 409 thrown", "~outer"));
  for (const auto& [path, status] :
       {std::pair("/returned", 410), std::pair("/unknown", 500), std::pair("/later", 404)}) {
    events.clear();
    EXPECT_EQ(client.get(path).status, status);
    EXPECT_THAT(events, ElementsAre("outer exception " + std::to_string(status) + " thrown", "~outer"));
  }
}

int refused(Outer) { throw HttpError(403); }

TEST_F(DependsFinish, IsToldOfTheExceptionOfADependencyAfterIt) {
  App app;
  app.get("/")([](Depends<refused, until_answer>) { return 1; });
  app.get("/invalid")([](Outer, Query<int, "n">) { return 1; });
  TestClient client{app};
  EXPECT_EQ(client.get("/").status, 403);
  EXPECT_EQ(client.get("/invalid").status, 422);
  EXPECT_THAT(events, ElementsAre("outer exception 403 thrown", "~outer", "outer exception 422 thrown", "~outer"));
}

TEST_F(DependsFinish, IsToldTheStatusOfAnAnswer) {
  App app;
  app.get("/")([](Outer) { return plain_text("none", 404); });
  EXPECT_EQ(TestClient(app).get("/").status, 404);
  EXPECT_THAT(events, ElementsAre("outer success 404", "~outer"));
  EXPECT_FALSE(Outcome({.status = 404}).succeeded());
  EXPECT_TRUE(Outcome({.status = 304}).succeeded());
  EXPECT_FALSE(Outcome({.what = Outcome::What::deadline, .status = 0}).succeeded());
}

struct Both : Named {
  using Named::Named;
  void on_exception(const std::exception_ptr&) { throw HttpError(418); }
  void finish(const Outcome& outcome) { finish_as(outcome); }
};
Both both() { return Both("both"); }

TEST_F(DependsFinish, IsToldOfTheExceptionThatOnExceptionMadeOfIt) {
  App app;
  app.get("/")([](Outer, Depends<both, until_answer>) { throw HttpError(400); });
  EXPECT_EQ(TestClient(app).get("/").status, 418);
  EXPECT_THAT(events, ElementsAre("both exception 418 thrown", "~both", "outer exception 418 thrown", "~outer"));
}

TEST_F(DependsFinish, IsToldOfTheExceptionThatAMiddlewareAnswered) {
  App app;
  app.use([](Request&, Response& response, Next next) -> Task<void> {
    try {
      co_await next();
    } catch (const std::exception&) {
      response = plain_text("all is well");
    }
  });
  app.get("/")([](Outer, Slow, Query<bool, "fail"> fail) {
    if (fail) throw std::runtime_error("x");
  });
  app.get("/late")([](Outer) {});
  TestClient client{app};
  EXPECT_EQ(client.get("/?fail=1").body, "all is well");
  EXPECT_THAT(events, ElementsAre("slow exception 200 thrown", "~slow", "outer exception 200 thrown", "~outer"));
  let_fail("outer", std::make_exception_ptr(HttpError(409)));
  EXPECT_EQ(client.get("/?fail=1").status, 409);
  EXPECT_EQ(client.get("/late").status, 409) << "it comes after the middleware";
}

TEST_F(DependsFinish, IsToldInAMountedApplicationOnce) {
  App outer_app, inner_app;
  inner_app.get("/")([](Outer, Depends<slow>) { throw HttpError(404, "inner"); });
  outer_app.mount("/inner", inner_app);
  EXPECT_EQ(TestClient(outer_app).get("/inner/").body, R"({"detail":"inner"})");
  EXPECT_THAT(events, ElementsAre("outer exception 404 thrown", "~outer", "slow exception 404 thrown", "~slow"));
}

struct Unknowing {
  void finish() { note("finish"); }
};
struct UnknowingLater {
  Task<void> finish() {
    co_await wait(0ms);
    note("finish later");
  }
};
struct Digest {
  std::string finish() {
    note("digest");
    return "abc";
  }
};
Unknowing unknowing() { return {}; }
UnknowingLater unknowing_later() { return {}; }
Digest digest() { return {}; }

TEST_F(DependsFinish, NeedNotTakeTheOutcome) {
  App app;
  app.get("/")([](Depends<unknowing>, Depends<unknowing_later>) { return 1; });
  TestClient(app).get("/");
  EXPECT_THAT(events, ElementsAre("finish later", "finish"));
}

TEST_F(DependsFinish, IsAnotherFunctionWhereItReturnsAValue) {
  App app;
  app.get("/")([](Depends<digest> of) { return of->finish(); });
  TestClient(app).get("/");
  EXPECT_THAT(events, ElementsAre("digest"));
}

// --- What it throws ------------------------------------------------------------------------------

TEST_F(DependsFinish, MakesTheAnswerOfWhatItThrows) {
  MemoryLog log;
  App app({.logger = log.logger()});
  app.on_error<std::out_of_range>([](const std::out_of_range&) { return HttpError(507, "full"); });
  app.post("/", {.status_code = 201})([](Outer) { return json{{"id", 1}}; });
  app.post("/slow", {.status_code = 201})([](Slow, BackgroundTasks& background) {
    background.add([] { note("background"); });
    return json{{"id", 1}};
  });
  TestClient client{app};
  let_fail("outer", std::make_exception_ptr(std::runtime_error("commit failed")));
  EXPECT_EQ(client.post("/").status, 500);
  EXPECT_THAT(log.text(), HasSubstr("commit failed"));
  let_fail("outer", std::make_exception_ptr(HttpError(409, "taken")));
  EXPECT_EQ(client.post("/").body, R"({"detail":"taken"})");
  let_fail("slow", std::make_exception_ptr(std::out_of_range("x")));
  EXPECT_EQ(client.post("/slow").body, R"({"detail":"full"})");
  EXPECT_THAT(events,
              ElementsAre("outer success 201", "~outer", "outer success 201", "~outer", "slow success 201", "~slow"))
      << "nor is background work done";
}

TEST_F(DependsFinish, TellsTheOlderValuesOfWhatItThrows) {
  App app;
  app.get("/")([](Depends<both>, Inner) { return 1; });
  let_fail("inner", std::make_exception_ptr(HttpError(409)));
  EXPECT_EQ(TestClient(app).get("/").status, 418);
  EXPECT_THAT(events, ElementsAre("inner success 200", "~inner", "outer exception 409 thrown", "~outer",
                                  "both exception 418 thrown", "~both"));
}

TEST_F(DependsFinish, LogsWhatItThrowsOnceTheAnswerWasSent) {
  MemoryLog log;
  App app({.logger = log.logger()});
  app.get("/")([](Depends<outer>) { return 1; });
  app.get("/slow")([](Depends<slow>) { return 2; });
  TestClient client{app};
  let_fail("outer", std::make_exception_ptr(std::runtime_error("too late")));
  EXPECT_EQ(client.get("/").body, "1");
  EXPECT_EQ(log.text(), "GET /: finish of a dependency's value failed: too late\n");
  let_fail("slow", std::make_exception_ptr(std::runtime_error("later still")));
  EXPECT_EQ(client.get("/slow").body, "2");
  EXPECT_THAT(log.text(), HasSubstr("GET /slow: finish of a dependency's value failed: later still"));
}

TEST_F(DependsFinish, DoesNotLogWhatTheAnswerTellsOf) {
  MemoryLog log;
  App app({.logger = log.logger()});
  app.get("/")([](Outer, Slow) { return 1; });
  let_fail("slow", std::make_exception_ptr(std::runtime_error("first")));
  app.on_error<std::runtime_error>([](const std::runtime_error&) { return HttpError(500, "first"); });
  EXPECT_EQ(TestClient(app).get("/").body, R"({"detail":"first"})");
  EXPECT_EQ(log.text(), "") << "the answer tells of it";
}

TEST_F(DependsFinish, LogsTheExceptionWhosePlaceItsOwnHasTaken) {
  MemoryLog log;
  App app({.logger = log.logger()});
  app.get("/")([](Outer) -> int { throw std::runtime_error("no stock"); });
  let_fail("outer", std::make_exception_ptr(HttpError(409, "no rollback")));
  EXPECT_EQ(TestClient(app).get("/").body, R"({"detail":"no rollback"})");
  EXPECT_EQ(log.text(), "GET / failed: no stock; then finish of a dependency's value failed, too\n");
}

// --- Cancelled requests ----------------------------------------------------------------------------

TEST_F(DependsFinish, IsToldOfADeadlineAndNotCutByIt) {
  App app;
  app.use(Witness{});
  app.get("/", {.deadline = 5ms})([](Slow, Outer) -> Task<void> { co_await wait(10s); });
  EXPECT_EQ(TestClient(app).get("/").status, 503);
  EXPECT_THAT(events, ElementsAre("answer 503", "finished deadline 503 thrown", "outer deadline 503 thrown", "~outer",
                                  "slow deadline 503 thrown", "~slow"));
}

TEST_F(DependsFinish, IsToldOfADeadlineAlsoWhereTheHandlerReturnedAfterIt) {
  App app;
  app.get("/", {.deadline = 5ms})([](Outer) -> Task<int> {
    try {
      co_await wait(10s);
    } catch (const std::exception&) {
      note("cancelled");
    }
    co_return 1;
  });
  EXPECT_EQ(TestClient(app).get("/").status, 503);
  EXPECT_THAT(events, ElementsAre("cancelled", "outer deadline 503 thrown", "~outer"));
}

TEST_F(DependsFinish, IsToldOfAClientThatWent) {
  App app;
  app.get("/")([](Depends<slow> last, Depends<outer>, StreamWriter& out) -> Task<void> {
    co_await out.write(last->name);
    co_await wait(10s);
  });
  {
    TestClient client{app};
    TestStream answer = client.stream("/");
    EXPECT_EQ(answer.next(), "slow");
  }
  EXPECT_THAT(events, ElementsAre("outer client_gone 200 thrown", "~outer", "slow client_gone 200 thrown", "~slow"));
}

TEST_F(DependsFinish, IsToldOfABodyThatWasRefused) {
  App app;
  app.use(Witness{});
  app.post("/", {.max_body_bytes = 2})([](Outer, Body<std::string>) {});
  app.post("/slow", {.max_body_bytes = 2})([](Slow, Body<std::string>) {});
  TestClient client{app};
  EXPECT_EQ(client.post("/", {.body_chunks = {"\"", "abc\""}}).status, 413);
  EXPECT_THAT(events,
              ElementsAre("outer exception 413 thrown", "~outer", "answer 413", "finished exception 413 thrown"));
  events.clear();
  EXPECT_EQ(client.post("/slow", {.body_chunks = {"\"", "abc\""}}).status, 413);
  EXPECT_THAT(events, ElementsAre("answer 413", "finished exception 413 thrown", "slow exception 413 thrown", "~slow"));
}

// --- Streamed responses ----------------------------------------------------------------------------

TEST_F(DependsFinish, RunsBeforeTheFirstByteOfAStreamWhichMayUseTheValueOn) {
  App app;
  app.use(Witness{});
  app.get("/")([](Outer value, Slow, StreamWriter& out) -> Task<void> {
    note("handler");
    co_await out.write(value->name);
    note("handler ends");
  });
  EXPECT_EQ(TestClient(app).get("/").body, "outer");
  EXPECT_THAT(events, ElementsAre("handler", "slow success 200", "outer success 200", "answer 200", "handler ends",
                                  "~slow", "~outer", "finished success 200"));
}

TEST_F(DependsFinish, MakesTheAnswerOfAStreamOfWhatItThrows) {
  App app;
  app.get("/")([](Outer, StreamWriter& out) -> Task<void> { co_await out.write("x"); });
  app.get("/stubborn")([](Outer, StreamWriter& out) -> Task<void> {
    for (int i = 0; i < 2; ++i) {
      try {
        co_await out.write("x");
        note("sent");
      } catch (const HttpError&) {
        note("caught");
      }
    }
  });
  TestClient client{app};
  let_fail("outer", std::make_exception_ptr(HttpError(409, "taken")));
  EXPECT_EQ(client.get("/").body, R"({"detail":"taken"})");
  EXPECT_EQ(client.get("/stubborn").body, R"({"detail":"taken"})");
  EXPECT_THAT(events, ElementsAre("outer success 200", "~outer", "outer success 200", "caught", "caught", "~outer"));
}

}  // namespace serval::depends_finish_test
