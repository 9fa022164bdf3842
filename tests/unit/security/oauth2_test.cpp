// SPDX-License-Identifier: MIT
// OAuth 2.0 and OpenID Connect: tokens, the flows in the document, the form of a token request.
#include <serval/security/oauth2.hpp>

#include <gtest/gtest.h>

#include <string>

#include <serval/security.hpp>
#include <serval/serval.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/setup_error.hpp"

namespace serval::oauth2_test {

const OAuth2PasswordBearer password({.token_url = "token", .scopes = {{"me", "Read yourself"}}});
const OAuth2ClientCredentialsBearer client({.token_url = "/token", .refresh_url = "/refresh"});
const OAuth2AuthorizationCodeBearer code({.authorization_url = "https://id.example/authorize",
                                          .token_url = "https://id.example/token",
                                          .description = "Log in"});
const OAuth2ImplicitBearer implicit({.authorization_url = "https://id.example/authorize"});
const OAuth2 any({.flows = {{"password", {{"tokenUrl", "token"}, {"scopes", json::object()}}}}});
const OpenIdConnect openid({.open_id_connect_url = "https://id.example/.well-known/openid-configuration"});

class OAuth2Over : public ::testing::Test {
 protected:
  OAuth2Over() {
    app_.get("/password")([](Depends<&password> token) { return *token; });
    app_.get("/client")([](Depends<&client> token) { return *token; });
    app_.get("/code")([](Depends<&code> token) { return *token; });
    app_.get("/implicit")([](Depends<&implicit> token) { return *token; });
    app_.get("/any")([](Depends<&any> field) { return *field; });
    app_.get("/openid")([](Depends<&openid> field) { return *field; });
    app_.get("/maybe")([](Depends<maybe<&password>> token) { return *token; });
    app_.post("/token")([](Form<OAuth2PasswordForm> form) {
      return json{
          {"user", form.username}, {"password", form.password}, {"scopes", form.scopes()}, {"client", form.client_id}};
    });
    app_.post("/strict")([](Form<OAuth2PasswordFormStrict> form) { return form.scopes(); });
  }
  TestResponse get(const char* path, const char* authorization) {
    return TestClient(app_).get(path, {.headers = {{"authorization", authorization}}});
  }
  App app_;
};

TEST_F(OAuth2Over, ABearerIsItsToken) {
  for (const char* path : {"/password", "/client", "/code", "/implicit", "/maybe"}) {
    EXPECT_EQ(get(path, "bEARER  t0ken ").body, R"("t0ken")") << path;
    EXPECT_EQ(get(path, "Bearer").body, R"("")") << path;  // the token may be empty, as in FastAPI
  }
}

TEST_F(OAuth2Over, ABearerThatIsMissingIs401) {
  TestClient requests{app_};
  for (const char* path : {"/password", "/client", "/code", "/implicit", "/any", "/openid"}) {
    const auto answer = requests.get(path);
    EXPECT_EQ(answer.status, 401) << path;
    EXPECT_EQ(answer.body, R"({"detail":"Not authenticated"})") << path;
    EXPECT_EQ(answer.header("www-authenticate"), "Bearer") << path;
  }
  EXPECT_EQ(get("/password", "Basic YTpi").status, 401);
  EXPECT_EQ(get("/maybe", "Basic YTpi").body, "null");
}

TEST_F(OAuth2Over, OthersAreTheWholeField) {
  EXPECT_EQ(get("/any", "Custom a b").body, R"("Custom a b")");
  EXPECT_EQ(get("/openid", "Bearer x").body, R"("Bearer x")");
}

TEST_F(OAuth2Over, TheDocumentTellsWhereTokensAre) {
  EXPECT_EQ(app_.openapi()["components"]["securitySchemes"], json::parse(R"({
              "OAuth2PasswordBearer":{"type":"oauth2","flows":{"password":{
                "scopes":{"me":"Read yourself"},"tokenUrl":"token"}}},
              "OAuth2ClientCredentialsBearer":{"type":"oauth2","flows":{"clientCredentials":{
                "scopes":{},"refreshUrl":"/refresh","tokenUrl":"/token"}}},
              "OAuth2AuthorizationCodeBearer":{"type":"oauth2","flows":{"authorizationCode":{
                "scopes":{},"authorizationUrl":"https://id.example/authorize","tokenUrl":"https://id.example/token"}},
                "description":"Log in"},
              "OAuth2ImplicitBearer":{"type":"oauth2","flows":{"implicit":{
                "scopes":{},"authorizationUrl":"https://id.example/authorize"}}},
              "OAuth2":{"type":"oauth2","flows":{"password":{"tokenUrl":"token","scopes":{}}}},
              "OpenIdConnect":{"type":"openIdConnect",
                "openIdConnectUrl":"https://id.example/.well-known/openid-configuration"}})"));
}

TEST_F(OAuth2Over, TheFormOfATokenRequestIsRead) {
  TestClient requests{app_};
  const auto post = [&](const char* path, const char* form) {
    return requests.post(path, {.headers = {{"content-type", "application/x-www-form-urlencoded"}}, .body = form});
  };
  EXPECT_EQ(post("/token", "grant_type=password&username=ann&password=p%20w&scope=me+items").body,
            R"({"user":"ann","password":"p w","scopes":["me","items"],"client":null})");
  EXPECT_EQ(post("/token", "username=ann&password=pw&client_id=shop").body,
            R"({"user":"ann","password":"pw","scopes":[],"client":"shop"})");
  EXPECT_EQ(post("/token", "grant_type=code&username=ann&password=pw").status, 422);
  EXPECT_EQ(post("/strict", "grant_type=password&username=ann&password=pw&scope=a").body, R"(["a"])");
  EXPECT_EQ(post("/strict", "username=ann&password=pw").status, 422);
}

TEST(OAuth2Options, NeedTheirUrls) {
  EXPECT_EQ(error_of([] { OAuth2PasswordBearer({}); }),
            R"(OAuth2PasswordBearer needs token_url: OAuth2PasswordBearer({.token_url = "..."}))");
  EXPECT_EQ(error_of([] { OAuth2ClientCredentialsBearer({}); }),
            R"(OAuth2ClientCredentialsBearer needs token_url: OAuth2ClientCredentialsBearer({.token_url = "..."}))");
  EXPECT_EQ(error_of([] { OAuth2AuthorizationCodeBearer({.token_url = "t"}); }),
            R"(OAuth2AuthorizationCodeBearer needs authorization_url: )"
            R"(OAuth2AuthorizationCodeBearer({.authorization_url = "..."}))");
  EXPECT_EQ(error_of([] { OAuth2ImplicitBearer({}); }),
            R"(OAuth2ImplicitBearer needs authorization_url: OAuth2ImplicitBearer({.authorization_url = "..."}))");
  EXPECT_EQ(error_of([] { OpenIdConnect({}); }),
            R"(OpenIdConnect needs open_id_connect_url: OpenIdConnect({.open_id_connect_url = "..."}))");
}

}  // namespace serval::oauth2_test
