// SPDX-License-Identifier: MIT
#include <serval/params/as.hpp>

#include <array>
#include <limits>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include <serval/schema/secret.hpp>
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

namespace of_source {
struct Point {
  double x;
  std::vector<double> more;
  std::map<std::string, double> named;
  std::optional<double> last;
  std::variant<double, std::string> either;
};
struct PointOut {
  double x;
  std::vector<float> more;
  std::map<std::string, double> named;
  std::optional<double> last;
  std::variant<double, std::string> either;
};
struct Person {
  Field<std::string, serialization_alias("userName")> name;
  Field<Secret<>, min_length(12)> password;
  int extra = 1;
};
struct PersonOut {
  Field<std::string, serialization_alias("userName")> name;
  Field<Secret<>, min_length(12)> password;
};
struct ByName {
  Field<std::string, alias("n")> name;
};
struct Inner {
  Default<int> depth = 1;
  Default<int> width = 2;
};
struct Options {
  std::string name;
  Default<std::string> role = "guest";
  Default<std::optional<int>> age = {};
  Default<Inner> inner = {};
  std::map<std::string, Inner> others;
};
struct OptionsOut {
  std::string name;
  Default<std::string> role = "guest";
  Default<std::optional<int>> age = {};
  Default<Inner> inner = {};
  std::map<std::string, Inner> others;
};
struct Closed {
  static constexpr ModelConfig model_config{.extra = schema::Extra::forbid};
  int id;
};
struct Wide {
  int id;
  std::string more;
};
struct WideList {
  std::vector<Wide> items;
  std::tuple<Wide, int> pair;
};
struct ClosedList {
  std::vector<Closed> items;
  std::tuple<Closed, int> pair;
};
struct Short {
  Field<std::string, max_length(2)> name;
};
}  // namespace of_source

TEST(As, ShowsWhatIsNotFiniteAsTheSourceDoes) {
  using namespace of_source;
  App app;
  app.post("/")([](Point point) -> As<PointOut> { return point; });
  app.get("/json")([]() -> As<std::vector<double>> {
    return json::array({1.5, std::numeric_limits<double>::infinity()});
  });
  const std::string body = R"({"x":1e400,"more":[1,-1e400],"named":{"a":1e400},"last":"nan","either":1e400})";
  TestClient client(app);
  const auto answer = client.post("/", {.headers = {{"content-type", "application/json"}}, .body = body});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, R"({"x":null,"more":[1.0,null],"named":{"a":null},"last":null,"either":null})");
  EXPECT_EQ(client.get("/json").body, "[1.5,null]");
}

TEST(As, FindsMembersByTheirNamesInAnswers) {
  using namespace of_source;
  const Person person{.name = "ann", .password = Secret<>("a long password")};
  EXPECT_EQ(encode_json(As<PersonOut>(person)), R"({"userName":"ann","password":"**********"})");
  EXPECT_EQ(encode_json(As<ByName>(person)), R"({"n":"ann"})");
  EXPECT_EQ(encode_json(As<ByName>(json{{"n", "ann"}, {"more", 1}})), R"({"n":"ann"})");
}

TEST(As, CarriesSecrets) {
  using namespace of_source;
  const As<PersonOut> shown = Person{.name = "ann", .password = Secret<>("a long password")};
  EXPECT_EQ(shown->password.reveal(), "a long password");
}

TEST(As, GivesNoSecretAway) {
  struct Open {
    std::string password;
  };
  const As<Open> shown = of_source::Person{.name = "ann", .password = Secret<>("a long password")};
  EXPECT_EQ(shown->password, "**********");
}

TEST(As, CountsAsUnsetWhatTheSourceDidNotSet) {
  using namespace of_source;
  App app;
  app.post("/", {.response_model_exclude_unset = true})([](Options options) -> As<OptionsOut> { return options; });
  TestClient client(app);
  EXPECT_EQ(client.post("/", {.json = json{{"name", "a"}, {"others", json::object()}}}).body,
            R"({"name":"a","others":{}})");
  const json given{{"name", "a"},
                   {"role", "guest"},
                   {"age", nullptr},
                   {"inner", {{"width", 2}}},
                   {"others", {{"k", {{"depth", 1}}}}}};
  EXPECT_EQ(client.post("/", {.json = given}).body, schema::to_text(given));
}

TEST(As, LeavesOutWhatAnOutputModelForbids) {
  using namespace of_source;
  const Wide wide{3, "x"};
  EXPECT_EQ(encode_json(As<Closed>(wide)), R"({"id":3})");
  EXPECT_EQ(encode_json(As<Closed>(json(wide))), R"({"id":3})");
  EXPECT_EQ(encode_json(As<ClosedList>(WideList{{wide}, {wide, 1}})), R"({"items":[{"id":3}],"pair":[{"id":3},1]})");
  EXPECT_EQ(encode_json(As<std::variant<int, Closed>>(wide)), R"({"id":3})");
  EXPECT_EQ(encode_json(As<std::array<Closed, 1>>(std::vector{wide})), R"([{"id":3}])");
  EXPECT_THROW(As<ClosedList>(Other{1}), std::runtime_error);
}

TEST(As, DoesNotCheckTypedSourcesAgain) {
  struct ByNameOnly {
    std::string name;
  };
  const As<of_source::Short> shown = ByNameOnly{"a long name"};
  EXPECT_EQ(*shown->name, "a long name");
}

TEST(As, TakesAndMakesPartials) {
  using namespace of_source;
  const auto some = decode_json<Partial<Wide>>(R"({"id":4})");
  EXPECT_EQ(encode_json(As<Closed>(some)), R"({"id":4})");
  EXPECT_EQ(encode_json(As<Partial<Wide>>(Closed{4})), R"({"id":4})");
}

}  // namespace serval::as_test
