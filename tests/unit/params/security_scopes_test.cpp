// SPDX-License-Identifier: MIT
// Dependencies with scopes: what their functions see, which uses share a value, and what the document shows.
#include <serval/params/security_scopes.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <serval/security.hpp>
#include <serval/serval.hpp>
#include <serval/testing.hpp>

namespace serval::security_scopes_test {

const OAuth2PasswordBearer oauth2({.token_url = "token"});

/// Only one thread at a time calls the functions below.
int calls = 0;

std::string granted(const SecurityScopes& required, Depends<&oauth2> token) {
  ++calls;
  return *token + ":" + required.scope_str();
}
std::string active(Security<granted, "me"> user) { return *user; }
std::string by_value(SecurityScopes required, Depends<active> user) { return required.scope_str() + "|" + *user; }
int no_scopes(Depends<&oauth2>) { return ++calls; }
int both(Security<no_scopes, "x"> number) { return *number; }
void check(const SecurityScopes& required) {
  if (required.scopes != std::vector<std::string>{"admin"}) throw HttpError(500, "not the scopes of the list");
  throw HttpError(403, "not an admin");
}

class Scopes : public ::testing::Test {
 protected:
  void SetUp() override { calls = 0; }
  TestResponse get() { return TestClient(app_).get("/", {.headers = {{"authorization", "Bearer t"}}}); }
  json requirements() { return app_.openapi()["paths"]["/"]["get"]["security"]; }
  App app_;
};

TEST_F(Scopes, AreThoseOfTheUse) {
  app_.get("/")([](Security<granted, "items:read", "me"> user) { return *user; });
  EXPECT_EQ(get().body, R"("t:items:read me")");
  EXPECT_EQ(requirements(), json::parse(R"([{"OAuth2PasswordBearer":["items:read","me"]}])"));
}

TEST_F(Scopes, AreEmptyWithoutThem) {
  app_.get("/")([](Depends<granted> user) { return *user; });
  EXPECT_EQ(get().body, R"("t:")");
  EXPECT_EQ(requirements(), json::parse(R"([{"OAuth2PasswordBearer":[]}])"));
}

TEST_F(Scopes, AreEmptyInAHandler) {
  app_.get("/")([](const SecurityScopes& required) { return required.scopes.size(); });
  EXPECT_EQ(get().body, "0");
}

TEST_F(Scopes, OfOuterUsesComeFirstEachOnce) {
  app_.get("/")([](const Security<by_value, "items", "me">& user) { return *user; });
  EXPECT_EQ(get().body, R"("items me|t:items me")");
  EXPECT_EQ(requirements(), json::parse(R"([{"OAuth2PasswordBearer":["items","me"]}])"));
}

TEST_F(Scopes, OfOneUseDoNotReachItsNeighbours) {
  app_.get("/")([](Security<granted, "a"> first, Security<active, "b"> second, Depends<active> third) {
    return json::array({*first, *second, *third});
  });
  EXPECT_EQ(get().body, R"(["t:a","t:b me","t:me"])");
  EXPECT_EQ(requirements(), json::parse(R"([{"OAuth2PasswordBearer":["a","b","me"]}])"));
}

TEST_F(Scopes, SeparateOnlyValuesThatDependOnThem) {
  app_.get("/")([](Security<granted, "a"> first, Security<granted, "a"> same, Security<granted, "b"> other,
                   Security<no_scopes, "a"> shared, Security<no_scopes, "c"> too) {
    return json{{"same", &*first == &*same}, {"other", &*first == &*other}, {"shared", &*shared == &*too}};
  });
  EXPECT_EQ(get().body, R"({"same":true,"other":false,"shared":true})");
  EXPECT_EQ(calls, 3);
  EXPECT_EQ(requirements(), json::parse(R"([{"OAuth2PasswordBearer":["a","b","c"]}])"));
}

TEST_F(Scopes, InAnotherOrderAreTheSame) {
  app_.get("/")(
      [](Security<granted, "a", "b"> first, Security<granted, "b", "a"> second) { return &*first == &*second; });
  EXPECT_EQ(get().body, "true");
}

TEST_F(Scopes, ReachSchemesBelowASharedDependency) {
  app_.get("/")([](Security<both, "a"> first, Security<both, "b"> second) { return &*first == &*second; });
  EXPECT_EQ(get().body, "true");
  EXPECT_EQ(requirements(), json::parse(R"([{"OAuth2PasswordBearer":["a","x","b"]}])"));
}

TEST_F(Scopes, OfAListOfDependencies) {
  app_.get("/", {.dependencies = {secured<check, "admin">}})([] { return 1; });
  const auto answer = get();
  EXPECT_EQ(answer.status, 403);
  EXPECT_EQ(answer.body, R"({"detail":"not an admin"})");
}

TEST_F(Scopes, ReachTheReplacementOfADependency) {
  app_.get("/")([](Security<granted, "a"> user) { return *user; });
  app_.override_dependency<granted>([](const SecurityScopes& required) { return "test:" + required.scope_str(); });
  EXPECT_EQ(get().body, R"("test:a")");
}

}  // namespace serval::security_scopes_test
