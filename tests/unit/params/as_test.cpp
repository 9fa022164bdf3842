// SPDX-License-Identifier: MIT
#include <serval/params/as.hpp>

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <serval/serval.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>

namespace serval::as_test {

struct Address {
  std::string street;
  std::string city;
};
struct UserIn {
  std::string name;
  std::string password;
  std::optional<std::string> email;
  Default<std::string> role = "guest";
  Address address;
};
struct City {
  std::string city;
};
struct UserOut {
  std::string name;
  std::optional<std::string> email;
  Default<std::string> role = "nobody";
  City address;
};
struct Strict {
  Field<std::string, min_length(3)> name;
};
struct Other {
  int id;
};

UserIn ann() { return {.name = "ann", .password = "secret", .email = {}, .address = {"High", "Rome"}}; }
constexpr std::string_view shown_ann = R"({"name":"ann","email":null,"role":"guest","address":{"city":"Rome"}})";

TEST(As, ShowsTheMembersOfAnotherModelAlone) {
  App app;
  app.post("/users")([](UserIn user) -> As<UserOut> { return user; });
  const auto answer = TestClient(app).post(
      "/users", {.json = json{{"name", "bob"}, {"password", "x"}, {"address", {{"street", "a"}, {"city", "b"}}}}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, R"({"name":"bob","email":null,"role":"guest","address":{"city":"b"}})");
}

TEST(As, IsMadeOfListsAndOfJson) {
  App app;
  app.get("/list")([]() -> As<std::vector<UserOut>> { return std::vector{ann()}; });
  app.get("/json")([]() -> As<Other> { return json{{"id", 3}, {"secret", "x"}}; });
  EXPECT_EQ(TestClient(app).get("/list").body, "[" + std::string(shown_ann) + "]");
  EXPECT_EQ(TestClient(app).get("/json").body, R"({"id":3})");
}

TEST(As, StandsWithinOtherAnswers) {
  App app;
  app.get("/task")([]() -> Task<As<UserOut>> { co_return ann(); });
  app.get("/result")([](Query<bool, "fails"> fails) -> Result<As<UserOut>> {
    if (fails) return HttpError(404);
    return ann();
  });
  app.get("/created")(
      []() -> OneOf<http::Created<As<UserOut>>, http::NoContent> { return http::Created<As<UserOut>>{ann()}; });
  TestClient client(app);
  EXPECT_EQ(client.get("/task").body, shown_ann);
  EXPECT_EQ(client.get("/result?fails=false").body, shown_ann);
  EXPECT_EQ(client.get("/result?fails=true").status, 404);
  EXPECT_EQ(client.get("/created").status, 201);
  EXPECT_EQ(client.get("/created").body, shown_ann);
}

TEST(As, KeepsTheSameModelAsItIs) {
  const As<UserIn> same = ann();
  EXPECT_FALSE(same->role.is_set());
  EXPECT_EQ((*same).password, "secret");
}

TEST(As, SaysWhatDoesNotFit) {
  try {
    const As<Strict> shown = Other{1};
    FAIL() << "a missing member was shown";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "the answer cannot be shown as Strict: name: Field required");
  }
  EXPECT_THROW(As<Strict>(json{{"name", "ab"}}), std::runtime_error);
}

TEST(As, IsA500WhereItDoesNotFit) {
  App app;
  app.get("/")([]() -> As<Other> { return ann(); });
  const auto answer = TestClient(app).get("/");
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.body.find("secret"), std::string::npos);
}

TEST(As, IsTheShownModelInTheDocument) {
  App app;
  app.post("/users")([](UserIn user) -> As<UserOut> { return user; });
  const json& document = app.openapi();
  EXPECT_EQ(document["paths"]["/users"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"],
            "#/components/schemas/UserOut");
}

}  // namespace serval::as_test
