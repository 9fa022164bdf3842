// SPDX-License-Identifier: MIT
// Which responses exceptions become: HttpError, validation errors, the user's own exceptions and unknown ones.
#include "app/error_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include <serval/serval.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/log.hpp"

namespace serval::errors_test {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

struct ShopError : std::runtime_error {
  using std::runtime_error::runtime_error;
};
struct OutOfStock : ShopError {
  OutOfStock() : ShopError("out of stock") {}
};
struct NotAnException {
  int code;
};
struct CustomHttp : HttpError {
  CustomHttp() : HttpError(403, "custom") {}
};

TEST(HttpErrors, BecomeTheirStatusDetailAndHeaders) {
  App app;
  app.get("/text")([]() -> int { throw HttpError(404, "Item not found", {{"x-error", "There goes my error"}}); });
  app.get("/json")([]() -> int { throw HttpError(418, json{{"code", 7}}); });
  app.get("/bare")([]() -> int { throw HttpError(403); });
  app.get("/none")([]() -> int { throw HttpError(304); });
  TestClient client{app};
  EXPECT_EQ(client.get("/text").status, 404);
  EXPECT_EQ(client.get("/text").body, R"({"detail":"Item not found"})");
  EXPECT_EQ(client.get("/text").header("x-error"), "There goes my error");
  EXPECT_EQ(client.get("/json").body, R"({"detail":{"code":7}})");
  EXPECT_EQ(client.get("/bare").body, R"({"detail":"Forbidden"})");
  EXPECT_EQ(client.get("/none").body, "");
  EXPECT_FALSE(client.get("/none").header("content-type"));
}

TEST(HttpErrors, FromCoroutinesAreAnsweredAlike) {
  App app;
  app.get("/")([]() -> Task<int> {
    throw HttpError(404, "later");
    co_return 1;
  });
  EXPECT_EQ(TestClient(app).get("/").body, R"({"detail":"later"})");
}

TEST(HttpErrors, DropWhatTheHandlerHadBegun) {
  bool ran = false;
  App app;
  app.get("/")([&ran](Response& response, BackgroundTasks& background) -> int {
    response.headers().set("x-a", "1");
    response.set_cookie("c", "v");
    background.add([&ran] { ran = true; });
    throw HttpError(400);
  });
  const auto answer = TestClient(app).get("/");
  EXPECT_FALSE(answer.header("x-a"));
  EXPECT_FALSE(answer.header("set-cookie"));
  EXPECT_FALSE(ran);
}

TEST(OnError, AnswersExceptionsOfItsClassAndOfDerivedOnes) {
  App app;
  app.on_error<ShopError>([](const ShopError& error) { return HttpError(409, error.what()); });
  app.get("/base")([]() -> int { throw ShopError("closed"); });
  app.get("/derived")([]() -> int { throw OutOfStock(); });
  TestClient client{app};
  EXPECT_EQ(client.get("/base").body, R"({"detail":"closed"})");
  EXPECT_EQ(client.get("/derived").body, R"({"detail":"out of stock"})");
  EXPECT_EQ(client.get("/derived").status, 409);
}

TEST(OnError, PrefersTheMostDerivedClassWhateverTheOrder) {
  for (const bool base_first : {true, false}) {
    App app;
    const auto base = [](const std::exception&) { return plain_text("exception", 500); };
    const auto middle = [](const ShopError&) { return plain_text("shop", 500); };
    const auto derived = [](const OutOfStock&) { return plain_text("stock", 500); };
    if (base_first) {
      app.on_error<std::exception>(base);
      app.on_error<OutOfStock>(derived);
      app.on_error<ShopError>(middle);
    } else {
      app.on_error<OutOfStock>(derived);
      app.on_error<std::exception>(base);
      app.on_error<ShopError>(middle);
    }
    app.get("/1")([]() -> int { throw std::logic_error("x"); });
    app.get("/2")([]() -> int { throw ShopError("x"); });
    app.get("/3")([]() -> int { throw OutOfStock(); });
    TestClient client{app};
    EXPECT_EQ(client.get("/1").body, "exception");
    EXPECT_EQ(client.get("/2").body, "shop");
    EXPECT_EQ(client.get("/3").body, "stock");
  }
}

TEST(OnError, TakesTheRequestAndAnswersAsAHandlerWould) {
  App app;
  app.on_error<NotAnException>([](const NotAnException& error, Request& request) {
    return json{{"code", error.code}, {"path", request.path()}};
  });
  app.get("/x")([]() -> int { throw NotAnException{7}; });
  const auto answer = TestClient(app).get("/x");
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.body, R"({"code":7,"path":"/x"})");
}

TEST(OnError, ReplacedByALaterOneForTheSameClass) {
  App app;
  app.on_error<ShopError>([](const ShopError&) { return HttpError(409, "first"); });
  app.on_error<ShopError>([](const ShopError&) { return HttpError(410, "second"); });
  app.get("/")([]() -> int { throw ShopError("x"); });
  EXPECT_EQ(TestClient(app).get("/").status, 410);
}

TEST(OnError, ForHttpErrorGivesTheFrameworksOwnItsForm) {
  App app;
  app.on_error<HttpError>([](const HttpError& error) { return json{{"error", json::parse(error.detail_json())}}; });
  app.get("/x")([]() -> int { throw HttpError(403, "no"); });
  app.get("/custom")([]() -> int { throw CustomHttp(); });
  TestClient client{app};
  EXPECT_EQ(client.get("/x").body, R"({"error":"no"})");
  EXPECT_EQ(client.get("/x").status, 403);
  EXPECT_EQ(client.get("/custom").body, R"({"error":"custom"})");
  EXPECT_EQ(client.get("/y").body, R"({"error":"Not Found"})");
  EXPECT_EQ(client.get("/y").status, 404);
  EXPECT_EQ(client.post("/x").body, R"({"error":"Method Not Allowed"})");
}

TEST(OnError, ForValidationErrorReplacesThe422) {
  App app;
  app.on_error<ValidationError>([](const ValidationError& error, Request& request) {
    return json{{"faults", error.issues().size()}, {"body", request.body()}};
  });
  app.post("/")([](Body<int> n) { return n; });
  const auto answer = TestClient(app).post("/", {.json = json("x")});
  EXPECT_EQ(answer.status, 422);
  EXPECT_EQ(answer.body, R"({"faults":1,"body":"\"x\""})");
}

TEST(OnError, ForABaseLeavesTheFrameworksOwnAlone) {
  App app;
  app.on_error<std::exception>([](const std::exception&) { return HttpError(503, "caught"); });
  app.get("/{n}")([](Path<int, "n"> n) { return n; });
  TestClient client{app};
  EXPECT_EQ(client.get("/x").status, 422);
  EXPECT_EQ(client.get("/a/b").status, 404);
}

TEST(OnError, ThatThrowsItselfIsA500) {
  LeveledLog log;
  App app({.logger = log.logger()});
  app.on_error<ShopError>([](const ShopError&) -> Response { throw std::runtime_error("twice"); });
  app.get("/")([]() -> int { throw ShopError("once"); });
  EXPECT_EQ(TestClient(app).get("/").status, 500);
  EXPECT_THAT(log.text(), HasSubstr("twice"));
}

TEST(InvalidStatus, IsA500ThatTheLogExplains) {
  for (const int status : {100, 0, 99, 600, 1000, -1}) {
    LeveledLog log;
    App app({.logger = log.logger()});
    app.get("/response")([=] { return Response(status, "x"); });
    app.get("/error")([=]() -> int { throw HttpError(status); });
    app.get("/parameter")([=](Response& response) {
      response.set_status(status);
      return 1;
    });
    TestClient client(app);
    for (const std::string path : {"/response", "/error", "/parameter"}) {
      const auto answer = client.get(path);
      EXPECT_EQ(answer.status, 500) << status;
      EXPECT_EQ(answer.body, "Internal Server Error");
      EXPECT_THAT(log.text(), HasSubstr("error GET " + path + " failed: an answer cannot have the status " +
                                        std::to_string(status)));
    }
  }
}

TEST(InvalidStatus, OfAnErrorHandlerIsA500Too) {
  LeveledLog log;
  App app({.logger = log.logger()});
  app.on_error<ShopError>([] { return Response(99); });
  app.get("/")([]() -> int { throw OutOfStock(); });
  EXPECT_EQ(TestClient(app).get("/").status, 500);
  EXPECT_THAT(log.text(), HasSubstr("an answer cannot have the status 99"));
  EXPECT_THROW(app.on_status(99, [] { return 1; }), SetupError);
}

TEST(OnStatus, ReplacesTheAnswerOfAStatus) {
  App app;
  app.on_status(404, [](Request& request) { return json{{"nothing at", request.path()}}; });
  app.on_status(405, [] { return html("<p>no"); });
  app.on_status(403, [](const HttpError& error) { return json{{"why", json::parse(error.detail_json())}}; });
  app.on_status(422, [](const HttpError&, Request&) { return plain_text("faulty", 400); });
  app.get("/{n:int}")([](Path<int, "n">) -> int { throw HttpError(403, "so", {{"x-a", "1"}}); });
  app.get("/q")([](Query<int, "q"> q) { return q; });
  TestClient client{app};
  EXPECT_EQ(client.get("/x").status, 404);
  EXPECT_EQ(client.get("/x").body, R"({"nothing at":"/x"})");
  EXPECT_EQ(client.post("/1").status, 405);
  EXPECT_EQ(client.post("/1").body, "<p>no");
  EXPECT_EQ(client.post("/1").header("allow"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(client.get("/1").body, R"({"why":"so"})");
  EXPECT_EQ(client.get("/1").header("x-a"), "1");
  EXPECT_EQ(client.get("/q").status, 400);
}

/// A response class of the application that has a default status.
struct Teapot : Response {
  static constexpr int default_status = 418;
};

/// Returns the response to a failing request if the error handler is `handler`. Checks that handlers for an exception
/// class and for a status give the same response.
template <class F>
TestResponse answer_by(F handler, int status = 404) {
  App app;
  app.on_error<ShopError>(handler);
  app.on_status(status, handler);
  app.get("/shop")([]() -> int { throw ShopError("closed"); });
  app.get("/status")([status]() -> int { throw HttpError(status); });
  TestClient client(app, {.follow_redirects = false});
  auto by_class = client.get("/shop"), by_status = client.get("/status");
  EXPECT_EQ(by_class.header("location"), by_status.header("location"));
  EXPECT_EQ(by_class.body, by_status.body);
  if (by_status.status != status) {
    EXPECT_EQ(by_class.status, by_status.status);
  } else {
    EXPECT_EQ(by_class.status, 500);
  }
  return by_status;
}

TEST(ErrorHandlers, ThatRedirectAnswerTheStatusOfARedirect) {
  const auto answer = answer_by([] { return redirect("/login"); });
  EXPECT_EQ(answer.status, 307);
  EXPECT_EQ(answer.header("location"), "/login");
  EXPECT_EQ(answer_by([]() -> Response { return redirect("/login"); }).status, 307);
  EXPECT_EQ(answer_by([] { return redirect("/login", 303); }).status, 303);
  EXPECT_EQ(answer_by([]() -> OneOf<RedirectResponse, json> { return redirect("/login"); }).status, 307);
}

TEST(ErrorHandlers, TakeTheStatusOfAClassOfResponses) {
  EXPECT_EQ(answer_by([] { return Teapot(); }).status, 418);
}

TEST(ErrorHandlers, KeepTheStatusOfTheErrorWhereTheAnswerHasNone) {
  EXPECT_EQ(answer_by([] { return Response(); }).status, 404);
  EXPECT_EQ(answer_by([] { return plain_text("gone"); }).status, 404);
  EXPECT_EQ(answer_by([] { return html("gone"); }).status, 404);
  EXPECT_EQ(answer_by([] { return JsonResponse(json{{"gone", true}}); }).status, 404);
  EXPECT_EQ(answer_by([] { return json{{"gone", true}}; }).status, 404);
  EXPECT_EQ(answer_by([] { return plain_text("gone", 200); }).status, 200);
}

TEST(ReturnedHttpError, IsAnsweredAsIfItHadBeenThrown) {
  App app;
  app.on_error<HttpError>([](const HttpError& error) { return json{{"error", error.status()}}; });
  const auto returns = [](Response& response) -> Result<int> {
    response.headers().set("x-begun", "1");
    return HttpError(409, "taken");
  };
  app.get("/sync")(returns);
  app.get("/blocking", {.blocking = true})(returns);
  app.get("/later")([]() -> Task<Result<int>> { co_return HttpError(409); });
  TestClient client{app};
  for (const char* path : {"/sync", "/blocking", "/later"}) {
    const auto answer = client.get(path);
    EXPECT_EQ(answer.status, 409) << path;
    EXPECT_EQ(answer.body, R"({"error":409})") << path;
    EXPECT_EQ(answer.header("x-begun"), std::nullopt) << path;
  }
}

TEST(ReturnedHttpError, IsSeenByTheHandlerOfItsStatus) {
  App app;
  app.on_status(404, [] { return json{{"nothing", "here"}}; });
  app.get("/")([] { return HttpError(404); });
  const auto answer = TestClient(app).get("/");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.body, R"({"nothing":"here"})");
}

TEST(ReturnedHttpError, OfAnErrorHandlerIsItsAnswer) {
  App app;
  app.on_error<HttpError>([](const HttpError&) { return HttpError(418, "short and stout"); });
  app.get("/")([] { return HttpError(404); });
  EXPECT_EQ(TestClient(app).get("/").body, R"({"detail":"short and stout"})");
}

TEST(OnStatus, ReplacesThe500OfAnUnknownException) {
  LeveledLog log;
  App app({.logger = log.logger()});
  app.on_status(500, [] { return json{{"error", "sorry"}}; });
  app.get("/")([]() -> int { throw std::runtime_error("secret"); });
  const auto answer = TestClient(app).get("/");
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.body, R"({"error":"sorry"})");
  EXPECT_TRUE(answer.header("x-request-id"));
}

TEST(UnknownException, IsA500WithARequestIdThatTheLogHasToo) {
  LeveledLog log;
  App app({.logger = log.logger()});
  app.get("/items/{id}")([](Path<int, "id">) -> int { throw std::runtime_error("the secret"); });
  const auto answer = TestClient(app).get("/items/3");
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.header("content-type"), "text/plain; charset=utf-8");
  EXPECT_EQ(answer.body, "Internal Server Error");
  const std::string id(answer.header("x-request-id").value_or(""));
  EXPECT_THAT(id, MatchesRegex("[0-9a-f]{32}"));
  EXPECT_EQ(log.text(), "error GET /items/{id} failed: the secret (request " + id + ")\n");
}

TEST(UnknownException, MayBeAnythingThatCanBeThrown) {
  LeveledLog log;
  App app({.logger = log.logger()});
  app.get("/")([]() -> int { throw NotAnException{1}; });
  app.get("/later")([]() -> Task<int> {
    throw 42;
    co_return 1;
  });
  TestClient client{app};
  EXPECT_EQ(client.get("/").status, 500);
  EXPECT_EQ(client.get("/later").status, 500);
  EXPECT_THAT(log.text(), AllOf(HasSubstr("GET / failed: an exception that is not a std::exception"),
                                HasSubstr("GET /later failed: an exception that is not a std::exception")));
}

TEST(UnknownException, IsShownOnlyInDebug) {
  LeveledLog log;
  App app({.debug = true, .logger = log.logger()});
  app.get("/")([]() -> int { throw std::runtime_error("the cause"); });
  EXPECT_EQ(TestClient(app).get("/").body, "Internal Server Error: the cause");
}

TEST(UnknownException, FromAnAnswerThatCannotBeWrittenIsA500) {
  LeveledLog log;
  App app({.logger = log.logger()});
  app.get("/")([] { return json::binary({1, 2}); });
  EXPECT_EQ(TestClient(app).get("/").status, 500);
  EXPECT_THAT(log.text(), Not(::testing::IsEmpty()));
}

TEST(Refusal, HasTheFormOfTheApplicationsErrors) {
  App app;
  app.on_error<HttpError>([](const HttpError& error) { return json{{"error", error.status()}}; });
  app.post("/", {.max_body_bytes = 1})([](json value) { return value; });
  const auto answer = TestClient(app).post("/", {.body = "12"});
  EXPECT_EQ(answer.status, 413);
  EXPECT_EQ(answer.body, R"({"error":413})");
}

}  // namespace serval::errors_test
