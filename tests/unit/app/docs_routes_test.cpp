// SPDX-License-Identifier: MIT
// The docs pages of an application: their paths, what they load, how to switch them off.
#include "app/docs_routes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include <serval/docs_ui/assets.hpp>
#include <serval/serval.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/setup_error.hpp"

namespace serval::docs_routes_test {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TestResponse get(AppOptions options, std::string_view path) {
  const App app(std::move(options));
  return TestClient(app).get(path);
}

TEST(DocsPage, IsSwaggerUiWithThePathsOfTheApplication) {
  const TestResponse page = get({.title = "Shop & Co"}, "/docs");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.header("content-type"), "text/html; charset=utf-8");
  EXPECT_THAT(std::string(page.header("content-security-policy").value_or("")), StartsWith("default-src 'none'; "));
  EXPECT_THAT(page.body, AllOf(HasSubstr("<title>Shop &amp; Co - Swagger UI</title>"), HasSubstr("swagger-ui-dist@"),
                               HasSubstr("url: '/openapi.json',"),
                               HasSubstr("oauth2RedirectUrl: window.location.origin + '/docs/oauth2-redirect',")));
}

TEST(DocsPage, HasThePathsThatOptionsSay) {
  const AppOptions options{
      .openapi_url = "/api.json", .docs_url = "/help", .swagger_ui_oauth2_redirect_url = "/help/back"};
  EXPECT_THAT(get(options, "/help").body,
              AllOf(HasSubstr("url: '/api.json',"), HasSubstr("window.location.origin + '/help/back'"),
                    HasSubstr("href=\"/help/assets/favicon.")));
  EXPECT_EQ(get(options, "/help/back").status, 200);
  EXPECT_EQ(get(options, "/docs").status, 404);
  EXPECT_EQ(get(options, "/docs/oauth2-redirect").status, 404);
}

TEST(DocsPage, TakesParametersAndOAuth) {
  const std::string page = get({.swagger_ui_parameters = {{"deepLinking", false}, {"syntaxHighlight", false}},
                                .swagger_ui_init_oauth = {{"clientId", "me"}}},
                               "/docs")
                               .body;
  EXPECT_THAT(page, AllOf(HasSubstr("\"deepLinking\": false,"), HasSubstr("\"syntaxHighlight\": false"),
                          HasSubstr("ui.initOAuth({\"clientId\": \"me\"})")));
}

TEST(DocsPage, RefusesParametersThatAreNoObject) {
  EXPECT_THAT(error_of([] { const App app({.swagger_ui_parameters = 1}); }), HasSubstr("must be a JSON object"));
}

TEST(DocsPage, TakesFilesFromElsewhere) {
  const AppOptions options{.docs_pages = {.swagger_js_url = "https://cdn.example.com/ui.js",
                                          .swagger_css_url = "/static/ui.css",
                                          .redoc_js_url = "/static/redoc.js",
                                          .favicon_url = "/static/icon.png"}};
  const TestResponse page = get(options, "/docs");
  EXPECT_THAT(page.body, AllOf(HasSubstr("src=\"https://cdn.example.com/ui.js\""), HasSubstr("href=\"/static/ui.css\""),
                               HasSubstr("href=\"/static/icon.png\"")));
  EXPECT_THAT(std::string(page.header("content-security-policy").value_or("")),
              HasSubstr("script-src https://cdn.example.com/ui.js 'nonce-"));
  EXPECT_THAT(get(options, "/redoc").body, HasSubstr("src=\"/static/redoc.js\""));
}

TEST(DocsPage, MayAskTheServersOfTheDocument) {
  const AppOptions options{.servers = {{.url = "https://api.example.com/v1"}},
                           .docs_pages = {.connect_sources = {"https://login.example.com"}}};
  EXPECT_THAT(std::string(get(options, "/docs").header("content-security-policy").value_or("")),
              HasSubstr("connect-src 'self' https://login.example.com https://api.example.com;"));
}

TEST(DocsPage, HasThePolicyThatTheOptionsSay) {
  const AppOptions own{.docs_pages = {.content_security_policy = "default-src *"}};
  EXPECT_EQ(get(own, "/docs").header("content-security-policy"), "default-src *");
  EXPECT_EQ(get(own, "/redoc").header("content-security-policy"), "default-src *");
  EXPECT_EQ(get({.docs_pages = {.content_security_policy = ""}}, "/docs").header("content-security-policy"),
            std::nullopt);
}

TEST(RedocPage, NamesTheDocument) {
  const TestResponse page = get({.title = "Shop"}, "/redoc");
  EXPECT_EQ(page.header("content-type"), "text/html; charset=utf-8");
  EXPECT_THAT(page.body, AllOf(HasSubstr("<title>Shop - ReDoc</title>"), HasSubstr("redoc@2"),
                               HasSubstr("<redoc spec-url=\"/openapi.json\"></redoc>")));
}

TEST(Oauth2Redirect, IsServed) {
  EXPECT_THAT(get({}, "/docs/oauth2-redirect").body, HasSubstr("window.opener.swaggerUIRedirectOauth2"));
}

TEST(DocsPages, AnswerHeadWhateverTheOptions) {
  const App app({.auto_head = false});
  TestClient client(app);
  for (const char* path : {"/docs", "/redoc", "/docs/oauth2-redirect"}) {
    const TestResponse answer = client.request("HEAD", path);
    EXPECT_EQ(answer.status, 200) << path;
    EXPECT_TRUE(answer.header("content-security-policy")) << path;
    EXPECT_EQ(client.post(path).status, 405) << path;
  }
}

TEST(DocsPages, AreMadeForOneAnswerAlone) {
  const App app;
  TestClient client(app);
  for (const char* path : {"/docs", "/redoc", "/docs/oauth2-redirect"}) {
    const TestResponse page = client.get(path);
    EXPECT_EQ(page.header("cache-control"), "no-store") << path;
    EXPECT_EQ(page.header("etag"), std::nullopt) << path;
  }
  EXPECT_NE(client.get("/docs").header("content-security-policy"),
            client.get("/docs").header("content-security-policy"));
}

TEST(DocsPages, AreOffOneByOne) {
  EXPECT_EQ(get({.docs_url = ""}, "/docs").status, 404);
  EXPECT_EQ(get({.docs_url = ""}, "/docs/oauth2-redirect").status, 404);
  EXPECT_EQ(get({.docs_url = ""}, "/redoc").status, 200);
  EXPECT_EQ(get({.redoc_url = ""}, "/redoc").status, 404);
  EXPECT_EQ(get({.redoc_url = ""}, "/docs").status, 200);
  const AppOptions no_redirect{.swagger_ui_oauth2_redirect_url = ""};
  EXPECT_EQ(get(no_redirect, "/docs/oauth2-redirect").status, 404);
  EXPECT_THAT(get(no_redirect, "/docs").body, Not(HasSubstr("oauth2RedirectUrl")));
}

TEST(DocsPages, AreOffWithoutADocument) {
  const App app({.openapi_url = ""});
  TestClient client(app);
  for (const char* path : {"/docs", "/redoc", "/docs/oauth2-redirect", "/openapi.json"}) {
    EXPECT_EQ(client.get(path).status, 404) << path;
  }
}

TEST(DocsPages, AreNotInTheDocument) {
  const App app;
  EXPECT_TRUE(app.openapi()["paths"].empty());
}

TEST(DocsPages, GoBeforeMountsAndParameters) {
  App app;
  app.get("/{name}")([](Path<std::string, "name"> name) -> std::string { return name; });
  app.mount("/", [](Request&) { return std::string("mount"); });
  EXPECT_THAT(TestClient(app).get("/docs").body, HasSubstr("SwaggerUIBundle"));
}

TEST(DocsPages, RefuseARouteAtTheirPathAndNameTheOption) {
  App app;
  EXPECT_THAT(error_of([&app] { app.get("/docs")([] { return 1; }); }), HasSubstr("AppOptions::docs_url"));
  EXPECT_THAT(error_of([&app] { app.get("/redoc")([] { return 1; }); }), HasSubstr("AppOptions::redoc_url"));
  EXPECT_EQ(error_of([&app] { app.post("/docs")([] { return 1; }); }), "no error");
}

TEST(DocsPages, LeaveTheirPathWhenTheyAreOff) {
  App app({.docs_url = "", .redoc_url = ""});
  app.get("/docs")([] { return "mine"; });
  EXPECT_EQ(TestClient(app).get("/docs").body, "\"mine\"");
}

TEST(DocsPages, AreNotTakenOverByARouterThatIncludesTheApplication) {
  App inner;
  App outer;
  outer.include(inner, {.prefix = "/inner"});
  EXPECT_EQ(TestClient(outer).get("/inner/docs").status, 404);
}

TEST(DocsPages, OfAMountNameItsRoot) {
  const App sub({.title = "Sub"});
  App app;
  app.mount("/sub", sub);
  TestClient client(app);
  EXPECT_THAT(client.get("/sub/docs").body,
              AllOf(HasSubstr("url: '/sub/openapi.json',"), HasSubstr("href=\"/sub/docs/assets/favicon."),
                    HasSubstr("window.location.origin + '/sub/docs/oauth2-redirect'")));
  EXPECT_THAT(client.get("/sub/redoc").body, HasSubstr("spec-url=\"/sub/openapi.json\""));
}

TEST(DocsPages, BehindAProxyNameItsPrefix) {
  const App app({.root_path = "/api/v1"});
  TestClient client(app);
  EXPECT_THAT(client.get("/docs").body, HasSubstr("url: '/api/v1/openapi.json',"));
  EXPECT_THAT(client.get("/api/v1/docs").body, HasSubstr("href=\"/api/v1/docs/assets/favicon."));
}

TEST(DocsPages, EscapeTheRoot) {
  const App app({.root_path = "/it's\"><b>"});
  TestClient client(app);
  EXPECT_THAT(client.get("/docs").body, AllOf(HasSubstr("url: '/it\\u0027s"), Not(HasSubstr("<b>"))));
  EXPECT_THAT(client.get("/redoc").body, AllOf(HasSubstr("spec-url=\"/it&#x27;s"), Not(HasSubstr("<b>"))));
}

TEST(PageRoot, CannotBecomeAHost) {
  EXPECT_EQ(detail::page_root("//evil.example.com"), "/evil.example.com");
  EXPECT_EQ(detail::page_root("/\\evil.example.com"), "/%5Cevil.example.com");
  EXPECT_EQ(detail::page_root("/a/b"), "/a/b");
  EXPECT_EQ(detail::page_root(""), "");
}

TEST(DocsAssets, AreWhereThePagesSay) {
  const App app;
  TestClient client(app);
  for (const docs_ui::Asset& asset : docs_ui::assets()) {
    for (const char* folder : {"/docs/assets/", "/redoc/assets/"}) {
      EXPECT_EQ(client.get(folder + std::string(asset.path)).body, docs_ui::content(asset)) << asset.path;
    }
  }
  EXPECT_EQ(client.get("/docs/assets/none.js").status, 404);
}

TEST(DocsAssets, AreNamedWhereTheyAreEmbeddedAndComeFromACdnOtherwise) {
  const std::string page = get({}, "/docs").body;
  if (const docs_ui::Asset* script = docs_ui::find_asset("swagger-ui-bundle.js")) {
    EXPECT_THAT(page,
                AllOf(HasSubstr("src=\"/docs/assets/" + std::string(script->path) + "\""), Not(HasSubstr("https://"))));
  } else {
    EXPECT_THAT(page, AllOf(HasSubstr("https://cdn.jsdelivr.net/npm/swagger-ui-dist@5/swagger-ui.css"),
                            HasSubstr("https://cdn.jsdelivr.net/npm/swagger-ui-dist@5/swagger-ui-bundle.js")));
    EXPECT_THAT(get({}, "/redoc").body, HasSubstr("https://cdn.jsdelivr.net/npm/redoc@2/bundles/redoc.standalone.js"));
  }
}

}  // namespace serval::docs_routes_test
