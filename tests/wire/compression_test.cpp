// SPDX-License-Identifier: MIT
// Compressed responses over a socket.
#include <serval/compression.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <string>

#include <serval/files.hpp>
#include <serval/pool.hpp>
#include <serval/serval.hpp>
#include <serval/server.hpp>
#include <serval/task.hpp>

#include "tests/unit/support/gunzip.hpp"
#include "tests/unit/support/temporary_folder.hpp"
#include "tests/wire/support/client.hpp"
#include "tests/wire/support/echo_service.hpp"
#include "tests/wire/support/exchange.hpp"

namespace serval::compression_test {

using namespace std::chrono_literals;
using testing::body_of;
using testing::exchange;
using testing::gunzip;
using testing::has_line;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::RawClient;
using testing::status_of;

const std::string accept_gzip = "accept-encoding: gzip\r\n";
const std::string text(2000, 'a');

struct CompressedOver : ::testing::Test {
  CompressedOver() {
    app.use(Compression());
    app.get("/text")([] { return plain_text(text); });
  }
  App app;
};

TEST_F(CompressedOver, HttpIsPackedAsTheClientAccepts) {
  const std::string answer = exchange(app, "GET /text", accept_gzip);
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_TRUE(has_line(answer, "content-encoding: gzip"));
  EXPECT_TRUE(has_line(answer, "vary: Accept-Encoding"));
  EXPECT_TRUE(has_line(answer, "content-type: text/plain; charset=utf-8"));
  const std::string body(body_of(answer));
  EXPECT_TRUE(has_line(answer, "content-length: " + std::to_string(body.size())));
  EXPECT_TRUE(gunzip(body).is_whole);
  EXPECT_EQ(gunzip(body).text, text);
}

TEST_F(CompressedOver, ItGoesWhatEachClientPrefers) {
  const auto coding_for = [&](const std::string& accepted) {
    const std::string answer = exchange(app, "GET /text", "accept-encoding: " + accepted + "\r\n");
    const std::size_t at = answer.find("content-encoding: ");
    return at == std::string::npos ? "none" : answer.substr(at + 18, answer.find("\r\n", at) - at - 18);
  };
  EXPECT_EQ(coding_for("gzip;q=0"), "none");
  EXPECT_EQ(coding_for("identity, gzip;q=0.5"), "none");
  EXPECT_EQ(coding_for("deflate"), "none");
  EXPECT_EQ(coding_for("x-gzip"), "gzip");
  EXPECT_EQ(coding_for("gzip, br;q=0.1, zstd;q=0.1"), "gzip");
  if (http::has_coding(http::ContentCoding::br)) {
    EXPECT_EQ(coding_for("gzip, deflate, br"), "br");
  }
  if (http::has_coding(http::ContentCoding::zstd)) {
    EXPECT_EQ(coding_for("gzip, deflate, br, zstd"), "zstd");
  }
}

TEST_F(CompressedOver, NothingGoesWithoutBeingAskedForButVaries) {
  const std::string answer = exchange(app, "GET /text");
  EXPECT_EQ(body_of(answer), text);
  EXPECT_TRUE(has_line(answer, "vary: Accept-Encoding"));
  EXPECT_THAT(answer, Not(HasSubstr("content-encoding")));
}

TEST_F(CompressedOver, ARefusalOfEverythingIsAnsweredAsItIs) {
  const std::string answer = exchange(app, "GET /text", "accept-encoding: identity;q=0, *;q=0\r\n");
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_EQ(body_of(answer), text);
}

TEST_F(CompressedOver, SmallBodiesGoAsTheyAre) {
  app.get("/499")([] { return plain_text(std::string(499, 'a')); });
  app.get("/500")([] { return plain_text(std::string(500, 'a')); });
  const std::string small = exchange(app, "GET /499", accept_gzip);
  EXPECT_EQ(body_of(small).size(), 499U);
  EXPECT_THAT(small, Not(HasSubstr("vary")));
  EXPECT_TRUE(has_line(exchange(app, "GET /500", accept_gzip), "content-encoding: gzip"));
}

TEST_F(CompressedOver, ApplicationsThatDoNotAskForItNothingChanges) {
  App plain;
  plain.get("/")([] { return plain_text(text); });
  const std::string answer = exchange(plain, "GET /", accept_gzip);
  EXPECT_EQ(body_of(answer), text);
  EXPECT_THAT(answer, Not(HasSubstr("vary")));
}

TEST_F(CompressedOver, RoutesDecideForThemselves) {
  App plain;
  plain.use(Compression({.enabled = false}));
  plain.get("/", {.compress = true})([] { return plain_text(text); });
  EXPECT_TRUE(has_line(exchange(plain, "GET /", accept_gzip), "content-encoding: gzip"));
  app.get("/secret", {.compress = false})([] { return plain_text(text); });
  EXPECT_EQ(body_of(exchange(app, "GET /secret", accept_gzip)), text);
}

TEST_F(CompressedOver, VaryKeepsWhatItHas) {
  app.get("/")([](Response& response) {
    response.headers().set("vary", "Origin");
    return text;
  });
  app.get("/said")([](Response& response) {
    response.headers().set("vary", "origin, accept-encoding");
    return text;
  });
  EXPECT_TRUE(has_line(exchange(app, "GET /", accept_gzip), "vary: Origin, Accept-Encoding"));
  EXPECT_TRUE(has_line(exchange(app, "GET /said", accept_gzip), "vary: origin, accept-encoding"));
}

TEST_F(CompressedOver, WhatIsEncodedAlreadyGoesAsItIs) {
  app.get("/")([](Response& response) {
    response.headers().set("content-encoding", "br");
    return plain_text(text);
  });
  const std::string answer = exchange(app, "GET /", accept_gzip);
  EXPECT_EQ(body_of(answer), text);
  EXPECT_TRUE(has_line(answer, "content-encoding: br"));
}

TEST_F(CompressedOver, ImagesGoAsTheyAre) {
  app.get("/")([] { return Response(200, text, "image/png"); });
  const std::string answer = exchange(app, "GET /", accept_gzip);
  EXPECT_EQ(body_of(answer), text);
  EXPECT_THAT(answer, Not(HasSubstr("vary")));
}

TEST_F(CompressedOver, WhatMustNotBeTransformedGoesAsItIs) {
  app.get("/")([](Response& response) {
    response.headers().set("cache-control", "no-transform");
    return plain_text(text);
  });
  EXPECT_EQ(body_of(exchange(app, "GET /", accept_gzip)), text);
}

TEST_F(CompressedOver, StrongTagsBecomeWeak) {
  app.get("/")([](Response& response) {
    response.headers().set("etag", "\"1\"");
    return plain_text(text);
  });
  EXPECT_TRUE(has_line(exchange(app, "GET /", accept_gzip), "etag: W/\"1\""));
  EXPECT_TRUE(has_line(exchange(app, "GET /"), "etag: \"1\""));
}

TEST_F(CompressedOver, AHeadHasTheFieldsOfAGet) {
  const std::string get = exchange(app, "GET /text", accept_gzip);
  const std::string head = exchange(app, "HEAD /text", accept_gzip);
  EXPECT_EQ(body_of(head), "");
  EXPECT_TRUE(has_line(head, "content-encoding: gzip"));
  EXPECT_TRUE(has_line(head, "vary: Accept-Encoding"));
  EXPECT_TRUE(has_line(head, "content-length: " + std::to_string(body_of(get).size())));
}

TEST_F(CompressedOver, ErrorsArePackedToo) {
  app.get("/")([]() -> Response { throw HttpError(409, text); });
  const std::string answer = exchange(app, "GET /", accept_gzip);
  EXPECT_EQ(status_of(answer), 409);
  EXPECT_EQ(gunzip(body_of(answer)).text, "{\"detail\":\"" + text + "\"}");
}

TEST_F(CompressedOver, AFileGoesAsItIs) {
  const testing::TemporaryFolder folder;
  const std::string path = folder.write("a.txt", text);
  app.get("/")([path] { return FileResponse(path); });
  const std::string answer = exchange(app, "GET /", accept_gzip);
  EXPECT_EQ(body_of(answer), text);
  EXPECT_TRUE(has_line(answer, "accept-ranges: bytes"));
  EXPECT_THAT(answer, Not(HasSubstr("vary")));
}

TEST_F(CompressedOver, LargeBodiesArePackedOnThePool) {
  const std::string large(1 << 20, 'b');
  app.get("/plain")([&] { return plain_text(large); });
  app.get("/waiting")([&]() -> Task<PlainTextResponse> { co_return plain_text(large); });
  app.get("/blocking", {.blocking = true})([&] { return plain_text(large); });
  for (const char* path : {"GET /plain", "GET /waiting", "GET /blocking"}) {
    EXPECT_EQ(gunzip(body_of(exchange(app, path, accept_gzip))).text, large) << path;
  }
}

TEST_F(CompressedOver, APipelineKeepsItsOrder) {
  const std::string large(1 << 20, 'b');
  app.get("/large")([&] { return plain_text(large); });
  Server server(app, testing::test_options());
  server.start();
  RawClient client(server.port());
  client.send("GET /large HTTP/1.1\r\nhost: a\r\n" + accept_gzip + "\r\nGET /text HTTP/1.1\r\nhost: a\r\n" +
              accept_gzip + "\r\n");
  EXPECT_EQ(gunzip(body_of(client.read_answer())).text, large);
  EXPECT_EQ(gunzip(body_of(client.read_answer())).text, text);
}

TEST_F(CompressedOver, AFullPoolLeavesThemAsTheyAre) {
  const auto pool = std::make_shared<Pool>(PoolOptions{.threads = 1, .queue = 0});
  App busy;
  busy.use(Compression({.pool_size = 0, .pool = pool}));
  busy.get("/text")([] { return plain_text(text); });
  std::promise<void> entered, may_go;
  busy.get("/hold", {.compress = false})([&]() -> Task<int> {
    co_await pool->run([&] {
      entered.set_value();
      may_go.get_future().wait_for(10s);
    });
    co_return 1;
  });
  Server server(busy, testing::test_options());
  server.start();
  RawClient holding(server.port()), asking(server.port());
  holding.send("GET /hold HTTP/1.1\r\nhost: a\r\n\r\n");
  entered.get_future().wait_for(10s);
  asking.send("GET /text HTTP/1.1\r\nhost: a\r\n" + accept_gzip + "\r\n");
  const std::string answer = asking.read_answer();
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_EQ(body_of(answer), text);
  may_go.set_value();
  EXPECT_EQ(status_of(holding.read_answer()), 200);
}

TEST_F(CompressedOver, AMountedApplicationPacksOnce) {
  App inner;
  inner.use(Compression());
  inner.get("/text")([] { return plain_text(text); });
  inner.get("/secret", {.compress = false})([] { return plain_text(text); });
  app.mount("/inner", inner);
  const std::string answer = exchange(app, "GET /inner/text", accept_gzip);
  EXPECT_EQ(gunzip(body_of(answer)).text, text);
  EXPECT_TRUE(has_line(answer, "vary: Accept-Encoding"));
  EXPECT_EQ(body_of(exchange(app, "GET /inner/secret", accept_gzip)), text);
}

}  // namespace serval::compression_test
