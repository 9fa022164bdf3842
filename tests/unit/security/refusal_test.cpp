// SPDX-License-Identifier: MIT
// The option `refusal` of the schemes: another response to requests without a credential.
#include <serval/security/security_scheme.hpp>

#include <gtest/gtest.h>

#include <string>

#include <serval/security.hpp>
#include <serval/serval.hpp>
#include <serval/testing.hpp>

namespace serval::refusal_test {

const HttpError forbidden(403, "Who are you?", {{"x-hint", "log in"}});

const HttpBearer bearer({.refusal = forbidden});
const HttpBasic basic({.realm = "shop", .refusal = forbidden});
const HttpDigest digest({.refusal = forbidden});
const ApiKeyHeader header_key({.name = "x-api-key", .refusal = forbidden});
const ApiKeyQuery query_key({.name = "key", .refusal = forbidden});
const ApiKeyCookie cookie_key({.name = "key", .refusal = forbidden});
const OAuth2PasswordBearer password({.token_url = "token", .refusal = forbidden});
const OAuth2ClientCredentialsBearer client_credentials({.token_url = "token", .refusal = forbidden});
const OAuth2AuthorizationCodeBearer code({.authorization_url = "a", .token_url = "t", .refusal = forbidden});
const OAuth2ImplicitBearer implicit({.authorization_url = "a", .refusal = forbidden});
const OAuth2 oauth2({.refusal = forbidden});
const OpenIdConnect openid({.open_id_connect_url = "o", .refusal = forbidden});

class Refusal : public ::testing::Test {
 protected:
  template <auto Scheme>
  void expect_forbidden() {
    App app;
    app.get("/")([](Depends<Scheme>) { return 1; });
    const TestResponse refused = TestClient(app).get("/");
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(refused.body, R"({"detail":"Who are you?"})");
    EXPECT_EQ(refused.header("x-hint"), "log in");
    EXPECT_EQ(refused.header("www-authenticate"), std::nullopt);
  }
};

TEST_F(Refusal, IsAnOptionOfEachScheme) {
  expect_forbidden<&bearer>();
  expect_forbidden<&basic>();
  expect_forbidden<&digest>();
  expect_forbidden<&header_key>();
  expect_forbidden<&query_key>();
  expect_forbidden<&cookie_key>();
  expect_forbidden<&password>();
  expect_forbidden<&client_credentials>();
  expect_forbidden<&code>();
  expect_forbidden<&implicit>();
  expect_forbidden<&oauth2>();
  expect_forbidden<&openid>();
}

TEST_F(Refusal, AlsoAnswersAMalformedCredential) {
  App app;
  app.get("/")([](Depends<&basic>) { return 1; });
  app.get("/bearer")([](Depends<&bearer>) { return 1; });
  EXPECT_EQ(TestClient(app).get("/", {.headers = {{"authorization", "Basic !"}}}).status, 403);
  const TestRequest twice{.headers = {{"authorization", "Bearer a"}, {"authorization", "Bearer b"}}};
  EXPECT_EQ(TestClient(app).get("/bearer", twice).status, 403);
}

}  // namespace serval::refusal_test
