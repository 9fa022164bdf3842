// SPDX-License-Identifier: MIT
// Cross-origin requests: preflight requests, and the fields of all other responses.
#include <serval/middleware/cors.hpp>

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/setup_error.hpp"

namespace serval::cors_test {

using Fields = std::vector<std::pair<std::string, std::string>>;

class CorsOver : public ::testing::Test {
 protected:
  TestResponse request(CorsOptions options, std::string_view method, const Fields& fields, const char* path = "/") {
    App app;
    app.use(Cors(std::move(options)));
    app.get("/")([] { return 1; });
    app.get("/refused")([]() -> int { throw HttpError(403, "no"); });
    app.get("/fails")([]() -> int { throw std::runtime_error("a fault of the test"); });
    return TestClient(app).request(method, path, {.headers = fields});
  }
  TestResponse get(CorsOptions options, const char* origin, const char* path = "/") {
    return request(std::move(options), "GET", {{"origin", origin}}, path);
  }
  TestResponse preflight(CorsOptions options, const char* origin, const char* method, Fields more = {}) {
    more.emplace_back("origin", origin);
    more.emplace_back("access-control-request-method", method);
    return request(std::move(options), "OPTIONS", more);
  }
};

const char* const shop = "https://shop.example";

TEST_F(CorsOver, ARequestOfAnAllowedOriginMayBeRead) {
  const auto answer = get({.allow_origins = {shop}, .allow_credentials = true, .expose_headers = {"x-a", "x-b"}}, shop);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("access-control-allow-origin"), shop);
  EXPECT_EQ(answer.header("access-control-allow-credentials"), "true");
  EXPECT_EQ(answer.header("access-control-expose-headers"), "x-a, x-b");
  EXPECT_EQ(answer.header("vary"), "Origin");
}

TEST_F(CorsOver, ARequestOfAnotherOriginIsServedWithoutPermission) {
  for (const char* origin : {"https://evil.example", "null", "https://shop.example.evil", "http://shop.example", ""}) {
    const auto answer = get({.allow_origins = {shop}, .allow_credentials = true}, origin);
    EXPECT_EQ(answer.status, 200);
    EXPECT_FALSE(answer.header("access-control-allow-origin")) << origin;
    EXPECT_FALSE(answer.header("access-control-allow-credentials")) << origin;
    EXPECT_EQ(answer.header("vary"), "Origin");
  }
}

TEST_F(CorsOver, ARequestWithoutAnOriginOnlyVaries) {
  const auto answer = request({.allow_origins = {"*"}}, "GET", {});
  EXPECT_FALSE(answer.header("access-control-allow-origin"));
  EXPECT_EQ(answer.header("vary"), "Origin");
}

TEST_F(CorsOver, AllOriginsAreAStar) {
  EXPECT_EQ(get({.allow_origins = {"*"}}, "https://any.example").header("access-control-allow-origin"), "*");
}

TEST_F(CorsOver, AnExpressionMatchesTheWholeOrigin) {
  const CorsOptions options{.allow_origin_regex = R"(https://[a-z]+\.example)"};
  EXPECT_EQ(get(options, "https://a.example").header("access-control-allow-origin"), "https://a.example");
  EXPECT_FALSE(get(options, "https://a.example.evil").header("access-control-allow-origin"));
  EXPECT_FALSE(get(options, "x https://a.example").header("access-control-allow-origin"));
}

TEST_F(CorsOver, ErrorsCarryTheFields) {
  for (const auto& [path, status] :
       std::vector<std::pair<const char*, int>>{{"/refused", 403}, {"/fails", 500}, {"/none", 404}}) {
    const auto answer = get({.allow_origins = {shop}}, shop, path);
    EXPECT_EQ(answer.status, status);
    EXPECT_EQ(answer.header("access-control-allow-origin"), shop) << path;
  }
}

TEST_F(CorsOver, APreflightIsAnsweredWithWhatIsAllowed) {
  const auto answer = preflight({.allow_origins = {shop},
                                 .allow_methods = {"GET", "PUT"},
                                 .allow_headers = {"X-Token"},
                                 .allow_credentials = true},
                                shop, "PUT", {{"access-control-request-headers", "x-token, content-type"}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "OK");
  EXPECT_EQ(answer.header("content-type"), "text/plain; charset=utf-8");
  EXPECT_EQ(answer.header("access-control-allow-origin"), shop);
  EXPECT_EQ(answer.header("access-control-allow-methods"), "GET, PUT");
  EXPECT_EQ(answer.header("access-control-allow-headers"),
            "Accept, Accept-Language, Content-Language, Content-Type, X-Token");
  EXPECT_EQ(answer.header("access-control-max-age"), "600");
  EXPECT_EQ(answer.header("access-control-allow-credentials"), "true");
  EXPECT_EQ(answer.header("vary"), "Origin");
}

TEST_F(CorsOver, StarsAllowAllMethodsAndTheFieldsThatAreWanted) {
  const CorsOptions options{.allow_origins = {"*"}, .allow_methods = {"*"}, .allow_headers = {"*"}};
  const auto answer = preflight(options, shop, "DELETE", {{"access-control-request-headers", "X-Any"}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("access-control-allow-origin"), "*");
  EXPECT_EQ(answer.header("access-control-allow-methods"), "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT");
  EXPECT_EQ(answer.header("access-control-allow-headers"), "X-Any");
  EXPECT_FALSE(preflight(options, shop, "GET").header("access-control-allow-headers"));
}

TEST_F(CorsOver, ARefusedPreflightNamesTheReasons) {
  const CorsOptions options{.allow_origins = {shop}};
  const auto all = preflight(options, "https://evil.example", "PUT", {{"access-control-request-headers", "x-a"}});
  EXPECT_EQ(all.status, 400);
  EXPECT_EQ(all.body, "Disallowed CORS origin, method, headers");
  EXPECT_FALSE(all.header("access-control-allow-origin"));
  EXPECT_EQ(preflight(options, shop, "PUT").body, "Disallowed CORS method");
  EXPECT_EQ(preflight(options, shop, "get").body, "Disallowed CORS method");  // methods are case-sensitive
  EXPECT_EQ(preflight(options, "null", "GET").body, "Disallowed CORS origin");
}

TEST_F(CorsOver, APrivateNetworkIsReachedOnlyIfAllowed) {
  const Fields wanted{{"access-control-request-private-network", "true"}};
  const auto refused = preflight({.allow_origins = {shop}}, shop, "GET", wanted);
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(refused.body, "Disallowed CORS private-network");
  const auto allowed = preflight({.allow_origins = {shop}, .allow_private_network = true}, shop, "GET", wanted);
  EXPECT_EQ(allowed.status, 200);
  EXPECT_EQ(allowed.header("access-control-allow-private-network"), "true");
}

TEST_F(CorsOver, OtherOptionsRequestsReachTheApplication) {
  EXPECT_EQ(request({.allow_origins = {shop}}, "OPTIONS", {{"origin", shop}}).header("allow"), "GET, HEAD, OPTIONS");
}

TEST(CorsOptions, ThatEndangerUsersAreRefused) {
  EXPECT_EQ(error_of([] { Cors({.allow_origins = {"*"}, .allow_credentials = true}); }),
            R"(Cors: "*" in allow_origins does not go with allow_credentials; list the origins)");
  EXPECT_EQ(error_of([] { Cors({.expose_headers = {"x-a\r\nx-b"}}); }),
            "Cors: 'x-a\r\nx-b' is no name of a method or header field");
  EXPECT_EQ(error_of([] { Cors({.allow_origin_regex = ".*", .allow_credentials = true}); }),
            "Cors: allow_origin_regex matches every origin, which does not go with allow_credentials");
  for (const char* origin :
       {"https://shop.example/", "https://Shop.example", "https://*.shop.example", "shop.example"}) {
    EXPECT_NE(error_of([&] { Cors({.allow_origins = {origin}}); }), "no error") << origin;
  }
  EXPECT_EQ(error_of([] { Cors({.allow_origin_regex = "("}); }).substr(0, 24), "Cors: allow_origin_regex");
}

}  // namespace serval::cors_test
