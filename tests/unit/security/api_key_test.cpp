// SPDX-License-Identifier: MIT
// API keys: where they are read, how a request without one is refused, and how the document describes them.
#include <serval/security/api_key.hpp>

#include <gtest/gtest.h>

#include <string>

#include <serval/security.hpp>
#include <serval/serval.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/setup_error.hpp"

namespace serval::api_key_test {

const ApiKeyHeader header_key({.name = "x-api-key"});
const ApiKeyQuery query_key({.name = "api_key"});
const ApiKeyCookie cookie_key({.name = "session", .scheme_name = "Session", .description = "of the login page"});

class ApiKey : public ::testing::Test {
 protected:
  ApiKey() {
    app_.get("/header")([](Depends<&header_key> key) { return *key; });
    app_.get("/query")([](Depends<&query_key> key) { return *key; });
    app_.get("/cookie")([](Depends<&cookie_key> key) { return *key; });
    app_.get("/optional")([](Depends<maybe<&header_key>> key) { return *key; });
  }
  App app_;
};

TEST_F(ApiKey, IsTheTextOfItsPlace) {
  TestClient client{app_};
  EXPECT_EQ(client.get("/header", {.headers = {{"X-API-Key", "k 1"}}}).body, R"("k 1")");
  EXPECT_EQ(client.get("/query?api_key=k%202").body, R"("k 2")");
  EXPECT_EQ(client.get("/cookie", {.cookies = {{"session", "k3"}}}).body, R"("k3")");
}

TEST_F(ApiKey, ThatIsMissingOrEmptyIs401) {
  TestClient client{app_};
  for (const char* path : {"/header", "/query", "/query?api_key=", "/cookie"}) {
    const auto answer = client.get(path);
    EXPECT_EQ(answer.status, 401) << path;
    EXPECT_EQ(answer.body, R"({"detail":"Not authenticated"})") << path;
    EXPECT_EQ(answer.header("www-authenticate"), "APIKey") << path;
  }
  EXPECT_EQ(client.get("/header", {.headers = {{"x-api-key", ""}}}).status, 401);
  EXPECT_EQ(client.get("/header", {.headers = {{"x-api-key", "a"}, {"X-Api-Key", "b"}}}).status, 401);
}

TEST_F(ApiKey, ThatIsOptionalMayBeMissing) {
  TestClient client{app_};
  EXPECT_EQ(client.get("/optional").body, "null");
  EXPECT_EQ(client.get("/optional", {.headers = {{"x-api-key", "k"}}}).body, R"("k")");
}

TEST_F(ApiKey, StandsInTheDocumentAsASchemeAndNotAsAParameter) {
  const json document = app_.openapi();
  EXPECT_EQ(document["components"]["securitySchemes"],
            json::parse(R"({"APIKeyHeader":{"type":"apiKey","in":"header","name":"x-api-key"},
                            "APIKeyQuery":{"type":"apiKey","in":"query","name":"api_key"},
                            "Session":{"type":"apiKey","in":"cookie","name":"session",
                                       "description":"of the login page"}})"));
  const json operation = document["paths"]["/query"]["get"];
  EXPECT_EQ(operation["security"], json::parse(R"([{"APIKeyQuery":[]}])"));
  EXPECT_FALSE(operation.contains("parameters"));
  EXPECT_FALSE(operation["responses"].contains("422"));
  EXPECT_EQ(document["paths"]["/optional"]["get"]["security"], json::parse(R"([{"APIKeyHeader":[]}])"));
}

TEST_F(ApiKey, IsReplacedInTests) {
  app_.override_dependency<&header_key>([] { return std::string("of the test"); });
  EXPECT_EQ(TestClient(app_).get("/header").body, R"("of the test")");
}

TEST(ApiKeyNames, AreOfOneSchemeEach) {
  static const ApiKeyHeader other({.name = "x-other-key"});
  App app;
  app.get("/a")([](Depends<&header_key>) {});
  app.get("/b")([](Depends<&other>) {});
  EXPECT_TRUE(
      error_of([&] { static_cast<void>(app.openapi()); })
          .ends_with("two security schemes of the application are named 'APIKeyHeader'; give one of them another "
                     "name (scheme_name)"));
}

TEST(ApiKeyOptions, MustNameAPlaceThatARequestCanHave) {
  EXPECT_EQ(error_of([] { ApiKeyQuery({.name = ""}); }), R"(ApiKeyQuery needs name: ApiKeyQuery({.name = "..."}))");
  EXPECT_EQ(error_of([] { ApiKeyHeader({.name = "x key"}); }),
            "ApiKeyHeader: 'x key' cannot be the name of a header field");
}

}  // namespace serval::api_key_test
