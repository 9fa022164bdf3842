// SPDX-License-Identifier: MIT
// The status of responses over a socket: error handlers that redirect, and models with a member named like a status.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include <serval/serval.hpp>

#include "tests/wire/support/exchange.hpp"

namespace serval::testing::answers_test {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

struct Closed {};
struct Reading {
  int status_code;
  std::string value;
};

std::string answer_to_get(const std::string& path) {
  App app;
  app.on_error<Closed>([] { return redirect("/closed"); });
  app.on_status(404, []() -> Response { return redirect("/search"); });
  app.on_status(410, [] { return plain_text("gone"); });
  app.get("/shop")([]() -> int { throw Closed{}; });
  app.get("/old")([]() -> int { throw HttpError(410); });
  app.get("/reading")([] { return Reading{7, "ok"}; });
  return exchange_bytes(app, "GET " + path + " HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
}

TEST(ErrorHandlersOnTheWire, Redirect) {
  EXPECT_THAT(answer_to_get("/shop"), AllOf(StartsWith("HTTP/1.1 307 Temporary Redirect\r\n"),
                                            HasSubstr("\r\nlocation: /closed\r\n"), EndsWith("\r\n\r\n")));
  EXPECT_THAT(answer_to_get("/nothing"), AllOf(StartsWith("HTTP/1.1 307 Temporary Redirect\r\n"),
                                               HasSubstr("\r\nlocation: /search\r\n"), EndsWith("\r\n\r\n")));
}

TEST(ErrorHandlersOnTheWire, KeepTheStatusOfTheErrorWhereTheAnswerHasNone) {
  EXPECT_THAT(answer_to_get("/old"), AllOf(StartsWith("HTTP/1.1 410 Gone\r\n"), EndsWith("\r\n\r\ngone")));
}

TEST(StatusMembersOnTheWire, AreData) {
  EXPECT_THAT(answer_to_get("/reading"),
              AllOf(StartsWith("HTTP/1.1 200 OK\r\n"), EndsWith(R"({"status_code":7,"value":"ok"})")));
}

}  // namespace serval::testing::answers_test
