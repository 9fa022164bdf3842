// SPDX-License-Identifier: MIT
#include <serval/middleware/conditional.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <utility>

#include <serval/files.hpp>
#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/stream.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/temporary_folder.hpp"

namespace serval::conditional_test {

class ConditionalOver : public ::testing::Test {
 protected:
  TestResponse get(const std::string& path, const std::string& known = {}) {
    TestRequest request;
    if (!known.empty()) request.headers.emplace_back("if-none-match", known);
    return TestClient(app).get(path, request);
  }
  std::string tag(const std::string& path) { return std::string(get(path).header("etag").value_or("")); }
  void use(ConditionalOptions options = {}) { app.use(Conditional(options)); }

  App app;
};

TEST_F(ConditionalOver, AResponseHasAStrongTagOfItsBodyAndType) {
  use();
  app.get("/a")([] { return plain_text("a"); });
  app.get("/a2")([] { return plain_text("a"); });
  app.get("/b")([] { return plain_text("b"); });
  app.get("/html")([] { return html("a"); });
  const std::string a = tag("/a");
  EXPECT_EQ(a.size(), 34U);
  EXPECT_TRUE(a.starts_with('"') && a.ends_with('"')) << a;
  EXPECT_EQ(tag("/a2"), a);
  EXPECT_NE(tag("/b"), a);
  EXPECT_NE(tag("/html"), a);
}

TEST_F(ConditionalOver, ATagIsTheSameInEveryProcess) {
  use();
  app.get("/")([] { return plain_text("hello"); });
  EXPECT_EQ(tag("/"), "\"fe42fd9050c383c1ce1e05093402e6dd\"");
}

TEST_F(ConditionalOver, AClientThatKnowsTheResponseGetsAnEmpty304) {
  use();
  app.get("/")([](Response& response) {
    for (const auto& [name, value] :
         {std::pair("cache-control", "max-age=5"), std::pair("expires", "0"), std::pair("content-location", "/x"),
          std::pair("vary", "Accept"), std::pair("content-language", "en"), std::pair("last-modified", "now"),
          std::pair("x-own", "1")}) {
      response.headers().set(name, value);
    }
    return 1;
  });
  const std::string known = tag("/");
  const TestResponse answer = get("/", known);
  EXPECT_EQ(answer.status, 304);
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(answer.header("etag"), known);
  for (const char* name : {"cache-control", "expires", "content-location", "vary", "x-own"})
    EXPECT_TRUE(answer.header(name)) << name;
  for (const char* name : {"content-type", "content-length", "content-language", "last-modified"})
    EXPECT_FALSE(answer.header(name)) << name;
}

TEST_F(ConditionalOver, AListAndTheStarAndAWeakFormNameTheTag) {
  use();
  app.get("/")([] { return 1; });
  const std::string known = tag("/");
  EXPECT_EQ(get("/", "\"x\", " + known).status, 304);
  EXPECT_EQ(get("/", "*").status, 304);
  EXPECT_EQ(get("/", "*").header("etag"), known);
  EXPECT_EQ(get("/", "W/" + known).status, 304);
  EXPECT_EQ(get("/", "\"x\"").status, 200);
}

TEST_F(ConditionalOver, ATagThatWasMadeWeakIsSentBackWeak) {
  // A compressing middleware has done so, and has added the same to `vary`.
  use();
  app.get("/")([] { return 1; });
  const std::string known = tag("/");
  const TestResponse packed = get("/", "W/" + known);
  EXPECT_EQ(packed.header("etag"), "W/" + known);
  EXPECT_EQ(packed.header("vary"), "Accept-Encoding");
  EXPECT_FALSE(get("/", known).header("vary"));
}

TEST_F(ConditionalOver, ATagOfTheHandlerIsOnlyCompared) {
  use();
  app.get("/")([](Response& response) {
    response.headers().set("etag", "\"v1\"");
    return 1;
  });
  EXPECT_EQ(tag("/"), "\"v1\"");
  EXPECT_EQ(get("/", "\"v1\"").status, 304);
  EXPECT_EQ(get("/", "\"v2\"").status, 200);
}

TEST_F(ConditionalOver, HeadHasTheTagOfGet) {
  use();
  app.get("/")([] { return 1; });
  TestClient client(app);
  const TestResponse answer = client.head("/");
  EXPECT_EQ(answer.header("etag"), tag("/"));
  EXPECT_EQ(client.head("/", {.headers = {{"if-none-match", tag("/")}}}).status, 304);
}

TEST_F(ConditionalOver, AHandlerForHeadWithoutABodyGetsNoTag) {
  use();
  app.head("/")([] { return Response(200); });
  EXPECT_FALSE(TestClient(app).head("/").header("etag"));
}

TEST_F(ConditionalOver, OnlyA200OfGetAndHeadIsChanged) {
  use();
  app.get("/created", {.status_code = 201})([] { return 1; });
  app.get("/error")([]() -> int { throw HttpError(409); });
  app.post("/")([] { return 1; });
  for (const char* path : {"/created", "/error", "/none"}) {
    EXPECT_EQ(tag(path), "") << path;
    EXPECT_NE(get(path, "*").status, 304) << path;
  }
  const TestResponse posted = TestClient(app).post("/", {.headers = {{"if-none-match", "*"}}});
  EXPECT_EQ(posted.status, 200);
  EXPECT_FALSE(posted.header("etag"));
}

TEST_F(ConditionalOver, LargeBodiesAndThoseThatMustNotBeStoredGetNoTag) {
  use({.max_bytes = 100});
  app.get("/bytes")([](Query<std::size_t, "n"> n) { return plain_text(std::string(*n, 'a')); });
  app.get("/secret")([](Response& response) {
    response.headers().set("cache-control", "private, no-store");
    return 1;
  });
  EXPECT_NE(tag("/bytes?n=100"), "");
  EXPECT_EQ(tag("/bytes?n=101"), "");
  EXPECT_EQ(tag("/secret"), "");
}

TEST_F(ConditionalOver, ZeroBytesOnlyComparesTagsOfHandlers) {
  use({.max_bytes = 0});
  app.get("/")([] { return plain_text(""); });
  EXPECT_EQ(tag("/"), "");
}

TEST_F(ConditionalOver, StreamsAreNotChanged) {
  use();
  app.get("/")([](StreamWriter& writer) -> Task<void> { co_await writer.write("a"); });
  EXPECT_EQ(tag("/"), "");
  const TestResponse answer = get("/", "*");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "a");
}

TEST_F(ConditionalOver, FilesKeepTheirOwnTags) {
  const testing::TemporaryFolder folder;
  folder.write("a.txt", "a");
  App plain;
  for (App* each : {&app, &plain}) {
    each->get("/")([path = folder.path("a.txt")] { return FileResponse(path); });
  }
  use();
  EXPECT_EQ(tag("/"), TestClient(plain).get("/").header("etag"));
  EXPECT_EQ(get("/", tag("/")).status, 304);
}

TEST_F(ConditionalOver, RoutesAndMountedApplicationsMayHaveIt) {
  App inner;
  inner.use(Conditional());
  inner.get("/")([] { return 1; });
  app.mount("/inner", inner);
  app.get("/with", {.middleware = {middleware(Conditional())}})([] { return 1; });
  app.get("/without")([] { return 1; });
  EXPECT_EQ(get("/inner/", tag("/inner/")).status, 304);
  EXPECT_EQ(get("/with", tag("/with")).status, 304);
  EXPECT_EQ(tag("/without"), "");
}

}  // namespace serval::conditional_test
