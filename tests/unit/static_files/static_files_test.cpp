// SPDX-License-Identifier: MIT
#include <serval/static_files/static_files.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include <serval/app/app.hpp>
#include <serval/base/error.hpp>
#include <serval/testing/test_client.hpp>

#include "tests/unit/support/temporary_folder.hpp"

namespace serval::static_files_test {

using ::testing::HasSubstr;

class StaticSite : public ::testing::Test {
 protected:
  StaticSite() {
    folder_.write("secret.txt", "secret");
    folder_.write("site/index.html", "<h1>home</h1>");
    folder_.write("site/css/a.css", "a{}");
    folder_.write("site/docs/index.html", "<h1>docs</h1>");
    folder_.write("site/empty/x.txt", "x");
  }
  /// Sends one request to the site, which is mounted at /static.
  TestResponse send(StaticFilesOptions options, const std::string& path, TestRequest request = {},
                    const char* method = "GET") {
    App app;
    app.mount("/static", StaticFiles(folder_.path("site"), std::move(options)));
    request.follow_redirects = false;
    return TestClient(app).request(method, "/static" + path, request);
  }

  testing::TemporaryFolder folder_;
};

TEST_F(StaticSite, ServesAFile) {
  const auto answer = send({}, "/css/a.css");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "a{}");
  EXPECT_EQ(answer.header("content-type"), "text/css; charset=utf-8");
  EXPECT_EQ(answer.header("content-length"), "3");
  EXPECT_EQ(answer.header("accept-ranges"), "bytes");
  EXPECT_EQ(answer.header("last-modified"), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_TRUE(answer.headers.contains("etag"));
  EXPECT_FALSE(answer.headers.contains("cache-control"));
}

TEST_F(StaticSite, AnswersHeadWithoutABody) {
  const auto answer = send({}, "/css/a.css", {}, "HEAD");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("content-length"), "3");
  EXPECT_EQ(answer.body, "");
}

TEST_F(StaticSite, RefusesOtherMethods) {
  for (const char* method : {"POST", "DELETE", "OPTIONS"}) {
    const auto answer = send({}, "/css/a.css", {}, method);
    EXPECT_EQ(answer.status, 405) << method;
    EXPECT_EQ(answer.header("allow"), "GET, HEAD") << method;
  }
}

TEST_F(StaticSite, HasRangesAndConditions) {
  EXPECT_EQ(send({}, "/css/a.css", {.headers = {{"range", "bytes=1-"}}}).body, "{}");
  const std::string etag(send({}, "/css/a.css").header("etag").value_or(""));
  const auto answer = send({.cache_control = "max-age=9"}, "/css/a.css", {.headers = {{"if-none-match", etag}}});
  EXPECT_EQ(answer.status, 304);
  EXPECT_EQ(answer.header("etag"), etag);
  EXPECT_EQ(answer.header("cache-control"), "max-age=9");
}

TEST_F(StaticSite, FindsNothingOutside) {
  folder_.link("site/link", "../secret.txt");
  for (const char* path :
       {"/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/css/../../secret.txt", "/..\\secret.txt",
        "/..%5csecret.txt", "//secret.txt", "/css/a.css%00", "/link", "/missing"}) {
    const auto answer = send({}, path);
    EXPECT_EQ(answer.status, 404) << path;
    EXPECT_EQ(answer.body, R"({"detail":"Not Found"})") << path;
  }
}

TEST_F(StaticSite, HidesFolders) {
  for (const char* path : {"/", "/docs", "/docs/", "/css/a.css/"}) EXPECT_EQ(send({}, path).status, 404) << path;
}

TEST_F(StaticSite, AnswersFoldersWithTheirIndexInHtmlMode) {
  EXPECT_EQ(send({.html = true}, "/").body, "<h1>home</h1>");
  EXPECT_EQ(send({.html = true}, "/docs/").body, "<h1>docs</h1>");
  EXPECT_EQ(send({.html = true}, "/empty/").status, 404);
  EXPECT_EQ(send({.html = true}, "/empty").status, 404);
}

TEST_F(StaticSite, RedirectsToAFoldersSlash) {
  const auto answer = send({.html = true}, "/docs?x=1");
  EXPECT_EQ(answer.status, 307);
  EXPECT_EQ(answer.header("location"), "/static/docs/?x=1");
}

TEST_F(StaticSite, AnswersWhatIsMissingWithThe404Page) {
  folder_.write("site/404.html", "nothing here");
  const auto answer = send({.html = true}, "/missing");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.body, "nothing here");
  EXPECT_EQ(send({.html = true}, "/missing", {.headers = {{"if-none-match", "*"}}}).status, 404);
}

TEST_F(StaticSite, FallsBackToAPageOfASinglePageApplication) {
  const StaticFilesOptions options{.html = true, .fallback = "index.html"};
  EXPECT_EQ(send(options, "/users/7").body, "<h1>home</h1>");
  EXPECT_EQ(send(options, "/users/7").status, 200);
  EXPECT_EQ(send(options, "/app.js").status, 404);
  EXPECT_EQ(send(options, "/v1.2", {.headers = {{"accept", "text/html,*/*"}}}).body, "<h1>home</h1>");
  EXPECT_EQ(send(options, "/../x").status, 404);
}

TEST_F(StaticSite, FallsBackForClientsThatAskForAPageRatherThanForAnything) {
  const StaticFilesOptions options{.fallback = "index.html"};
  for (const char* accept : {"text/html", "TEXT/HTML;q=0.9, */*;q=0.8", "application/json, text/html;q=0.1"}) {
    EXPECT_EQ(send(options, "/v1.2", {.headers = {{"accept", accept}}}).status, 200) << accept;
  }
  for (const char* accept : {"*/*", "text/*", "", "text/html;q=0", "text/html;q=0, */*", "text/html-x", "image/png"}) {
    EXPECT_EQ(send(options, "/v1.2", {.headers = {{"accept", accept}}}).status, 404) << accept;
  }
  const TestRequest two_lines{.headers = {{"accept", "application/json"}, {"accept", "text/html"}}};
  EXPECT_EQ(send(options, "/v1.2", two_lines).status, 200);
}

TEST_F(StaticSite, SaysWhereTheAnswerDependsOnAccept) {
  folder_.write("site/404.html", "nothing here");
  const TestRequest page{.headers = {{"accept", "text/html"}}};
  const StaticFilesOptions options{.fallback = "index.html"};
  EXPECT_EQ(send(options, "/v1.2", page).header("vary"), "Accept");
  EXPECT_EQ(send(options, "/v1.2").header("vary"), "Accept") << "404";
  EXPECT_EQ(send({.html = true, .fallback = "index.html"}, "/v1.2").header("vary"), "Accept") << "404.html";
  EXPECT_EQ(send({.fallback = "index.html", .precompressed = true}, "/v1.2", page).header("vary"),
            "accept-encoding, Accept");
  EXPECT_FALSE(send(options, "/users/7", page).headers.contains("vary"));
  EXPECT_FALSE(send(options, "/css/a.css", page).headers.contains("vary"));
  EXPECT_FALSE(send({.html = true}, "/v1.2", page).headers.contains("vary"));
}

TEST_F(StaticSite, SendsThePackedSiblingThatTheClientPrefers) {
  folder_.write("site/css/a.css.gz", "gzipped");
  folder_.write("site/css/a.css.br", "brotli!");
  const StaticFilesOptions options{.precompressed = true};
  const auto br = send(options, "/css/a.css", {.headers = {{"accept-encoding", "gzip, br"}}});
  EXPECT_EQ(br.body, "brotli!");
  EXPECT_EQ(br.header("content-encoding"), "br");
  EXPECT_EQ(br.header("content-type"), "text/css; charset=utf-8");
  EXPECT_EQ(br.header("vary"), "accept-encoding");
  const auto gzip = send(options, "/css/a.css", {.headers = {{"accept-encoding", "gzip"}}});
  EXPECT_EQ(gzip.body, "gzipped");
  EXPECT_NE(gzip.header("etag"), br.header("etag"));
  const auto plain = send(options, "/css/a.css");
  EXPECT_EQ(plain.body, "a{}");
  EXPECT_EQ(plain.header("vary"), "accept-encoding");
  EXPECT_FALSE(plain.headers.contains("content-encoding"));
}

TEST_F(StaticSite, SendsTheSiblingThatIsThere) {
  folder_.write("site/css/a.css.gz", "gzipped");
  const TestRequest request{.headers = {{"accept-encoding", "br, gzip;q=0.5"}}};
  EXPECT_EQ(send({.precompressed = true}, "/css/a.css", request).body, "gzipped");
  EXPECT_EQ(send({}, "/css/a.css", request).body, "a{}");
  const TestRequest two_lines{.headers = {{"accept-encoding", "deflate"}, {"accept-encoding", "gzip"}}};
  EXPECT_EQ(send({.precompressed = true}, "/css/a.css", two_lines).body, "gzipped");
}

TEST_F(StaticSite, IsRefusedAtSetUpWhereItCannotServe) {
  EXPECT_THROW(StaticFiles(folder_.path("missing")), SetupError);
  EXPECT_THROW(StaticFiles(folder_.path("secret.txt")), SetupError);
  EXPECT_THROW(StaticFiles(folder_.path("site"), {.fallback = "missing.html"}), SetupError);
  EXPECT_THROW(StaticFiles(folder_.path("site"), {.fallback = "../secret.txt"}), SetupError);
  EXPECT_THROW(StaticFiles(folder_.path("site"), {.index = ""}), SetupError);
}

}  // namespace serval::static_files_test
