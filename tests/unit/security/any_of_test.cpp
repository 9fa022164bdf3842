// SPDX-License-Identifier: MIT
// Alternative credentials: which alternative decides, what its value is, and how requests without any are refused.
#include <serval/security/any_of.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include <serval/security.hpp>
#include <serval/serval.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/setup_error.hpp"

namespace serval::any_of_test {

const ApiKeyHeader api_key({.name = "x-api-key"});
const HttpBasic basic({.realm = "shop"});
const HttpBearer bearer;
const ApiKeyQuery silent_key({.name = "key", .scheme_name = "Silent", .refusal = HttpError(403, "no key")});

const ApiKeyQuery other_silent_key({.name = "o", .scheme_name = "Other", .refusal = HttpError(403, "no other")});

struct Reader {
  std::string name;
};

/// Only one thread at a time calls the functions below.
int calls = 0;

void check_key(Depends<&api_key> key) {
  if (*key != "k") throw HttpError(403, "Wrong key");
}
std::string key_owner(Depends<&api_key> key) { return "owner of " + *key; }
Task<Reader> reader(Depends<&bearer> token) {
  ++calls;
  co_return Reader{token->credentials};
}
std::string scoped(const SecurityScopes& required, Depends<&bearer> token) {
  return token->credentials + ":" + required.scope_str();
}
std::string needs_both(Depends<&api_key> key, Depends<&basic> user) { return *key + "+" + user->username; }
int without_scheme(Query<int, "n"> n) { return n; }
int with_optional_scheme(Depends<maybe<&bearer>>) { return 1; }
std::string with_parameter(Depends<&api_key>, Query<int, "n"> n) { return std::to_string(n); }

class AnyOf : public ::testing::Test {
 protected:
  void SetUp() override { calls = 0; }
  TestResponse get(TestRequest options = {}) { return TestClient(app_).get("/", options); }
  TestResponse with(std::string name, std::string value) { return get({.headers = {{name, value}}}); }
  App app_;
};

const std::string ann = "Basic YW5uOnNlY3JldA==";

TEST_F(AnyOf, TheFirstAlternativeWithACredentialGivesTheValue) {
  app_.get("/")([](Depends<any_of<key_owner, scoped>> who) { return *who; });
  EXPECT_EQ(with("x-api-key", "k").body, R"("owner of k")");
  EXPECT_EQ(with("authorization", "Bearer t").body, R"("t:")");
  EXPECT_EQ(get({.headers = {{"authorization", "Bearer t"}, {"x-api-key", "k"}}}).body, R"("owner of k")");
}

TEST_F(AnyOf, SchemesAreAlternatives) {
  app_.get("/")([](Depends<any_of<&basic, &bearer>> who) {
    return std::string(std::holds_alternative<HttpBasicCredentials>(*who) ? "user" : "token");
  });
  EXPECT_EQ(with("authorization", ann).body, R"("user")");
  EXPECT_EQ(with("authorization", "Bearer t").body, R"("token")");
}

TEST_F(AnyOf, ValuesOfDifferentTypesAreAVariant) {
  using Mixed = Depends<any_of<check_key, reader, key_owner, scoped>>::Value;
  static_assert(std::is_same_v<Mixed, std::variant<std::monostate, Reader, std::string>>);
  static_assert(std::is_same_v<Depends<any_of<key_owner, scoped>>::Value, std::string>);
  static_assert(std::is_void_v<Depends<any_of<check_key, check_key>>::Value>);
  app_.get("/")([](Depends<any_of<check_key, reader>> who) { return who->index(); });
  EXPECT_EQ(with("x-api-key", "k").body, "0");
  EXPECT_EQ(with("authorization", "Bearer t").body, "1");
}

TEST_F(AnyOf, TheRefusalOfTheFirstCredentialIsFinal) {
  app_.get("/")([](Depends<any_of<check_key, reader>>) { return 1; });
  const TestResponse refused = get({.headers = {{"x-api-key", "guess"}, {"authorization", "Bearer t"}}});
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.body, R"({"detail":"Wrong key"})");
  EXPECT_EQ(calls, 0);
}

TEST_F(AnyOf, AMalformedCredentialIsFinal) {
  app_.get("/")([](Depends<any_of<&basic, &api_key>>) { return 1; });
  const TestResponse refused = get({.headers = {{"authorization", "Basic !"}, {"x-api-key", "k"}}});
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(refused.headers.get_all("www-authenticate"), std::vector<std::string_view>{R"(Basic realm="shop")"});
}

TEST_F(AnyOf, OnlyTheAlternativeThatDecidesIsCalled) {
  app_.get("/")([](Depends<any_of<key_owner, reader>>) { return calls; });
  EXPECT_EQ(with("x-api-key", "k").body, "0");
  EXPECT_EQ(with("authorization", "Bearer t").body, "1");
}

TEST_F(AnyOf, WithoutACredentialAllSchemesAskForOneInOrder) {
  app_.get("/")([](Depends<any_of<&silent_key, key_owner, reader, &basic, check_key>>) { return 1; });
  const TestResponse refused = get();
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(refused.body, R"({"detail":"Not authenticated"})");
  EXPECT_EQ(refused.headers.get_all("www-authenticate"),
            (std::vector<std::string_view>{"APIKey", "Bearer", R"(Basic realm="shop")"}));
}

TEST_F(AnyOf, WithoutA401TheFirstRefusalStands) {
  app_.get("/")([](Depends<any_of<&silent_key, &other_silent_key>>) { return 1; });
  EXPECT_EQ(get().status, 403);
  EXPECT_EQ(get().body, R"({"detail":"no key"})");
}

TEST_F(AnyOf, AnonymousMakesTheValueOptional) {
  static_assert(std::is_same_v<Depends<any_of<reader, anonymous>>::Value, std::optional<Reader>>);
  static_assert(std::is_same_v<Depends<any_of<check_key, anonymous>>::Value, std::optional<std::monostate>>);
  using Mixed = std::optional<std::variant<Reader, std::string>>;
  static_assert(std::is_same_v<Depends<any_of<reader, key_owner, anonymous>>::Value, Mixed>);
  app_.get("/")([](Depends<any_of<reader, anonymous>> who) { return *who ? (*who)->name : std::string("nobody"); });
  EXPECT_EQ(with("authorization", "Bearer t").body, R"("t")");
  EXPECT_EQ(with("authorization", ann).body, R"("nobody")");
  EXPECT_EQ(get().body, R"("nobody")");
}

TEST_F(AnyOf, AnAlternativeNeedsAllOfItsCredentials) {
  app_.get("/")([](Depends<any_of<needs_both, &api_key>> who) { return *who; });
  EXPECT_EQ(with("x-api-key", "k").body, R"("k")");
  EXPECT_EQ(get({.headers = {{"authorization", ann}, {"x-api-key", "k"}}}).body, R"("k+ann")");
  EXPECT_EQ(with("authorization", ann).status, 401);
}

TEST_F(AnyOf, MayBeInsideAnother) {
  app_.get("/")([](Depends<any_of<any_of<key_owner, scoped>, &silent_key>> who) { return *who; });
  EXPECT_EQ(with("authorization", "Bearer t").body, R"("t:")");
  EXPECT_EQ(TestClient(app_).get("/?key=q").body, R"("q")");
  EXPECT_EQ(get().headers.get_all("www-authenticate"), (std::vector<std::string_view>{"APIKey", "Bearer"}));
}

TEST_F(AnyOf, SharesItsValuesWithOtherUses) {
  app_.get("/")([](Depends<any_of<key_owner, reader>>, Depends<any_of<reader, key_owner>>) { return calls; });
  EXPECT_EQ(with("authorization", "Bearer t").body, "1");
}

TEST_F(AnyOf, HoldsBesidesOtherSchemes) {
  app_.get("/")([](Depends<any_of<&api_key, &basic>>, Depends<&bearer>) { return 1; });
  EXPECT_EQ(with("x-api-key", "k").status, 401);
  EXPECT_EQ(with("authorization", "Bearer t").status, 401);
  EXPECT_EQ(get({.headers = {{"x-api-key", "k"}, {"authorization", "Bearer t"}}}).status, 200);
}

TEST_F(AnyOf, ErrorsOfTheArgumentsOfTheChosenAlternativeAreListed) {
  app_.get("/")([](Depends<any_of<with_parameter, scoped>> who) { return *who; });
  EXPECT_EQ(with("x-api-key", "k").status, 422);
  EXPECT_EQ(TestClient(app_).get("/?n=4", {.headers = {{"x-api-key", "k"}}}).body, R"("4")");
  EXPECT_EQ(with("authorization", "Bearer t").body, R"("t:")");
}

TEST_F(AnyOf, ScopesReachAllAlternatives) {
  app_.get("/")([](Security<any_of<scoped, key_owner>, "me"> who) { return *who; });
  EXPECT_EQ(with("authorization", "Bearer t").body, R"("t:me")");
  EXPECT_EQ(app_.openapi()["paths"]["/"]["get"]["security"],
            json::parse(R"([{"HTTPBearer":["me"]},{"APIKeyHeader":["me"]}])"));
}

TEST_F(AnyOf, WorksInListsOfDependenciesAndOnBlockingRoutes) {
  app_.get("/", {.dependencies = {depends<any_of<check_key, reader>>}})([] { return 1; });
  app_.get("/blocking",
           {.blocking = true, .dependencies = {secured<any_of<key_owner, reader>, "me">}})([] { return 2; });
  EXPECT_EQ(get().status, 401);
  EXPECT_EQ(with("x-api-key", "k").body, "1");
  EXPECT_EQ(TestClient(app_).get("/blocking").status, 401);
  EXPECT_EQ(TestClient(app_).get("/blocking", {.headers = {{"authorization", "Bearer t"}}}).body, "2");
  App guarded({.dependencies = {depends<any_of<check_key, &basic>>}});
  guarded.get("/")([] { return 3; });
  EXPECT_EQ(TestClient(guarded).get("/").status, 401);
  EXPECT_EQ(TestClient(guarded).get("/", {.headers = {{"x-api-key", "k"}}}).body, "3");
}

TEST_F(AnyOf, IsReplacedInTests) {
  app_.get("/")([](Depends<any_of<key_owner, scoped>> who) { return *who; });
  app_.override_dependency<any_of<key_owner, scoped>>([] { return std::string("tester"); });
  EXPECT_EQ(get().body, R"("tester")");
}

TEST_F(AnyOf, AnAlternativeIsReplacedInTests) {
  app_.get("/")([](Depends<any_of<key_owner, scoped>> who) { return *who; });
  app_.override_dependency<&bearer>([] { return HttpAuthorizationCredentials{"Bearer", "fake"}; });
  EXPECT_EQ(get().body, R"("fake:")");  // a replaced scheme always has its credential
  EXPECT_EQ(with("x-api-key", "k").body, R"("owner of k")");
  app_.override_dependency<key_owner>([] { return std::string("tester"); });
  EXPECT_EQ(get().body, R"("tester")");
}

TEST_F(AnyOf, AnAlternativeWithoutASchemeIsASetupError) {
  EXPECT_NE(error_of([] {
              App app;
              app.get("/")([](Depends<any_of<without_scheme, &bearer>>) { return 1; });
              static_cast<void>(app.openapi());
            }).find("the dependency any_of has the alternative without_scheme, which depends on no security scheme"),
            std::string::npos);
  EXPECT_NE(error_of([] {
              App app;
              app.get("/")([](Depends<any_of<&api_key, with_optional_scheme>>) { return 1; });
              static_cast<void>(app.openapi());
            }).find("has the alternative with_optional_scheme"),
            std::string::npos);
}

TEST_F(AnyOf, StandsInTheDocumentAsAnEntryForEachAlternative) {
  const auto entries = [](auto handler) {
    App app;
    app.get("/")(handler);
    return app.openapi()["paths"]["/"]["get"]["security"];
  };
  EXPECT_EQ(entries([](Depends<any_of<check_key, reader>>) { return 1; }),
            json::parse(R"([{"APIKeyHeader":[]},{"HTTPBearer":[]}])"));
  EXPECT_EQ(entries([](Depends<any_of<reader, anonymous>>) { return 1; }), json::parse(R"([{"HTTPBearer":[]},{}])"));
  EXPECT_EQ(entries([](Depends<any_of<needs_both, &bearer>>) { return 1; }),
            json::parse(R"([{"APIKeyHeader":[],"HTTPBasic":[]},{"HTTPBearer":[]}])"));
}

TEST_F(AnyOf, StandsInTheDocumentTogetherWithOtherSchemes) {
  app_.get("/")([](Depends<any_of<&api_key, &bearer>>, Depends<&silent_key>) { return 1; });
  EXPECT_EQ(app_.openapi()["paths"]["/"]["get"]["security"],
            json::parse(R"([{"APIKeyHeader":[],"Silent":[]},{"HTTPBearer":[],"Silent":[]}])"));
}

TEST_F(AnyOf, UsedTwiceInARouteStandsInTheDocumentOnce) {
  app_.get("/", {.dependencies = {depends<any_of<&api_key, &bearer>>}})(
      [](Depends<any_of<&api_key, &bearer>>) { return 1; });
  EXPECT_EQ(app_.openapi()["paths"]["/"]["get"]["security"], json::parse(R"([{"APIKeyHeader":[]},{"HTTPBearer":[]}])"));
}

}  // namespace serval::any_of_test
