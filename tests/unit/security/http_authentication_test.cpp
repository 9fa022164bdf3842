// SPDX-License-Identifier: MIT
// The schemes of the `authorization` field: Basic, Bearer and Digest.
#include <serval/security/http_authentication.hpp>

#include <gtest/gtest.h>

#include <string>

#include <serval/security.hpp>
#include <serval/serval.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/setup_error.hpp"

namespace serval::http_authentication_test {

const HttpBasic basic({.realm = "a \"shop\""});
const HttpBasic plain_basic({.scheme_name = "Plain"});
const HttpBearer bearer({.bearer_format = "JWT", .description = "of /login"});
const HttpDigest digest;

json parts(const HttpAuthorizationCredentials& found) { return json::array({found.scheme, found.credentials}); }
json parts(const HttpBasicCredentials& found) { return json::array({found.username, found.password}); }

class HttpAuthentication : public ::testing::Test {
 protected:
  HttpAuthentication() {
    app_.get("/basic")([](Depends<&basic> found) { return parts(*found); });
    app_.get("/plain")([](Depends<&plain_basic> found) { return parts(*found); });
    app_.get("/bearer")([](Depends<&bearer> found) { return parts(*found); });
    app_.get("/digest")([](Depends<&digest> found) { return parts(*found); });
    app_.get("/maybe-basic")([](Depends<maybe<&basic>> found) { return found->has_value(); });
    app_.get("/maybe-bearer")([](Depends<maybe<&bearer>> found) { return found->has_value(); });
  }
  TestResponse get(const char* path, const char* authorization) {
    return TestClient(app_).get(path, {.headers = {{"authorization", authorization}}});
  }
  App app_;
};

void expect_refused(const TestResponse& answer, std::string_view challenge) {
  EXPECT_EQ(answer.status, 401);
  EXPECT_EQ(answer.body, R"({"detail":"Not authenticated"})");
  EXPECT_EQ(answer.header("www-authenticate"), challenge);
}

TEST_F(HttpAuthentication, BasicIsUserAndPassword) {
  EXPECT_EQ(get("/plain", "Basic YW5uOnNlY3JldA==").body, R"(["ann","secret"])");
  EXPECT_EQ(get("/plain", "bAsIc YW5uOmE6Yg==").body, R"(["ann","a:b"])");  // the first colon separates
  EXPECT_EQ(get("/plain", "Basic Og==").body, R"(["",""])");
  EXPECT_EQ(get("/plain", "Basic asO8cmdlbjrDpA==").body, R"(["jürgen","ä"])");
}

TEST_F(HttpAuthentication, BasicThatIsMissingOrMalformedIs401) {
  expect_refused(TestClient(app_).get("/plain"), "Basic");
  expect_refused(TestClient(app_).get("/basic"), R"(Basic realm="a \"shop\"")");
  for (const char* field :
       {"", "Basic", "Basic ", "Bearer YW5uOnNlY3JldA==", "Basic YW5u" /* no colon */,
        "Basic YW5uOnNlY3JldA= =", "Basic YW5uO!", "Basic YTrDKA==" /* no UTF-8 */, "Basic YTpiDQo=" /* line end */}) {
    SCOPED_TRACE(field);
    expect_refused(get("/plain", field), "Basic");
  }
}

TEST_F(HttpAuthentication, BasicThatIsOptionalMayBeMissingButNotMalformed) {
  EXPECT_EQ(TestClient(app_).get("/maybe-basic").body, "false");
  EXPECT_EQ(get("/maybe-basic", "Bearer x").body, "false");
  EXPECT_EQ(get("/maybe-basic", "Basic YTpi").body, "true");
  EXPECT_EQ(get("/maybe-basic", "Basic !").status, 401);
}

TEST_F(HttpAuthentication, BearerIsSchemeAndToken) {
  EXPECT_EQ(get("/bearer", "Bearer abc").body, R"(["Bearer","abc"])");
  EXPECT_EQ(get("/bearer", "bearer  x y ").body, R"(["bearer","x y"])");
}

TEST_F(HttpAuthentication, BearerWithoutATokenIs401) {
  expect_refused(TestClient(app_).get("/bearer"), "Bearer");
  for (const char* field : {"", "Bearer", "Bearer ", "Basic abc", "Bearerabc"}) {
    SCOPED_TRACE(field);
    expect_refused(get("/bearer", field), "Bearer");
    EXPECT_EQ(get("/maybe-bearer", field).body, "false");
  }
}

TEST_F(HttpAuthentication, DigestIsItsText) {
  EXPECT_EQ(get("/digest", R"(Digest username="ann", nc=1)").json(),
            json::array({"Digest", R"(username="ann", nc=1)"}));
  expect_refused(get("/digest", "Bearer x"), "Digest");
}

TEST_F(HttpAuthentication, InSeveralFieldsIsRefused) {
  struct Case {
    const char* path;
    const char* accepted;
  };
  for (const auto& [path, accepted] : {Case{"/bearer", "Bearer a"}, Case{"/maybe-bearer", "Bearer a"},
                                       Case{"/digest", "Digest nc=1"}, Case{"/plain", "Basic YTpi"}}) {
    EXPECT_EQ(get(path, accepted).status, 200) << path;
    for (const char* first : {accepted, "", "Other a"}) {
      const auto answer =
          TestClient(app_).get(path, {.headers = {{"authorization", first}, {"authorization", accepted}}});
      EXPECT_EQ(answer.status, 401) << path << " " << first;
    }
  }
}

TEST_F(HttpAuthentication, StandsInTheDocument) {
  EXPECT_EQ(app_.openapi()["components"]["securitySchemes"],
            json::parse(R"({"HTTPBasic":{"type":"http","scheme":"basic"},
                            "Plain":{"type":"http","scheme":"basic"},
                            "HTTPBearer":{"type":"http","scheme":"bearer","bearerFormat":"JWT",
                                          "description":"of /login"},
                            "HTTPDigest":{"type":"http","scheme":"digest"}})"));
}

TEST(HttpBasicOptions, HaveNoRealmThatBreaksTheField) {
  EXPECT_EQ(error_of([] { HttpBasic({.realm = "a\r\nx: y"}); }),
            "HttpBasic: the realm must not contain control characters");
}

}  // namespace serval::http_authentication_test
