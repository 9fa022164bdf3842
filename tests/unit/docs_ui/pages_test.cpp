// SPDX-License-Identifier: MIT
#include <serval/docs_ui/pages.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace serval::docs_ui::pages_test {

using testing::HasSubstr;
using testing::Not;

SwaggerUiOptions swagger_ui() {
  return {.title = "Shop - Swagger UI",
          .js_url = "/docs/assets/ui.js",
          .css_url = "/docs/assets/ui.css",
          .favicon_url = "/docs/assets/favicon.svg",
          .oauth2_redirect_url = "/docs/oauth2-redirect"};
}

RedocOptions redoc() {
  return {.title = "Shop - ReDoc", .js_url = "/redoc/assets/redoc.js", .favicon_url = "/redoc/assets/favicon.svg"};
}

// Returns the nonce of the inline script; empty if not exactly one script has a nonce.
std::string nonce_of(const std::string& html) {
  const std::string before = "<script nonce=\"";
  const std::size_t found = html.find(before);
  if (found == std::string::npos || html.find(before, found + 1) != std::string::npos) return "";
  const std::size_t begin = found + before.size();
  return html.substr(begin, html.find('"', begin) - begin);
}

std::string directive(const Page& page, const std::string& name) {
  const std::string& policy = page.content_security_policy;
  const std::size_t begin = policy.find(name + " ");
  return begin == std::string::npos ? "" : policy.substr(begin, policy.find(';', begin) - begin);
}

TEST(SwaggerUiPage, CallsSwaggerUiWithItsDefaults) {
  const std::string html = swagger_ui_page(swagger_ui()).html;
  for (const char* text :
       {"SwaggerUIBundle({", "url: '/openapi.json',", "\"dom_id\": \"#swagger-ui\",", "\"layout\": \"BaseLayout\",",
        "\"deepLinking\": true,", "\"showExtensions\": true,", "\"showCommonExtensions\": true,",
        "oauth2RedirectUrl: window.location.origin + '/docs/oauth2-redirect',", "presets: [",
        "SwaggerUIBundle.presets.apis,", "SwaggerUIBundle.SwaggerUIStandalonePreset"}) {
    EXPECT_THAT(html, HasSubstr(text));
  }
  EXPECT_THAT(html, Not(HasSubstr("initOAuth")));
}

TEST(SwaggerUiPage, NamesTitleAndFiles) {
  const std::string html = swagger_ui_page(swagger_ui()).html;
  EXPECT_THAT(html, HasSubstr("<title>Shop - Swagger UI</title>"));
  EXPECT_THAT(html, HasSubstr("<script src=\"/docs/assets/ui.js\">"));
  EXPECT_THAT(html, HasSubstr("rel=\"stylesheet\" href=\"/docs/assets/ui.css\""));
  EXPECT_THAT(html, HasSubstr("rel=\"shortcut icon\" href=\"/docs/assets/favicon.svg\""));
}

TEST(SwaggerUiPage, TakesParametersOverTheDefaults) {
  SwaggerUiOptions options = swagger_ui();
  options.parameters = {{"deepLinking", false}, {"syntaxHighlight", {{"theme", "obsidian"}}}};
  const std::string html = swagger_ui_page(options).html;
  EXPECT_THAT(html, HasSubstr("\n\"deepLinking\": false,\n"));
  EXPECT_THAT(html, Not(HasSubstr("\"deepLinking\": true")));
  EXPECT_THAT(html, HasSubstr("\n\"syntaxHighlight\": {\"theme\": \"obsidian\"},\n"));
  EXPECT_THAT(html, HasSubstr("\"layout\": \"BaseLayout\","));
}

TEST(SwaggerUiPage, WritesAParameterThatIsNoObject) {
  SwaggerUiOptions options = swagger_ui();
  options.parameters = {{"syntaxHighlight", false}};
  EXPECT_THAT(swagger_ui_page(options).html, HasSubstr("\"syntaxHighlight\": false"));
}

TEST(SwaggerUiPage, RefusesParametersThatAreNoObject) {
  SwaggerUiOptions options = swagger_ui();
  options.parameters = json::array({1});
  EXPECT_THROW(static_cast<void>(swagger_ui_page(options)), std::invalid_argument);
}

TEST(SwaggerUiPage, InitialisesOAuth) {
  SwaggerUiOptions options = swagger_ui();
  options.init_oauth = {{"clientId", "the-foo-clients"}, {"appName", "The Predendapp"}};
  EXPECT_THAT(swagger_ui_page(options).html,
              HasSubstr("ui.initOAuth({\"clientId\": \"the-foo-clients\", \"appName\": \"The Predendapp\"})"));
}

TEST(SwaggerUiPage, WithoutRedirectNamesNone) {
  SwaggerUiOptions options = swagger_ui();
  options.oauth2_redirect_url.clear();
  EXPECT_THAT(swagger_ui_page(options).html, Not(HasSubstr("oauth2RedirectUrl")));
}

TEST(SwaggerUiPage, LetsNoOptionLeaveItsPlace) {
  const std::string evil = "</script></title>\"'><img src=x onerror=alert(1)>";
  SwaggerUiOptions options{.title = evil, .openapi_url = evil, .js_url = evil, .css_url = evil, .favicon_url = evil};
  options.oauth2_redirect_url = evil;
  options.parameters = {{evil, evil}};
  options.init_oauth = {{evil, evil}};
  const Page page = swagger_ui_page(options);
  EXPECT_THAT(page.html, Not(HasSubstr("<img")));
  EXPECT_THAT(page.html, Not(HasSubstr("'><")));
  // One script element loads a file and one is inline; there is no third.
  EXPECT_EQ(page.html.find("</script>", page.html.find("</script>", page.html.find("</script>") + 1) + 1),
            std::string::npos);
}

TEST(SwaggerUiPage, AllowsItsOwnScriptAndNoOther) {
  const Page page = swagger_ui_page(swagger_ui());
  EXPECT_EQ(directive(page, "script-src"), "script-src 'self' 'nonce-" + nonce_of(page.html) + "'");
  EXPECT_EQ(directive(page, "default-src"), "default-src 'none'");
  EXPECT_EQ(directive(page, "connect-src"), "connect-src 'self'");
}

TEST(SwaggerUiPage, HasANonceOfItsOwn) {
  const std::string nonce = nonce_of(swagger_ui_page(swagger_ui()).html);
  EXPECT_GE(nonce.size(), 22U);
  EXPECT_NE(nonce_of(swagger_ui_page(swagger_ui()).html), nonce);
}

TEST(SwaggerUiPage, AllowsWhatStandsElsewhere) {
  SwaggerUiOptions options = swagger_ui();
  options.js_url = "https://cdn.example.com/ui.js";
  options.css_url = "https://cdn.example.com/ui.css";
  options.favicon_url = "https://example.com/icon.png";
  options.openapi_url = "https://api.example.com/openapi.json";
  options.connect_sources = {"https://api.example.com/v1", "/", "https://api.example.com"};
  const Page page = swagger_ui_page(options);
  EXPECT_THAT(directive(page, "script-src"), HasSubstr("script-src https://cdn.example.com/ui.js 'nonce-"));
  EXPECT_EQ(directive(page, "style-src"), "style-src https://cdn.example.com/ui.css 'unsafe-inline'");
  EXPECT_EQ(directive(page, "img-src"), "img-src 'self' https://example.com/icon.png data: blob:");
  EXPECT_EQ(directive(page, "connect-src"),
            "connect-src 'self' https://api.example.com/openapi.json https://api.example.com");
}

TEST(Oauth2RedirectPage, HandsTheAnswerToTheWindowThatAsked) {
  const Page page = oauth2_redirect_page();
  EXPECT_THAT(page.html, HasSubstr("window.opener.swaggerUIRedirectOauth2"));
  EXPECT_EQ(directive(page, "script-src"), "script-src 'nonce-" + nonce_of(page.html) + "'");
  EXPECT_EQ(directive(page, "connect-src"), "");
}

TEST(Oauth2RedirectPage, HasANonceOfItsOwn) {
  EXPECT_NE(nonce_of(oauth2_redirect_page().html), nonce_of(oauth2_redirect_page().html));
}

TEST(RedocPage, NamesDocumentTitleAndFiles) {
  const std::string html = redoc_page(redoc()).html;
  EXPECT_THAT(html, HasSubstr("<title>Shop - ReDoc</title>"));
  EXPECT_THAT(html, HasSubstr("<redoc spec-url=\"/openapi.json\"></redoc>"));
  EXPECT_THAT(html, HasSubstr("<script src=\"/redoc/assets/redoc.js\">"));
  EXPECT_THAT(html, HasSubstr("rel=\"shortcut icon\" href=\"/redoc/assets/favicon.svg\""));
}

TEST(RedocPage, LetsNoOptionLeaveItsPlace) {
  const std::string evil = "</script></title>\"'><img src=x onerror=alert(1)>";
  const Page page = redoc_page({.title = evil, .openapi_url = evil, .js_url = evil, .favicon_url = evil});
  EXPECT_THAT(page.html, Not(HasSubstr("<img")));
}

TEST(RedocPage, AllowsItsWorkerAndNoOtherServer) {
  const Page page = redoc_page(redoc());
  EXPECT_EQ(directive(page, "script-src"), "script-src 'self'");
  EXPECT_EQ(directive(page, "worker-src"), "worker-src blob:");
  EXPECT_THAT(page.content_security_policy, Not(HasSubstr("http")));
}

TEST(RedocPage, AllowsTheLogoOfAScriptFromElsewhere) {
  RedocOptions options = redoc();
  options.js_url = "https://cdn.example.com/redoc.js";
  EXPECT_THAT(directive(redoc_page(options), "img-src"), HasSubstr("https://cdn.redoc.ly/redoc/logo-mini.svg"));
}

}  // namespace serval::docs_ui::pages_test
