// SPDX-License-Identifier: MIT
// `jwt<User, &scheme>` as a dependency: responses, scopes, the document.
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <serval/auth.hpp>
#include <serval/security.hpp>
#include <serval/serval.hpp>
#include <serval/testing.hpp>

#include "tests/unit/auth/tokens.hpp"
#include "tests/unit/support/setup_error.hpp"

namespace serval::jwt_guard_test {

using auth_tests::User;

const HttpBearer bearer({.bearer_format = "JWT"});
const OAuth2PasswordBearer oauth2({.token_url = "token", .scopes = {{"items", "Read items"}, {"me", "Read yourself"}}});
const OpenIdConnect openid({.open_id_connect_url = "https://id.example/.well-known/openid-configuration"});
const ApiKeyCookie cookie({.name = "token"});
const ApiKeyHeader api_key({.name = "x-api-key"});

std::string current_name(Security<jwt<User, &oauth2>, "me"> user) { return user->sub; }

class JwtGuard : public ::testing::Test {
 protected:
  explicit JwtGuard(JwtOptions options = auth_tests::hs256_options()) {
    jwt_ = &app_.provide(Jwt<User>(std::move(options)));
    app_.get("/bearer")([](Depends<jwt<User, &bearer>> user) { return user->sub; });
    app_.get("/oauth2")([](Depends<jwt<User, &oauth2>> user) { return user->sub; });
    app_.get("/openid")([](Depends<jwt<User, &openid>> user) { return user->sub; });
    app_.get("/cookie")([](Depends<jwt<User, &cookie>> user) { return user->sub; });
    app_.get("/maybe")([](Depends<jwt<User, maybe<&bearer>>> user) {
      return user->has_value() ? (*user)->sub : std::string("nobody");
    });
    app_.get("/items")([](Security<jwt<User, &oauth2>, "items"> user) { return user->sub; });
    app_.get("/both")([](Security<current_name, "items"> name) { return *name; });
    app_.post("/secured", {.dependencies = {secured<jwt<User, &bearer>, "me">}})([](Body<json> body) { return *body; });
  }
  TestResponse get(const char* path, const std::string& token, const char* scheme = "Bearer ") {
    return TestClient(app_).get(path, {.headers = {{"authorization", scheme + token}}});
  }
  std::string token(const std::string& scope = {}) { return jwt_->issue({.sub = "ann", .scope = scope}); }

  App app_;
  Jwt<User>* jwt_ = nullptr;
};

TEST_F(JwtGuard, GivesTheClaimsOfTheToken) {
  for (const char* path : {"/bearer", "/oauth2", "/openid", "/maybe"}) {
    EXPECT_EQ(get(path, token()).body, R"("ann")") << path;
    EXPECT_EQ(get(path, token(), "bEARER ").status, 200) << path;
  }
  EXPECT_EQ(TestClient(app_).get("/cookie", {.headers = {{"cookie", "token=" + token()}}}).body, R"("ann")");
}

TEST_F(JwtGuard, ARequestWithoutATokenIsAskedForOne) {
  for (const char* path : {"/bearer", "/oauth2", "/openid", "/items"}) {
    const TestResponse answer = TestClient(app_).get(path);
    EXPECT_EQ(answer.status, 401) << path;
    EXPECT_EQ(answer.body, R"({"detail":"Not authenticated"})") << path;
    EXPECT_EQ(answer.header("www-authenticate"), "Bearer") << path;
  }
  EXPECT_EQ(TestClient(app_).get("/maybe").body, R"("nobody")");
}

TEST_F(JwtGuard, ABadTokenIsInvalid) {
  for (const char* path : {"/bearer", "/oauth2", "/openid", "/items", "/maybe"}) {
    for (const std::string& bad : {std::string("x"), token() + "A", token("items") + "."}) {
      const TestResponse answer = get(path, bad);
      EXPECT_EQ(answer.status, 401) << path;
      EXPECT_EQ(answer.body, R"({"detail":"Could not validate credentials"})") << path;
      EXPECT_EQ(answer.header("www-authenticate"), R"(Bearer error="invalid_token")") << path;
    }
  }
}

TEST_F(JwtGuard, ATokenWithoutAScopeIsForbidden) {
  EXPECT_EQ(get("/items", token("me items")).body, R"("ann")");
  const TestResponse answer = get("/items", token("me"));
  EXPECT_EQ(answer.status, 403);
  EXPECT_EQ(answer.body, R"({"detail":"Not enough permissions"})");
  EXPECT_EQ(answer.header("www-authenticate"), R"(Bearer error="insufficient_scope", scope="items")");
}

TEST_F(JwtGuard, ScopesAreThoseOfAllUses) {
  EXPECT_EQ(get("/both", token("me items")).body, R"("ann")");
  for (const char* scope : {"", "me", "items"}) {
    const TestResponse answer = get("/both", token(scope));
    EXPECT_EQ(answer.status, 403) << scope;
    EXPECT_EQ(answer.header("www-authenticate"), R"(Bearer error="insufficient_scope", scope="items me")") << scope;
  }
}

TEST_F(JwtGuard, GuardsARouteWithoutAnArgument) {
  TestClient client(app_);
  EXPECT_EQ(client.post("/secured", {.json = 1}).status, 401);
  EXPECT_EQ(client.post("/secured", {.headers = {{"authorization", "Bearer " + token("a")}}, .json = 1}).status, 403);
  EXPECT_EQ(client.post("/secured", {.headers = {{"authorization", "Bearer " + token("me")}}, .json = 1}).body, "1");
}

TEST_F(JwtGuard, StandsInTheDocumentByItsScheme) {
  const json document = app_.openapi();
  const auto security = [&](const char* path) { return document["paths"][path]["get"]["security"]; };
  EXPECT_EQ(security("/bearer"), json::parse(R"([{"HTTPBearer":[]}])"));
  EXPECT_EQ(security("/maybe"), json::parse(R"([{"HTTPBearer":[]}])"));
  EXPECT_EQ(security("/items"), json::parse(R"([{"OAuth2PasswordBearer":["items"]}])"));
  EXPECT_EQ(security("/both"), json::parse(R"([{"OAuth2PasswordBearer":["items","me"]}])"));
  EXPECT_FALSE(document["paths"]["/bearer"]["get"].contains("parameters"));
  EXPECT_EQ(document["components"]["securitySchemes"]["HTTPBearer"]["bearerFormat"], "JWT");
}

TEST_F(JwtGuard, IsReplacedInTests) {
  app_.override_dependency<jwt<User, &bearer>>([] { return User{.sub = "test", .scope = {}}; });
  EXPECT_EQ(TestClient(app_).get("/bearer").body, R"("test")");
}

TEST(JwtGuardSetup, NeedsAJwtOfTheSameClaims) {
  App app;
  app.get("/")([](Depends<jwt<User, &bearer>> user) { return user->sub; });
  EXPECT_NE(error_of([&] { TestClient client(app); }), "no error");
}

class JwtGuardWithStatus : public JwtGuard {
 protected:
  static JwtOptions options() {
    JwtOptions options = auth_tests::hs256_options();
    options.scope_status = 401;
    options.scope_claim = "scp";
    return options;
  }
  JwtGuardWithStatus() : JwtGuard(options()) {}
};

TEST_F(JwtGuardWithStatus, AnswersAsFastApisTutorial) {
  const TestResponse answer = get("/items", token("items"));
  EXPECT_EQ(answer.status, 401);
  EXPECT_EQ(answer.header("www-authenticate"), R"(Bearer error="insufficient_scope", scope="items")");
  const std::string granted =
      auth_tests::hmac_token(auth_tests::hs256_header, R"({"sub":"ann","exp":1800000060,"scp":["items"]})");
  EXPECT_EQ(get("/items", granted).status, 200);
}

class JwtGuardOnPool : public JwtGuard {
 protected:
  JwtGuardOnPool() : JwtGuard(auth_tests::options_of(es384)) {}
};

TEST_F(JwtGuardOnPool, VerifiesSlowAlgorithmsToo) {
  EXPECT_EQ(get("/items", token("items")).body, R"("ann")");
  EXPECT_EQ(get("/items", token("items") + "A").status, 401);
  EXPECT_EQ(get("/both", token("me")).status, 403);
}

TEST_F(JwtGuard, IsAnAlternativeToOtherSchemes) {
  app_.get("/either")([](Security<any_of<&api_key, jwt<User, &bearer>>, "items"> who) {
    const User* user = std::get_if<User>(&*who);
    return user != nullptr ? user->sub : "key " + std::get<std::string>(*who);
  });
  EXPECT_EQ(get("/either", token("items")).body, R"("ann")");
  EXPECT_EQ(get("/either", token()).status, 403);
  EXPECT_EQ(get("/either", "x").header("www-authenticate"), R"(Bearer error="invalid_token")");
  EXPECT_EQ(TestClient(app_).get("/either", {.headers = {{"x-api-key", "k"}}}).body, R"("key k")");
  EXPECT_EQ(TestClient(app_).get("/either").headers.get_all("www-authenticate"),
            (std::vector<std::string_view>{"APIKey", "Bearer"}));
}

}  // namespace serval::jwt_guard_test
