// SPDX-License-Identifier: MIT
// Models with members that have the names of members of serval's response types: they are still models.
#include <serval/params/respond.hpp>

#include <gtest/gtest.h>

#include <string>

#include <serval/serval.hpp>
#include <serval/testing.hpp>

namespace serval::status_member_test {

struct Report {
  int status_code;
  std::string text;
};
/// Has both members that distinguish a response such as `http::Ok` from a value.
struct Reading {
  int status_code;
  std::string value;
};
struct Health {
  int status;
  int default_status;
  std::string media_type;
};
/// A constant is not a member of the JSON. Without a `value` it is not a status either.
struct Probe {
  static constexpr int status_code = 7;
  std::string text;
};
struct Message {
  std::string message;
};

constexpr const char* report_text = R"({"status_code":7,"text":"ok"})";
constexpr const char* reading_text = R"({"status_code":7,"value":"ok"})";
constexpr const char* health_text = R"({"status":7,"default_status":8,"media_type":"text"})";

template <class F>
void expect_200(F handler, std::string_view body) {
  App app;
  app.get("/")(handler);
  const auto answer = TestClient(app).get("/");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, body);
  EXPECT_TRUE(app.openapi()["paths"]["/"]["get"]["responses"].contains("200"));
}

TEST(StatusMembers, OfWhatAHandlerReturnsAreData) {
  expect_200([] { return Report{7, "ok"}; }, report_text);
  expect_200([] { return Reading{7, "ok"}; }, reading_text);
  expect_200([] { return Health{7, 8, "text"}; }, health_text);
  expect_200([] { return Probe{"ok"}; }, R"({"text":"ok"})");
}

TEST(StatusMembers, OfABodyAreData) {
  App app;
  app.post("/report")([](Report report) { return report.status_code; });
  app.post("/reading")([](const Reading& reading) { return reading; });
  app.post("/health")([](Body<Health> health) { return *health; });
  TestClient client(app);
  EXPECT_EQ(client.post("/report", {.json = json{{"status_code", 7}, {"text", "ok"}}}).body, "7");
  EXPECT_EQ(client.post("/reading", {.json = json::parse(reading_text)}).body, reading_text);
  EXPECT_EQ(client.post("/health", {.json = json::parse(health_text)}).body, health_text);
}

TEST(StatusMembers, OfAModelInJsonAreData) {
  expect_200([] { return json{{"r", Report{7, "ok"}}}; }, R"({"r":{"status_code":7,"text":"ok"}})");
  expect_200([] { return json{{"r", Reading{7, "ok"}}}; }, R"({"r":{"status_code":7,"value":"ok"}})");
}

TEST(StatusMembers, OfAResultAreData) {
  expect_200([]() -> Result<Report> { return Report{7, "ok"}; }, report_text);
  expect_200([]() -> Result<Reading> { return Reading{7, "ok"}; }, reading_text);
}

TEST(StatusMembers, OfOneOfSeveralAnswersAreData) {
  expect_200([]() -> OneOf<Report, http::NotFound<Message>> { return Report{7, "ok"}; }, report_text);
  expect_200([]() -> OneOf<Reading, http::NotFound<Message>> { return Reading{7, "ok"}; }, reading_text);
  expect_200(
      []() -> OneOf<http::Ok<Health>, http::NotFound<Message>> {
        return http::Ok{Health{7, 8, "text"}};
      },
      health_text);
}

TEST(StatusMembers, OfAVariantOfModelsAreData) {
  expect_200([]() -> std::variant<Reading, Message> { return Reading{7, "ok"}; }, reading_text);
}

TEST(StatusMembers, OfTheAnswerToAnErrorAreData) {
  App app;
  app.on_status(404, [] { return Reading{7, "ok"}; });
  const auto answer = TestClient(app).get("/");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.body, reading_text);
}

}  // namespace serval::status_member_test
