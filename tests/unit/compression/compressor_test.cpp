// SPDX-License-Identifier: MIT
#include "compression/compressor.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include <serval/app/route_options.hpp>
#include <serval/base/error.hpp>
#include <serval/handler/exchange.hpp>
#include <serval/http/file_response.hpp>

#include "tests/unit/compression/samples.hpp"
#include "tests/unit/support/gunzip.hpp"
#include "tests/unit/support/setup_error.hpp"

namespace serval::detail::compressor_test {

const std::string large = testing::records(20);  // more than 500 bytes

/// A response to a client that accepts gzip.
struct CompressorOf : ::testing::Test {
  CompressorOf() {
    exchange.request.mutable_headers().add("accept-encoding", "gzip");
    response.set_body(large);
    response.set_content_type("application/json");
  }
  std::optional<http::ContentCoding> choose() { return Compressor(options).choose(exchange.request, response); }
  std::string vary() { return std::string(response.headers().get("vary").value_or("")); }

  CompressionOptions options{.enabled = true};
  http::Exchange exchange;
  Response& response = exchange.response;
};

using CompressorChoice = CompressorOf;

TEST_F(CompressorChoice, IsTheCodingThatTheClientAccepts) {
  EXPECT_EQ(choose(), http::ContentCoding::gzip);
  EXPECT_EQ(vary(), "Accept-Encoding");
}

TEST_F(CompressorChoice, IsNoneUnlessSwitchedOn) {
  options.enabled = false;
  EXPECT_EQ(choose(), std::nullopt);
  EXPECT_EQ(vary(), "");
}

TEST_F(CompressorChoice, IsTheRoutesWhereItSaysSo) {
  RouteOptions route{.compress = false};
  exchange.request.set_route("/", &route);
  EXPECT_EQ(choose(), std::nullopt);
  options.enabled = false;
  route.compress = true;
  EXPECT_EQ(choose(), http::ContentCoding::gzip);
}

TEST_F(CompressorChoice, LeavesSmallBodiesAlone) {
  options.minimum_size = large.size() + 1;
  EXPECT_EQ(choose(), std::nullopt);
  EXPECT_EQ(vary(), "");
  options.minimum_size = large.size();
  EXPECT_EQ(choose(), http::ContentCoding::gzip);
}

TEST_F(CompressorChoice, LeavesEmptyBodiesAloneWhateverTheMinimum) {
  options.minimum_size = 0;
  response.set_body("");
  EXPECT_EQ(choose(), std::nullopt);
  response.set_body("x");
  EXPECT_EQ(choose(), http::ContentCoding::gzip);
}

TEST_F(CompressorChoice, DependsOnTheRequestAlsoWhereItIsNone) {
  exchange.request.mutable_headers().clear();
  EXPECT_EQ(choose(), std::nullopt);
  EXPECT_EQ(vary(), "Accept-Encoding");
}

TEST_F(CompressorChoice, JoinsSeveralFieldsOfTheRequest) {
  exchange.request.mutable_headers().clear();
  exchange.request.mutable_headers().add("accept-encoding", "identity;q=0.5");
  exchange.request.mutable_headers().add("Accept-Encoding", "gzip;q=0.8");
  EXPECT_EQ(choose(), http::ContentCoding::gzip);
}

TEST_F(CompressorChoice, IsTheFirstOfEquals) {
  if (!http::has_coding(http::ContentCoding::br)) return;
  exchange.request.mutable_headers().clear();
  exchange.request.mutable_headers().add("accept-encoding", "gzip, br");
  options.codings = {http::ContentCoding::gzip, http::ContentCoding::br};
  EXPECT_EQ(choose(), http::ContentCoding::gzip);
  options.codings = {http::ContentCoding::br, http::ContentCoding::gzip};
  EXPECT_EQ(choose(), http::ContentCoding::br);
}

TEST_F(CompressorChoice, LeavesAloneWhatSpeaksOfItsBytes) {
  for (const char* name : {"content-encoding", "Content-Range", "content-digest", "repr-digest", "content-md5"}) {
    response.headers().set(name, "x");
    EXPECT_EQ(choose(), std::nullopt) << name;
    EXPECT_EQ(vary(), "") << name;
    response.headers().erase(name);
  }
}

TEST_F(CompressorChoice, LeavesPackedTypesAlone) {
  response.set_content_type("image/png");
  EXPECT_EQ(choose(), std::nullopt);
}

TEST_F(CompressorChoice, LeavesStatusesWithoutABodyAndPartialContentAlone) {
  for (const int status : {204, 205, 206, 304}) {
    response.set_status(status);
    EXPECT_EQ(choose(), std::nullopt) << status;
  }
  response.set_status(404);
  EXPECT_EQ(choose(), http::ContentCoding::gzip);
}

TEST_F(CompressorChoice, LeavesAloneWhatMustNotBeTransformed) {
  response.headers().add("cache-control", "max-age=3");
  EXPECT_EQ(choose(), http::ContentCoding::gzip);
  response.headers().add("cache-control", "private ,No-Transform");
  EXPECT_EQ(choose(), std::nullopt);
}

TEST_F(CompressorChoice, LeavesFilesAlone) {
  response = FileResponse("/proc/self/exe");
  EXPECT_EQ(choose(), std::nullopt);
}

TEST_F(CompressorChoice, IsMadeForAnswersInPartsWhateverTheirSize) {
  response.clear_body();
  EXPECT_EQ(choose(), std::nullopt);
  response.mark_in_parts();
  EXPECT_EQ(choose(), http::ContentCoding::gzip);
  EXPECT_EQ(vary(), "Accept-Encoding");
}

using CompressorPack = CompressorOf;

TEST_F(CompressorPack, ReplacesTheBodyAndSaysSo) {
  Compressor(options).pack(response, http::ContentCoding::gzip);
  const testing::Unpacked unpacked = testing::gunzip(response.body());
  EXPECT_TRUE(unpacked.is_whole);
  EXPECT_EQ(unpacked.text, large);
  EXPECT_EQ(response.headers().get("content-encoding"), "gzip");
}

TEST_F(CompressorPack, LeavesABodyThatOnlyGrows) {
  const std::string bytes = testing::noise(1000);
  response.set_body(bytes);
  response.headers().set("etag", "\"1\"");
  Compressor(options).pack(response, http::ContentCoding::gzip);
  EXPECT_EQ(response.body(), bytes);
  EXPECT_EQ(response.headers().get("content-encoding"), std::nullopt);
  EXPECT_EQ(response.headers().get("etag"), "\"1\"");
}

TEST_F(CompressorPack, WeakensAStrongTag) {
  response.headers().set("etag", "\"abc\"");
  Compressor(options).pack(response, http::ContentCoding::gzip);
  EXPECT_EQ(response.headers().get("etag"), "W/\"abc\"");
}

TEST_F(CompressorPack, KeepsAWeakTag) {
  response.headers().set("etag", "W/\"abc\"");
  Compressor(options).pack(response, http::ContentCoding::gzip);
  EXPECT_EQ(response.headers().get("etag"), "W/\"abc\"");
}

TEST_F(CompressorPack, PacksByTheLevelOfItsCoding) {
  const std::string body = testing::records(1000);
  response.set_body(body);
  Compressor({.gzip_level = 1}).pack(response, http::ContentCoding::gzip);
  const std::size_t fast = response.body().size();
  response.headers().clear();
  response.set_body(body);
  Compressor({.gzip_level = 9}).pack(response, http::ContentCoding::gzip);
  EXPECT_LT(response.body().size(), fast);
}

TEST(CompressorOptions, AreChecked) {
  EXPECT_THAT(error_of([] { Compressor({.gzip_level = 10}); }), ::testing::HasSubstr("gzip_level is 10"));
  EXPECT_THAT(error_of([] { Compressor({.gzip_level = 0}); }), ::testing::HasSubstr("1 to 9"));
  EXPECT_THAT(error_of([] { Compressor({.brotli_quality = -1}); }), ::testing::HasSubstr("brotli_quality"));
  EXPECT_THAT(error_of([] { Compressor({.zstd_level = 20}); }), ::testing::HasSubstr("zstd_level"));
}

TEST(CompressorOptions, NameCodingsOfThisBuildAlone) {
  for (const http::ContentCoding coding :
       {http::ContentCoding::gzip, http::ContentCoding::br, http::ContentCoding::zstd}) {
    if (http::has_coding(coding))
      EXPECT_NO_THROW(Compressor({.codings = {coding}}));
    else
      EXPECT_THROW(Compressor({.codings = {coding}}), SetupError);
  }
}

}  // namespace serval::detail::compressor_test
