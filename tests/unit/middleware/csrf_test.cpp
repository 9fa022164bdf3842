// SPDX-License-Identifier: MIT
#include <serval/middleware/csrf.hpp>

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>
#include <serval/websocket.hpp>

#include "tests/unit/support/setup_error.hpp"

namespace serval::csrf_test {

using Fields = TestRequest::Pairs;

/// The status of a request for a route that takes all methods.
int status_of(const char* method, Fields fields, CsrfOptions options = {}, const char* base_url = "http://testserver") {
  App app;
  app.use(Csrf(std::move(options)));
  using http::Method;
  app.api_route("/pay", {Method::get, Method::post, Method::put, Method::patch, Method::delete_})([] { return 1; });
  TestClient client(app, {.base_url = base_url});
  return client.request(method, "/pay", {.headers = std::move(fields)}).status;
}
int post(Fields fields, CsrfOptions options = {}, const char* base_url = "http://testserver") {
  return status_of("POST", std::move(fields), std::move(options), base_url);
}

TEST(Csrf, LetsReadingRequestsPass) {
  for (const char* method : {"GET", "HEAD", "OPTIONS"}) {
    EXPECT_LT(status_of(method, {{"sec-fetch-site", "cross-site"}, {"origin", "https://evil.example"}}), 300) << method;
  }
}

TEST(Csrf, RefusesRequestsOfOtherSites) {
  for (const char* method : {"POST", "PUT", "PATCH", "DELETE", "PURGE"}) {
    EXPECT_EQ(status_of(method, {{"sec-fetch-site", "cross-site"}, {"origin", "https://evil.example"}}), 403) << method;
    EXPECT_EQ(status_of(method, {{"sec-fetch-site", "cross-site"}}), 403) << method;
    EXPECT_EQ(status_of(method, {{"origin", "https://evil.example"}}), 403) << method;
  }
}

TEST(Csrf, OfTheSiteOnlyTheSameOriginPasses) {
  EXPECT_EQ(post({{"sec-fetch-site", "same-origin"}}), 200);
  EXPECT_EQ(post({{"sec-fetch-site", "none"}}), 200);
  EXPECT_EQ(post({{"sec-fetch-site", "same-site"}}), 403);
  EXPECT_EQ(post({{"sec-fetch-site", "same-site"}, {"origin", "http://testserver"}}), 403);
}

TEST(Csrf, TheAnswerIsAnErrorOfTheApplication) {
  App app;
  app.use(Csrf());
  app.post("/pay")([] { return 1; });
  const TestResponse answer = TestClient(app).post("/pay", {.headers = {{"origin", "https://evil.example"}}});
  EXPECT_EQ(answer.status, 403);
  EXPECT_EQ(answer.body, R"({"detail":"Cross-site request refused"})");
}

TEST(Csrf, OtherValuesOfTheFieldAreForeign) {
  for (const char* site : {"", "Same-Origin", "SAME-ORIGIN", "none, same-origin", "same-origin;", "\"none\"", "1"}) {
    EXPECT_EQ(post({{"sec-fetch-site", site}}), 403) << site;
  }
  EXPECT_EQ(post({{"Sec-Fetch-Site", "same-origin"}}), 200);  // names of fields have no case
}

TEST(Csrf, ARepeatedFieldMustBeOwnEachTime) {
  EXPECT_EQ(post({{"sec-fetch-site", "same-origin"}, {"sec-fetch-site", "cross-site"}}), 403);
  EXPECT_EQ(post({{"sec-fetch-site", "cross-site"}, {"sec-fetch-site", "none"}}), 403);
  EXPECT_EQ(post({{"sec-fetch-site", "none"}, {"sec-fetch-site", "none"}}), 200);
}

TEST(Csrf, ARequestWithoutEitherFieldIsNotFromAPage) { EXPECT_EQ(post({}), 200); }

TEST(Csrf, WithoutTheFieldTheOriginMustBeTheHost) {
  EXPECT_EQ(post({{"origin", "http://testserver"}}), 200);
  EXPECT_EQ(post({{"origin", "HTTP://TestServer"}, {"host", "testSERVER"}}), 200);
  for (const char* origin : {"null",
                             "",
                             "NULL",
                             "http://testserver.evil",
                             "http://eviltestserver",
                             "http://testserver@evil.example",
                             "http://testserver/",
                             "http://testserver/x",
                             "http://testserver ",
                             "http://",
                             "testserver",
                             "//testserver",
                             "http:/testserver",
                             "ftp://testserver",
                             "://testserver",
                             "http://evil.example/http://testserver",
                             "http://testserver, http://testserver",
                             "http://a.testserver",
                             "http://testserver?",
                             "http://testserver#"}) {
    EXPECT_EQ(post({{"origin", origin}}), 403) << origin;
  }
}

TEST(Csrf, ARepeatedOriginIsRefused) {
  EXPECT_EQ(post({{"origin", "http://testserver"}, {"origin", "https://evil.example"}}), 403);
  EXPECT_EQ(post({{"origin", "http://testserver"}, {"origin", "http://testserver"}}), 403);
}

TEST(Csrf, AnOriginWithoutAHostInTheRequestIsRefused) {
  EXPECT_EQ(post({{"origin", "http://testserver"}, {"host", ""}}), 403);
}

TEST(Csrf, PortsAreCompared) {
  const auto at = [](const char* origin, const char* host) { return post({{"origin", origin}, {"host", host}}); };
  EXPECT_EQ(at("http://shop:8000", "shop:8000"), 200);
  EXPECT_EQ(at("http://shop:8000", "shop:8001"), 403);
  EXPECT_EQ(at("http://shop:8000", "shop"), 403);
  EXPECT_EQ(at("http://shop", "shop:8000"), 403);
  EXPECT_EQ(at("http://shop", "shop:80"), 200);
  EXPECT_EQ(at("http://shop:80", "shop"), 200);
  EXPECT_EQ(at("https://shop", "shop:443"), 200);
  EXPECT_EQ(at("https://shop", "shop:80"), 403);
  EXPECT_EQ(at("http://shop", "shop:443"), 403);
}

TEST(Csrf, HostsMayBeIpv6Addresses) {
  const auto at = [](const char* origin, const char* host) { return post({{"origin", origin}, {"host", host}}); };
  EXPECT_EQ(at("http://[::1]:8000", "[::1]:8000"), 200);
  EXPECT_EQ(at("http://[FE80::A]", "[fe80::a]"), 200);
  EXPECT_EQ(at("http://[::1]", "[::1]:80"), 200);
  EXPECT_EQ(at("http://[::2]", "[::1]"), 403);
  EXPECT_EQ(at("http://[::1", "[::1]"), 403);
  EXPECT_EQ(at("http://::1", "[::1]"), 403);
}

TEST(Csrf, OnHttpsTheOriginMustBeEncrypted) {
  EXPECT_EQ(post({{"origin", "https://shop"}}, {}, "https://shop"), 200);
  EXPECT_EQ(post({{"origin", "http://shop"}}, {}, "https://shop"), 403);
  EXPECT_EQ(post({{"origin", "http://shop:443"}}, {}, "https://shop"), 403);
  // A proxy that the application does not know may have ended the encryption.
  EXPECT_EQ(post({{"origin", "https://shop"}}, {}, "http://shop"), 200);
}

TEST(Csrf, KnowsTheSchemeAndHostThatATrustedProxyReports) {
  App app;
  app.use(Csrf());
  app.use(ForwardedHeaders({.trusted = {"*"}}));
  app.post("/pay")([] { return 1; });
  TestClient client(app);
  const auto from = [&](const char* origin) {
    return client.post("/pay", {.headers = {{"origin", origin}, {"x-forwarded-proto", "https"}}}).status;
  };
  EXPECT_EQ(from("https://testserver"), 200);
  EXPECT_EQ(from("http://testserver"), 403);
}

TEST(Csrf, TrustedOriginsPass) {
  const CsrfOptions options{.trusted_origins = {"https://App.example:443", "http://[::1]:3000"}};
  const auto from = [&](const char* origin) {
    return post({{"sec-fetch-site", "cross-site"}, {"origin", origin}}, options);
  };
  EXPECT_EQ(from("https://app.example"), 200);
  EXPECT_EQ(from("https://APP.example:443"), 200);
  EXPECT_EQ(from("http://[::1]:3000"), 200);
  EXPECT_EQ(post({{"origin", "https://app.example"}}, options), 200);
  for (const char* origin : {"http://app.example", "https://app.example:444", "https://b.app.example", "null", "",
                             "https://app.example.evil", "https://app.example/"}) {
    EXPECT_EQ(from(origin), 403) << origin;
  }
  EXPECT_EQ(post({{"sec-fetch-site", "cross-site"}}, options), 403);
}

TEST(Csrf, ExemptPathsPass) {
  App app;
  app.use(Csrf({.exempt_paths = {"/callback"}}));
  for (const char* path : {"/callback", "/callback/more", "/pay"}) app.post(path)([] { return 1; });
  TestClient client(app);
  const auto to = [&](const char* path) {
    return client.post(path, {.headers = {{"sec-fetch-site", "cross-site"}, {"origin", "null"}}}).status;
  };
  EXPECT_EQ(to("/callback"), 200);
  EXPECT_EQ(to("/callback?code=1"), 200);
  for (const char* path : {"/callback/more", "/pay", "/Callback", "/%63allback", "//callback", "/pay?/callback"}) {
    EXPECT_EQ(to(path), 403) << path;
  }
}

TEST(Csrf, HandshakesOfForeignPagesAreRefused) {
  App app;
  app.use(Csrf({.trusted_origins = {"https://app.example"}}));
  app.websocket("/socket")([](WebSocket& socket) -> Task<void> {
    co_await socket.accept();
    co_await socket.close();
  });
  TestClient client(app);
  const auto opens = [&](Fields fields) {
    return client.websocket("/socket", {.headers = std::move(fields)}).response().status == 101;
  };
  EXPECT_TRUE(opens({}));
  EXPECT_TRUE(opens({{"origin", "http://testserver"}}));
  EXPECT_TRUE(opens({{"origin", "https://app.example"}}));
  EXPECT_FALSE(opens({{"origin", "https://evil.example"}}));
  EXPECT_FALSE(opens({{"origin", "null"}}));
  EXPECT_FALSE(opens({{"sec-fetch-site", "cross-site"}, {"origin", "https://evil.example"}}));
}

TEST(Csrf, RefusesBeforeTheBodyAndInsideOfCors) {
  App app;
  app.use(Csrf());
  app.use(Cors({.allow_origins = {"https://app.example"}}));
  bool was_called = false;
  app.post("/pay")([&](Body<json>) { was_called = true; });
  const TestResponse answer = TestClient(app).post("/pay", {.headers = {{"origin", "https://app.example"}}, .json = 1});
  EXPECT_EQ(answer.status, 403);
  EXPECT_EQ(answer.header("access-control-allow-origin"), "https://app.example");
  EXPECT_FALSE(was_called);
}

TEST(CsrfOptionsOf, AreChecked) {
  for (const char* origin : {"app.example", "null", "", "*", "https://", "https://app.example/", "https://*.example",
                             "https://user@app.example", "https://app.example:70000", "ht tp://a"}) {
    EXPECT_EQ(error_of([&] { Csrf({.trusted_origins = {origin}}); }),
              "Csrf: '" + std::string(origin) +
                  "' in trusted_origins is no origin: write scheme and host, and the port if it is not the usual one, "
                  "as in \"https://app.example:8443\"");
  }
  for (const char* path : {"", "callback", "/a?b", "/a/*", "/{id}"}) {
    EXPECT_EQ(error_of([&] { Csrf({.exempt_paths = {path}}); }),
              "Csrf: '" + std::string(path) +
                  "' in exempt_paths must be a whole path, which begins with '/', without query, parameters and '*'");
  }
}

}  // namespace serval::csrf_test
