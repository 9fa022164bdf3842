// SPDX-License-Identifier: MIT
// Several credentials as one requirement.
#include <serval/security/all_of.hpp>

#include <gtest/gtest.h>

#include <string>
#include <tuple>
#include <type_traits>
#include <variant>

#include <serval/security.hpp>
#include <serval/serval.hpp>
#include <serval/testing.hpp>

namespace serval::all_of_test {

const ApiKeyHeader api_key({.name = "x-api-key"});
const HttpBasic basic({.realm = "shop"});
const HttpBearer bearer;

void check_key(Depends<&api_key>) {}

class AllOf : public ::testing::Test {
 protected:
  AllOf() {
    app_.get("/")([](Depends<all_of<&api_key, &basic>> both) {
      const auto& [key, user] = *both;
      return key + "+" + user.username;
    });
    app_.get("/either")([](Depends<any_of<all_of<&api_key, &basic>, &bearer>> who) { return who->index(); });
    app_.get("/and")([](Depends<all_of<&api_key, &basic>>, Depends<&bearer>) { return 1; });
    app_.get("/inside")([](Depends<all_of<&api_key, any_of<&basic, anonymous>>>) { return 1; });
  }
  TestResponse get(const char* path, TestRequest options = {}) { return TestClient(app_).get(path, options); }
  json security(const char* path) { return app_.openapi()["paths"][path]["get"]["security"]; }
  App app_;
};

const std::string ann = "Basic YW5uOnNlY3JldA==";

TEST_F(AllOf, IsATupleOfTheValues) {
  using Both = Depends<all_of<&api_key, &basic>>::Value;
  static_assert(std::is_same_v<Both, std::tuple<std::string, HttpBasicCredentials>>);
  static_assert(std::is_same_v<Depends<all_of<check_key, &bearer>>::Value,
                               std::tuple<std::monostate, HttpAuthorizationCredentials>>);
  EXPECT_EQ(get("/", {.headers = {{"x-api-key", "k"}, {"authorization", ann}}}).body, R"("k+ann")");
}

TEST_F(AllOf, TheFirstRefusalIsTheResponse) {
  EXPECT_EQ(get("/").header("www-authenticate"), "APIKey");
  const TestResponse refused = get("/", {.headers = {{"x-api-key", "k"}}});
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(refused.header("www-authenticate"), R"(Basic realm="shop")");
}

TEST_F(AllOf, IsAnAlternativeForWhichAllCredentialsMustBeThere) {
  EXPECT_EQ(get("/either", {.headers = {{"x-api-key", "k"}, {"authorization", ann}}}).body, "0");
  EXPECT_EQ(get("/either", {.headers = {{"x-api-key", "k"}, {"authorization", "Bearer t"}}}).body, "1");
  EXPECT_EQ(get("/either", {.headers = {{"x-api-key", "k"}}}).status, 401);
}

TEST_F(AllOf, StandsInTheDocumentAsOneEntry) {
  EXPECT_EQ(security("/"), json::parse(R"([{"APIKeyHeader":[],"HTTPBasic":[]}])"));
  EXPECT_EQ(security("/either"), json::parse(R"([{"APIKeyHeader":[],"HTTPBasic":[]},{"HTTPBearer":[]}])"));
  EXPECT_EQ(security("/and"), json::parse(R"([{"APIKeyHeader":[],"HTTPBasic":[],"HTTPBearer":[]}])"));
  EXPECT_EQ(security("/inside"), json::parse(R"([{"APIKeyHeader":[],"HTTPBasic":[]},{"APIKeyHeader":[]}])"));
}

TEST_F(AllOf, PassesItsScopesOn) {
  app_.get("/scoped")([](Security<all_of<&api_key, &bearer>, "me">) { return 1; });
  EXPECT_EQ(security("/scoped"), json::parse(R"([{"APIKeyHeader":["me"],"HTTPBearer":["me"]}])"));
}

TEST_F(AllOf, IsReplacedInTests) {
  app_.override_dependency<all_of<&api_key, &basic>>([] {
    return std::tuple(std::string("k"), HttpBasicCredentials{"tester", ""});
  });
  EXPECT_EQ(get("/").body, R"("k+tester")");
}

}  // namespace serval::all_of_test
