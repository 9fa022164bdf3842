// SPDX-License-Identifier: MIT
#include <serval/docs_ui/assets.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace serval::docs_ui::assets_test {

using testing::HasSubstr;

// "hello\n", compressed by `gzip -9 -n`.
constexpr std::string_view packed(
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xcb\x48\xcd\xc9\xc9\xe7\x02\x00\x20\x30\x3a\x36\x06\x00\x00\x00", 26);
constexpr Asset hello{"hello.js", "hello.01.js", "text/javascript", "01", {}, packed, "as brotli"};

Request asking(std::string_view name = {}, std::string_view value = {}) {
  Request request;
  if (!name.empty()) request.mutable_headers().add(name, value);
  return request;
}

TEST(AssetResponse, MayBeKeptForAYear) {
  const Response response = asset_response(hello, asking("accept-encoding", "gzip"));
  EXPECT_EQ(response.headers().get("cache-control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(response.headers().get("vary"), "accept-encoding");
  EXPECT_EQ(response.content_type(), "text/javascript; charset=utf-8");
}

TEST(AssetResponse, IsInTheCodingThatIsAskedFor) {
  const Response response = asset_response(hello, asking("accept-encoding", "gzip"));
  EXPECT_EQ(response.headers().get("content-encoding"), "gzip");
  EXPECT_EQ(response.headers().get("etag"), "\"01-gzip\"");
  EXPECT_EQ(response.body(), packed);
  EXPECT_EQ(asset_response(hello, asking("accept-encoding", "gzip, br")).body(), "as brotli");
}

TEST(AssetResponse, OffersOnlyWhatThereIs) {
  Asset plain = hello;
  plain.plain = "plain";
  plain.gzip = plain.brotli = {};
  const Response response = asset_response(plain, asking("accept-encoding", "gzip, br"));
  EXPECT_EQ(response.headers().get("content-encoding"), std::nullopt);
  EXPECT_EQ(response.body(), "plain");
}

TEST(AssetResponse, Is304ForTheTagOfThatCoding) {
  Request request = asking("accept-encoding", "gzip");
  request.mutable_headers().add("if-none-match", "\"x\", W/\"01-gzip\"");
  const Response response = asset_response(hello, request);
  EXPECT_EQ(response.status(), 304);
  EXPECT_EQ(response.body(), "");
  EXPECT_EQ(response.headers().get("etag"), "\"01-gzip\"");
  EXPECT_EQ(response.headers().get("cache-control"), "public, max-age=31536000, immutable");
}

TEST(AssetResponse, Is200ForATagOfAnotherCoding) {
  Request request = asking("accept-encoding", "br");
  request.mutable_headers().add("if-none-match", "\"01-gzip\"");
  EXPECT_EQ(asset_response(hello, request).status(), 200);
}

TEST(AssetResponse, Is304ForAnyTag) { EXPECT_EQ(asset_response(hello, asking("if-none-match", "*")).status(), 304); }

TEST(Assets, HaveAPathAndADigestEach) {
  std::set<std::string_view> paths;
  for (const Asset& asset : assets()) {
    EXPECT_TRUE(paths.insert(asset.path).second) << asset.path;
    EXPECT_THAT(std::string(asset.path), HasSubstr(std::string(asset.digest)));
    EXPECT_EQ(find_asset_at(asset.path), &asset);
    EXPECT_EQ(find_asset(asset.name), &asset);
    EXPECT_FALSE(asset.plain.empty() && asset.gzip.empty()) << asset.name;
  }
  EXPECT_EQ(find_asset("swagger-ui.js"), nullptr);
  EXPECT_EQ(find_asset_at("favicon.svg"), nullptr);
}

TEST(Assets, HoldTheFavicon) {
  const Asset* favicon = find_asset("favicon.svg");
  ASSERT_NE(favicon, nullptr);
  const Response response = asset_response(*favicon, asking());
  EXPECT_EQ(response.content_type(), "image/svg+xml");
  EXPECT_THAT(response.body(), testing::StartsWith("<svg "));
}

}  // namespace serval::docs_ui::assets_test
