// SPDX-License-Identifier: MIT
// The docs pages and their files over a socket.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include <serval/docs_ui/assets.hpp>
#include <serval/serval.hpp>

#include "tests/wire/support/exchange.hpp"

namespace serval::docs_pages_test {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string exchange(const std::string& method_and_target, const std::string& fields = {}) {
  return testing::exchange(App(), method_and_target, fields);
}

/// Returns the style sheet of Swagger UI if it is embedded, else the favicon.
const docs_ui::Asset& some_asset() {
  const docs_ui::Asset* script = docs_ui::find_asset("swagger-ui.css");
  return script != nullptr ? *script : *docs_ui::find_asset("favicon.svg");
}

std::string url_of(const docs_ui::Asset& asset) { return "/docs/assets/" + std::string(asset.path); }

TEST(DocsPagesOnTheWire, AreHtmlWithAPolicy) {
  for (const char* path : {"/docs", "/redoc", "/docs/oauth2-redirect"}) {
    EXPECT_THAT(exchange("GET " + std::string(path)),
                AllOf(StartsWith("HTTP/1.1 200 OK\r\n"), HasSubstr("\r\ncontent-type: text/html; charset=utf-8\r\n"),
                      HasSubstr("\r\ncontent-security-policy: default-src 'none'; "), EndsWith("</html>\n")))
        << path;
  }
}

TEST(DocsPagesOnTheWire, HaveNoBodyForHead) {
  EXPECT_THAT(exchange("HEAD /docs"),
              AllOf(StartsWith("HTTP/1.1 200 OK\r\n"), HasSubstr("\r\ncontent-security-policy: "),
                    Not(HasSubstr("content-length: 0\r\n")), EndsWith("\r\n\r\n")));
}

TEST(DocsAssetsOnTheWire, MayBeKeptForAYear) {
  const docs_ui::Asset& asset = some_asset();
  const std::string answer = exchange("GET " + url_of(asset));
  EXPECT_THAT(answer, AllOf(StartsWith("HTTP/1.1 200 OK\r\n"),
                            HasSubstr("\r\ncontent-type: " + std::string(asset.content_type)),
                            HasSubstr("\r\ncache-control: public, max-age=31536000, immutable\r\n"),
                            HasSubstr("\r\netag: \"" + std::string(asset.digest) + "\"\r\n"),
                            HasSubstr("\r\nvary: accept-encoding\r\n"), Not(HasSubstr("content-encoding"))));
  EXPECT_THAT(answer, EndsWith("\r\n\r\n" + docs_ui::content(asset)));
}

// A build without the compressed files sends the files uncompressed.
TEST(DocsAssetsOnTheWire, ArePackedForWhoCanUnpack) {
  const docs_ui::Asset& asset = some_asset();
  const bool is_packed = !asset.gzip.empty();
  const std::string body = is_packed ? std::string(asset.gzip) : docs_ui::content(asset);
  const std::string answer = exchange("GET " + url_of(asset), "accept-encoding: gzip\r\n");
  EXPECT_THAT(answer, AllOf(StartsWith("HTTP/1.1 200 OK\r\n"),
                            HasSubstr("\r\ncontent-length: " + std::to_string(body.size()) + "\r\n"),
                            EndsWith("\r\n\r\n" + body)));
  EXPECT_EQ(testing::has_line(answer, "content-encoding: gzip"), is_packed);
}

TEST(DocsAssetsOnTheWire, HaveTheSameHeadForHead) {
  const docs_ui::Asset& asset = some_asset();
  EXPECT_THAT(exchange("HEAD " + url_of(asset)),
              AllOf(HasSubstr("\r\ncontent-length: " + std::to_string(docs_ui::content(asset).size()) + "\r\n"),
                    HasSubstr("\r\netag: "), EndsWith("\r\n\r\n")));
}

TEST(DocsAssetsOnTheWire, AreNotSentAgain) {
  const docs_ui::Asset& asset = some_asset();
  const std::string answer =
      exchange("GET " + url_of(asset), "if-none-match: \"" + std::string(asset.digest) + "\"\r\n");
  EXPECT_THAT(answer, AllOf(StartsWith("HTTP/1.1 304 Not Modified\r\n"), HasSubstr("\r\netag: "),
                            HasSubstr("\r\ncache-control: "), EndsWith("\r\n\r\n")));
  EXPECT_THAT(exchange("GET " + url_of(asset), "if-none-match: \"other\"\r\n"), StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST(DocsAssetsOnTheWire, AreNothingElse) {
  EXPECT_THAT(exchange("GET /docs/assets/../../etc/passwd"), StartsWith("HTTP/1.1 404 "));
  EXPECT_THAT(exchange("GET /docs/assets/"), StartsWith("HTTP/1.1 404 "));
}

}  // namespace serval::docs_pages_test
