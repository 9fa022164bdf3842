// SPDX-License-Identifier: MIT
// Registration.
#include "accounts_fixture.hpp"

namespace {

using serval::json;

TEST_F(AccountsService, RegistersAUserAndHidesThePassword) {
  const auto answer = register_user("ann");
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(answer.body, R"({"username":"ann","email":"ann@example.com"})");
}

TEST_F(AccountsService, ANameIsTakenOnce) {
  register_user("ann");
  EXPECT_EQ(register_user("ann", "another one").status, 409);
  EXPECT_EQ(log_in_program("ann").status, 200);
}

TEST_F(AccountsService, AnEmailAddressIsTakenOnce) {
  register_user("ann");
  const auto answer = client.post(
      "/register", {.json = json{{"username", "bob"}, {"email", "ann@example.com"}, {"password", "correct horse"}}});
  EXPECT_EQ(answer.status, 409);
  EXPECT_EQ(log_in_program("bob").status, 401);
}

TEST_F(AccountsService, NamesAddressesAndPasswordsHaveRules) {
  const auto answer =
      client.post("/register", {.json = json{{"username", "A"}, {"email", "ann"}, {"password", "secret1"}}});
  EXPECT_EQ(answer.status, 422);
  EXPECT_EQ(answer.json()["detail"].size(), 3U);
}

}  // namespace
