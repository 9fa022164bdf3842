// SPDX-License-Identifier: MIT
// Programs log in for access tokens and refresh tokens.
#include "accounts_fixture.hpp"

namespace {

using serval::json;

TEST_F(AccountsService, AnAccessTokenIsTheUser) {
  register_user("ann");
  const json tokens = log_in_program("ann").json();
  EXPECT_EQ(tokens["expires_in"], 900);
  const auto answer = get_with_token("/users/me", tokens["access_token"]);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, R"({"username":"ann","email":"ann@example.com"})");
}

TEST_F(AccountsService, WithoutACredentialTheAnswerNamesTheScheme) {
  const auto answer = client.get("/users/me");
  EXPECT_EQ(answer.status, 401);
  EXPECT_EQ(answer.header("www-authenticate"), "Bearer");
}

TEST_F(AccountsService, AWrongPasswordAndAnUnknownUserLookTheSame) {
  register_user("ann");
  const auto wrong = log_in_program("ann", "guess");
  const auto unknown = log_in_program("bob", "guess");
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(unknown.status, 401);
  EXPECT_EQ(wrong.body, unknown.body);
}

TEST_F(AccountsService, ARefreshTokenGivesNewTokens) {
  register_user("ann");
  const json first = log_in_program("ann").json();
  const auto answer = client.post("/token/refresh", {.json = json{{"refresh_token", first["refresh_token"]}}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_NE(answer.json()["refresh_token"], first["refresh_token"]);
  EXPECT_EQ(get_with_token("/users/me", answer.json()["access_token"]).status, 200);
}

TEST_F(AccountsService, ARevokedRefreshTokenIsRefused) {
  register_user("ann");
  const json sent{{"refresh_token", log_in_program("ann").json()["refresh_token"]}};
  EXPECT_EQ(client.post("/token/revoke", {.json = sent}).status, 204);
  EXPECT_EQ(client.post("/token/refresh", {.json = sent}).status, 401);
}

TEST_F(AccountsService, AnInventedRefreshTokenIsRefused) {
  EXPECT_EQ(client.post("/token/refresh", {.json = json{{"refresh_token", "made-up"}}}).status, 401);
}

TEST_F(AccountsService, ANewPasswordEndsTheLoginsOfPrograms) {
  register_user("ann");
  const json sent{{"refresh_token", log_in_program("ann").json()["refresh_token"]}};
  log_in_browser("ann");
  EXPECT_EQ(change_password().status, 204);
  EXPECT_EQ(client.post("/token/refresh", {.json = sent}).status, 401);
  EXPECT_EQ(log_in_program("ann", "battery staple").status, 200);
}

TEST_F(AccountsService, OnlyAdministratorsListUsers) {
  register_user("ann");
  register_user("root");
  EXPECT_EQ(get_with_token("/users", log_in_program("ann").json()["access_token"]).status, 403);
  const auto answer = get_with_token("/users", log_in_program("root").json()["access_token"]);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.json().size(), 2U);
}

TEST_F(AccountsService, GuessesOfAPasswordAreLimited) {
  register_user("ann");
  for (int guess = 0; guess < 10; ++guess) EXPECT_EQ(log_in_program("ann", "guess").status, 401);
  EXPECT_EQ(log_in_program("ann").status, 429);
  EXPECT_EQ(log_in_program("bob").status, 401);  // the limit is that of a user
}

}  // namespace
