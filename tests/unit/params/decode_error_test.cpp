// SPDX-License-Identifier: MIT
// Who is to blame for a value that does not fit: the client for values that the binding reads from a request, the
// program for all others.
#include <serval/params/argument.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include <serval/serval.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/log.hpp"

namespace serval::decode_error_test {

struct Row {
  int id;
  std::string password_hash;
};
struct Settings {
  std::string url;
  int pool;
};
/// Its `Argument` reads the body itself.
struct Patch {
  Row row;
};
/// Its `Argument` reports a fault of its own.
struct Stamp {};
/// Its `Argument` refuses the request without a fault.
struct Silent {};

}  // namespace serval::decode_error_test

namespace serval {

template <>
struct Argument<decode_error_test::Patch> {
  static decode_error_test::Patch from(Request& request) {
    return {decode_request_json<decode_error_test::Row>(request.body())};
  }
};
template <>
struct Argument<decode_error_test::Stamp> {
  static decode_error_test::Stamp from(Request&) {
    throw ValidationError({{.type = "value_error",
                            .loc = {"header", "x-stamp"},
                            .msg = "Value error, the stamp is old",
                            .input = "null",
                            .ctx = {}}});
  }
};
template <>
struct Argument<decode_error_test::Silent> {
  static decode_error_test::Silent from(Request&) { throw ValidationError({}); }
};

}  // namespace serval

namespace serval::decode_error_test {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string row_text = R"({"id":"seven","password_hash":"$2b$secret"})";

/// The response to a GET of a handler's route, and what is logged.
struct Trial {
  TestResponse answer;
  std::string log;
};
template <class F>
Trial try_handler(F handler, http::ErrorFormat format = http::ErrorFormat::detail) {
  LeveledLog log;
  App app({.error_format = format, .logger = log.logger()});
  app.get("/rows/{id}")(handler);
  TestResponse answer = TestClient(app).get("/rows/7");
  return {std::move(answer), log.text()};
}

Settings settings() { return decode_json<Settings>(R"({"url":"postgres://user:secret@db"})"); }
Settings settings_from_json() { return decode_json<Settings>(json{{"pool", 3}}); }

TEST(DecodeFault, OfTheProgramsOwnDataIsA500WithoutTheData) {
  for (const http::ErrorFormat format : {http::ErrorFormat::detail, http::ErrorFormat::problem_details}) {
    const Trial trial = try_handler([](Path<int, "id">) { return decode_json<Row>(row_text); }, format);
    EXPECT_EQ(trial.answer.status, 500);
    EXPECT_THAT(trial.answer.body, AllOf(Not(HasSubstr("secret")), Not(HasSubstr("id:"))));
    const std::string id(trial.answer.headers.get("x-request-id").value_or("none"));
    EXPECT_THAT(trial.log, AllOf(HasSubstr("error GET /rows/{id} failed: "), HasSubstr("id: Input should be a valid"),
                                 HasSubstr("(request " + id + ")"), Not(HasSubstr("secret"))));
  }
}

TEST(DecodeFault, OfSettingsInADependencyIsA500) {
  const Trial text = try_handler([](Path<int, "id">, Depends<settings> found) { return found->url; });
  EXPECT_EQ(text.answer.status, 500);
  EXPECT_THAT(text.log, AllOf(HasSubstr("pool: Field required"), Not(HasSubstr("secret"))));
  const Trial value = try_handler([](Path<int, "id">, Depends<settings_from_json> found) { return found->url; });
  EXPECT_EQ(value.answer.status, 500);
  EXPECT_THAT(value.log, HasSubstr("url: Field required"));
}

TEST(DecodeFault, CanBeMappedLikeAnyExceptionOfTheProgram) {
  App app;
  app.on_error<DecodeError>(
      [](const DecodeError& error) { return HttpError(502, "bad row: " + std::to_string(error.issues().size())); });
  app.get("/")([] { return decode_json<Row>(row_text); });
  const auto answer = TestClient(app).get("/");
  EXPECT_EQ(answer.status, 502);
  EXPECT_EQ(answer.body, R"({"detail":"bad row: 1"})");
}

TEST(DecodeFault, IsNoFaultOfTheRequestToItsErrorHandler) {
  App app;
  app.on_error<ValidationError>([] { return HttpError(400, "bad request"); });
  app.get("/")([] { return decode_json<Row>(row_text); });
  EXPECT_EQ(TestClient(app).get("/").status, 500);
}

TEST(OwnArgument, ReportsTheFaultsOfABodyThatItReads) {
  App app;
  app.post("/")([](Patch patch) { return patch.row.id; });
  TestClient client(app);
  EXPECT_EQ(client.post("/", {.body = R"({"id":7,"password_hash":""})"}).body, "7");
  const auto answer = client.post("/", {.body = R"({"id":7})"});
  EXPECT_EQ(answer.status, 422);
  EXPECT_EQ(
      answer.body,
      R"({"detail":[{"type":"missing","loc":["body","password_hash"],"msg":"Field required","input":{"id":7}}]})");
}

TEST(OwnArgument, ReportsItsFaultsBesideThoseOfTheOthers) {
  App app;
  bool was_called = false;
  app.post("/{id}")([&](decode_error_test::Stamp, Path<int, "id"> id, Patch) {
    was_called = true;
    return *id;
  });
  const auto answer = TestClient(app).post("/x", {.body = "{}"});
  EXPECT_EQ(answer.status, 422);
  EXPECT_THAT(answer.body, AllOf(HasSubstr(R"("loc":["header","x-stamp"])"), HasSubstr(R"("loc":["body","id"])"),
                                 HasSubstr(R"("loc":["path","id"])")));
  EXPECT_FALSE(was_called);
}

int with_stamp(decode_error_test::Stamp) { return 1; }

TEST(OwnArgument, OfADependencyReportsItsFaultsToo) {
  App app;
  app.get("/")([](Depends<with_stamp> value, Query<int, "q"> q) { return *value + q; });
  const auto answer = TestClient(app).get("/");
  EXPECT_EQ(answer.status, 422);
  EXPECT_THAT(answer.body, AllOf(HasSubstr(R"("loc":["header","x-stamp"])"), HasSubstr(R"("loc":["query","q"])")));
}

TEST(OwnArgument, ThatReportsNoFaultIsRefusedAllTheSame) {
  App app;
  app.get("/")([](decode_error_test::Silent) { return 1; });
  EXPECT_EQ(TestClient(app).get("/").status, 422);
}

}  // namespace serval::decode_error_test
