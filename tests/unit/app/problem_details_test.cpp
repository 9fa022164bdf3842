// SPDX-License-Identifier: MIT
// Errors as problem details (RFC 9457).
#include "app/problem_details.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include <serval/serval.hpp>
#include <serval/testing.hpp>

namespace serval::problem_details_test {

AppOptions with_problems() { return {.error_format = http::ErrorFormat::problem_details}; }

/// Returns the response to GET / if the handler throws `error`.
TestResponse answer_to(const HttpError& error) {
  App app(with_problems());
  app.get("/")([&]() -> int { throw error; });
  return TestClient(app).get("/");
}

TEST(ProblemDetails, AreAskedFor) {
  App app;
  EXPECT_EQ(TestClient(app).get("/x").body, R"({"detail":"Not Found"})");
}

TEST(ProblemDetails, HaveStatusTitleDetailAndInstance) {
  App app(with_problems());
  app.get("/items/{id}")([](Path<int, "id">) -> Result<int> {
    return HttpError(404, "No item 9", {{"x-error", "1"}});
  });
  const TestResponse answer = TestClient(app).get("/items/9?q=secret");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.header("content-type"), "application/problem+json");
  EXPECT_EQ(answer.header("x-error"), "1");
  EXPECT_EQ(answer.body,
            R"({"type":"about:blank","title":"Not Found","status":404,"detail":"No item 9","instance":"/items/9"})");
}

TEST(ProblemDetails, LeaveOutADetailThatRepeatsTheTitle) {
  EXPECT_EQ(answer_to(HttpError(403)).body,
            R"({"type":"about:blank","title":"Forbidden","status":403,"instance":"/"})");
}

TEST(ProblemDetails, HaveNoTitleForAStatusWithoutPhrase) {
  EXPECT_EQ(answer_to(HttpError(499, "gone")).body,
            R"({"type":"about:blank","status":499,"detail":"gone","instance":"/"})");
}

TEST(ProblemDetails, HaveNoBodyWhereTheStatusHasNone) {
  const TestResponse answer = answer_to(HttpError(304));
  EXPECT_EQ(answer.body, "");
  EXPECT_FALSE(answer.header("content-type"));
}

TEST(ProblemDetails, TakeTheMembersOfAnObject) {
  const HttpError error(403, json{{"type", "https://example.com/probs/out-of-credit"},
                                  {"title", "You do not have enough credit."},
                                  {"status", 200},
                                  {"balance", 30}});
  const TestResponse answer = answer_to(error);
  EXPECT_EQ(answer.status, 403);
  EXPECT_EQ(answer.body,
            R"({"type":"https://example.com/probs/out-of-credit","title":"You do not have enough credit.",)"
            R"("status":403,"instance":"/","balance":30})");
}

TEST(ProblemDetails, KeepTheTypesOfTheRfc) {
  EXPECT_EQ(answer_to(HttpError(400, json{{"type", 7}, {"detail", json::array({1})}, {"instance", nullptr}})).body,
            R"({"type":"about:blank","title":"Bad Request","status":400,"instance":"/"})");
}

TEST(ProblemDetails, ShowAListAsErrors) {
  EXPECT_EQ(answer_to(HttpError(400, json::array({"a", 1}))).body,
            R"({"type":"about:blank","title":"Bad Request","status":400,"instance":"/","errors":["a",1]})");
}

TEST(ProblemDetails, ShowOtherValuesAsText) {
  EXPECT_EQ(answer_to(HttpError(400, json(7))).json()["detail"], "7");
  EXPECT_FALSE(answer_to(HttpError(400, json(nullptr))).json().contains("detail"));
}

TEST(ProblemDetails, AreTheAnswerWhereNoRouteIs) {
  App app(with_problems());
  app.get("/x")([] { return 1; });
  TestClient client{app};
  EXPECT_EQ(client.get("/a%20b").body,
            R"({"type":"about:blank","title":"Not Found","status":404,"instance":"/a%20b"})");
  const TestResponse refused = client.post("/x");
  EXPECT_EQ(refused.body, R"({"type":"about:blank","title":"Method Not Allowed","status":405,"instance":"/x"})");
  EXPECT_EQ(refused.header("allow"), "GET, HEAD, OPTIONS");
}

TEST(ProblemDetails, NameNoHostAsInstance) {
  App app(with_problems());
  EXPECT_FALSE(TestClient(app).get("//example.com/x").json().contains("instance"));
}

TEST(ProblemDetails, HaveTheWholePathBelowAMount) {
  App sub(with_problems());
  App app;
  app.mount("/sub", sub);
  TestClient client{app};
  EXPECT_EQ(client.get("/sub/x").json()["instance"], "/sub/x");
  EXPECT_EQ(client.get("/x").body, R"({"detail":"Not Found"})");
}

TEST(ProblemDetails, ListTheFaultsOfARequest) {
  App app(with_problems());
  app.get("/items")([](Query<int, "limit"> limit, Query<int, "skip">) { return limit; });
  const TestResponse answer = TestClient(app).get("/items?limit=x");
  EXPECT_EQ(answer.status, 422);
  EXPECT_EQ(answer.header("content-type"), "application/problem+json");
  EXPECT_EQ(answer.body,
            R"({"type":"about:blank","title":"Unprocessable Content","status":422,)"
            R"("detail":"The request did not pass validation","instance":"/items","errors":[)"
            R"({"type":"int_parsing","loc":["query","limit"],)"
            R"("msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"},)"
            R"({"type":"missing","loc":["query","skip"],"msg":"Field required","input":null}]})");
}

TEST(ProblemDetails, KeepInputsAsTheyCame) {
  App app(with_problems());
  app.post("/")([](Body<std::string> text) { return text; });
  const TestResponse answer =
      TestClient(app).post("/", {.body = "123456789012345678901234567890", .content_type = "application/json"});
  EXPECT_NE(answer.body.find(R"("input":123456789012345678901234567890)"), std::string::npos) << answer.body;
}

TEST(ProblemDetails, AreTheAnswerToABodyTooLarge) {
  App app(with_problems());
  app.post("/", {.max_body_bytes = 2})([](Request&) { return 1; });
  const TestResponse answer = TestClient(app).post("/", {.body = "abc"});
  EXPECT_EQ(answer.status, 413);
  EXPECT_EQ(answer.body,
            R"({"type":"about:blank","title":"Content Too Large","status":413,"detail":"Request body too large",)"
            R"("instance":"/"})");
}

TEST(ProblemDetails, SayNothingOfUnknownExceptions) {
  App app(with_problems());
  app.get("/")([]() -> int { throw std::runtime_error("secret"); });
  const TestResponse answer = TestClient(app).get("/");
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.header("content-type"), "application/problem+json");
  EXPECT_TRUE(answer.header("x-request-id"));
  EXPECT_EQ(answer.body, R"({"type":"about:blank","title":"Internal Server Error","status":500,"instance":"/"})");
}

TEST(ProblemDetails, ShowUnknownExceptionsForDebugging) {
  App app({.error_format = http::ErrorFormat::problem_details, .debug = true});
  app.get("/")([]() -> int { throw std::runtime_error("the reason"); });
  EXPECT_EQ(TestClient(app).get("/").json()["detail"], "the reason");
}

TEST(ProblemDetails, AreWhatErrorHandlersReturnAsHttpError) {
  App app(with_problems());
  app.on_error<std::logic_error>([](const std::logic_error& error) { return HttpError(409, error.what()); });
  app.on_status(422, [] { return HttpError(400, "faulty"); });
  app.get("/")([]() -> int { throw std::logic_error("twice"); });
  app.get("/{n}")([](Path<int, "n"> n) { return n; });
  TestClient client{app};
  EXPECT_EQ(client.get("/").body,
            R"({"type":"about:blank","title":"Conflict","status":409,"detail":"twice","instance":"/"})");
  EXPECT_EQ(client.get("/x").body,
            R"({"type":"about:blank","title":"Bad Request","status":400,"detail":"faulty","instance":"/x"})");
}

TEST(ProblemDetails, LeaveOtherAnswersOfErrorHandlersAlone) {
  App app(with_problems());
  app.on_status(404, [] { return json{{"error", "nothing here"}}; });
  EXPECT_EQ(TestClient(app).get("/").body, R"({"error":"nothing here"})");
}

TEST(ProblemDetails, StandInTheDocument) {
  App app(with_problems());
  app.get("/items")([](Query<int, "limit"> limit) { return limit; });
  const json& document = app.openapi();
  EXPECT_EQ(
      document["paths"]["/items"]["get"]["responses"]["422"]["content"],
      schema::parse_json(R"({"application/problem+json":{"schema":{"$ref":"#/components/schemas/ProblemDetails"}}})"));
  EXPECT_TRUE(document["components"]["schemas"].contains("ProblemDetails"));
  EXPECT_FALSE(document["components"]["schemas"].contains("HTTPValidationError"));
}

}  // namespace serval::problem_details_test
