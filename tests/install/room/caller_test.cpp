// SPDX-License-Identifier: MIT
// The argument of the room: which callers it admits and refuses, and that it refuses them before their body is
// uploaded.
#include "quota/caller.hpp"

#include <gtest/gtest.h>

#include <string>

#include <serval/testing.hpp>

#include "support/program.hpp"

namespace quota_test::caller_test {

using serval::TestClient;
using serval::testing::body_of;
using serval::testing::has_line;
using serval::testing::status_of;

TEST(IsKey, TakesLettersDigitsHyphensAndUnderscores) { EXPECT_TRUE(quota::is_key("Ada-1_x")); }

TEST(IsKey, RefusesWhatWouldBeMoreThanAWord) {
  for (const std::string& text : {std::string(), std::string("a b"), std::string("a\tb"), std::string(65, 'a')}) {
    EXPECT_FALSE(quota::is_key(text)) << text;
  }
}

TEST(Caller, IsWhoTheKeyBelongsTo) {
  Program program;
  TestClient client(program.app);
  const auto answer = client.get("/me", {.headers = {{"x-api-key", "ada"}}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "\"Ada\"");
  EXPECT_EQ(answer.header("ratelimit-remaining"), "4");
}

TEST(Caller, IsUnauthorizedWithoutAKeyThatTheServiceKnows) {
  Program program;
  TestClient client(program.app);
  const auto without = client.get("/me");
  EXPECT_EQ(without.status, 401);
  EXPECT_EQ(without.header("www-authenticate"), "ApiKey");
  EXPECT_EQ(program.service.lines("LEFT"), 0);
  const auto unknown = client.get("/me", {.headers = {{"x-api-key", "eve"}}});
  EXPECT_EQ(unknown.status, 401);
  EXPECT_EQ(program.service.lines("LEFT"), 1);
}

TEST(Caller, IsToldToComeBackWhereNothingIsLeft) {
  Program program;
  TestClient client(program.app);
  const auto answer = client.get("/me", {.headers = {{"x-api-key", "bob"}}});
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(answer.header("retry-after"), "60");
  EXPECT_EQ(answer.header("ratelimit-remaining"), "0");
}

TEST(Caller, CanBeReplacedInTests) {
  Program program;
  program.app.override_dependency<&serval::Argument<quota::Caller>::from>([] {
    return quota::Caller{"k", "Tester", 1};
  });
  TestClient client(program.app);
  EXPECT_EQ(client.get("/me").body, "\"Tester\"");
}

TEST(CallerOver, ComesFromTheServiceOnBothLoops) {
  Served program;
  RawClient first = program.connect(), second = program.connect();  // on different loops
  for (RawClient* client : {&first, &second}) {
    for (int i = 0; i < 2; ++i) {
      client->send(get("/me", "ada"));
      EXPECT_EQ(body_of(client->read_answer()), "\"Ada\"");
    }
  }
  EXPECT_EQ(program.service.connections(), 3);  // one of the start functions, and one of each loop
}

TEST(CallerOver, CostsNoUploadWhereItIsRefused) {
  Served program;
  for (const std::string key : {"eve", "bob"}) {
    RawClient client = program.connect();
    client.send(
        "POST /notes HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 1000000\r\n"
        "expect: 100-continue\r\nx-api-key: " +
        key + "\r\n\r\n");
    const std::string answer = client.read_answer();
    EXPECT_EQ(status_of(answer), key == "eve" ? 401 : 429) << answer;  // without a 100 before it
    EXPECT_TRUE(has_line(answer, "connection: close"));
  }
}

TEST(CallerOver, IsAskedForBeforeTheBodyIsReadAndComesBeforeItsFaults) {
  Served program;
  RawClient refused = program.connect();
  refused.send(serval::testing::post_request("/notes", serval::testing::json_type, "no JSON"));
  EXPECT_EQ(status_of(refused.read_answer()), 401);
  RawClient admitted = program.connect();
  admitted.send(serval::testing::post_request("/notes", "x-api-key: ada\r\ncontent-type: application/json\r\n", "[1]"));
  EXPECT_EQ(body_of(admitted.read_answer()), "\"Ada: [1]\"");
}

}  // namespace quota_test::caller_test
