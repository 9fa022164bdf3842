// SPDX-License-Identifier: MIT
// Browsers log in for a session.
#include "accounts_fixture.hpp"

namespace {

using serval::json;

TEST_F(AccountsService, ASessionIsTheUserUntilTheLogout) {
  register_user("ann");
  EXPECT_EQ(log_in_browser("ann").status, 204);
  EXPECT_EQ(client.get("/users/me").json()["username"], "ann");
  EXPECT_EQ(client.post("/logout").status, 204);
  EXPECT_EQ(client.get("/users/me").status, 401);
}

TEST_F(AccountsService, ALoginChangesTheSession) {
  register_user("ann");
  register_user("bob");
  log_in_browser("ann");
  const std::string before(client.cookies().get("session").value());
  log_in_browser("bob");
  EXPECT_NE(client.cookies().get("session"), before);
  client.cookies().set("session", before);
  EXPECT_EQ(client.get("/users/me").status, 401);
}

TEST_F(AccountsService, AForeignPageCannotLogIn) {
  register_user("ann");
  const auto answer = client.post("/login", {.headers = {{"sec-fetch-site", "cross-site"}},
                                             .json = json{{"username", "ann"}, {"password", "correct horse"}}});
  EXPECT_EQ(answer.status, 403);
  EXPECT_FALSE(answer.header("set-cookie"));
}

TEST_F(AccountsService, AListOfUsersNeedsAToken) {
  register_user("root");
  log_in_browser("root");
  EXPECT_EQ(client.get("/users").status, 401);
}

TEST_F(AccountsService, APasswordIsChangedByWhoKnowsTheOldOne) {
  register_user("ann");
  log_in_browser("ann");
  const json guess{{"old_password", "guess"}, {"new_password", "battery staple"}};
  EXPECT_EQ(client.put("/users/me/password", {.json = guess}).status, 403);
  EXPECT_EQ(change_password().status, 204);
  EXPECT_EQ(log_in_browser("ann").status, 401);
  EXPECT_EQ(log_in_browser("ann", "battery staple").status, 204);
}

TEST_F(AccountsService, ANewPasswordEndsTheOtherSessions) {
  register_user("ann");
  serval::TestClient other(app);
  other.post("/login", {.json = json{{"username", "ann"}, {"password", "correct horse"}}});
  EXPECT_EQ(other.get("/users/me").status, 200);
  log_in_browser("ann");
  const std::string before(client.cookies().get("session").value());
  EXPECT_EQ(change_password().status, 204);
  EXPECT_EQ(other.get("/users/me").status, 401);
  EXPECT_EQ(client.get("/users/me").status, 200);
  client.cookies().set("session", before);
  EXPECT_EQ(client.get("/users/me").status, 401);
}

}  // namespace
