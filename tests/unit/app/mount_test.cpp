// SPDX-License-Identifier: MIT
// Handlers and whole applications that are mounted under a prefix.
#include <serval/app/app.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include <serval/serval.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/setup_error.hpp"

namespace serval::mount_test {

using ::testing::HasSubstr;

json show(Request& request) {
  return {{"method", request.method_text()}, {"path", request.path()}, {"root", request.root_path()}};
}

TEST(MountedHandler, TakesEverythingBelowItsPrefix) {
  App app;
  app.mount("/files", show);
  TestClient client{app};
  EXPECT_EQ(client.get("/files/a/b").body, R"({"method":"GET","path":"/a/b","root":"/files"})");
  EXPECT_EQ(client.post("/files/").body, R"({"method":"POST","path":"/","root":"/files"})");
  EXPECT_EQ(client.request("PURGE", "/files/x").body, R"({"method":"PURGE","path":"/x","root":"/files"})");
  EXPECT_EQ(client.get("/filesystem").status, 404);
}

TEST(MountedHandler, LetsRoutesGoFirst) {
  App app;
  app.mount("/", show);
  app.get("/own")([] { return "own"; });
  TestClient client{app};
  EXPECT_EQ(client.get("/own").body, R"("own")");
  EXPECT_EQ(client.get("/").body, R"({"method":"GET","path":"/","root":""})");
  EXPECT_EQ(client.get("/x").body, R"({"method":"GET","path":"/x","root":""})");
}

TEST(MountedHandler, IsADirectory) {
  App app;
  app.mount("/files", show);
  const auto answer = TestClient(app).get("/files?x=1", {.follow_redirects = false});
  EXPECT_EQ(answer.status, 307);
  EXPECT_EQ(answer.header("location"), "http://testserver/files/?x=1");
}

TEST(MountedHandler, TakesItsPrefixToWhereSlashesAreNotRedirected) {
  App app({.redirect_slashes = false});
  app.mount("/files", show);
  EXPECT_EQ(TestClient(app).get("/files").body, R"({"method":"GET","path":"/","root":"/files"})");
}

TEST(MountedApplication, HasRoutesErrorsAndLimitsOfItsOwn) {
  App sub;
  sub.get("/hello/{name}", {.max_body_bytes = 3})([](Path<std::string, "name"> name) { return "hi " + name; });
  sub.on_status(404, [] { return json{{"sub", "nothing"}}; });
  App app;
  app.mount("/sub", sub);
  TestClient client{app};
  EXPECT_EQ(client.get("/sub/hello/ann").body, R"("hi ann")");
  EXPECT_EQ(client.get("/sub/other").body, R"({"sub":"nothing"})");
  EXPECT_EQ(client.get("/other").body, R"({"detail":"Not Found"})");
  EXPECT_EQ(client.get("/sub/hello/ann", {.body = "1234"}).status, 413);
  EXPECT_EQ(client.delete_("/sub/hello/ann").header("allow"), "GET, HEAD, OPTIONS");
}

TEST(MountedApplication, MayHoldAnother) {
  App inner, middle, app;
  inner.get("/x")([](Request& request) { return show(request); });
  middle.get("/own")([](Request& request) { return show(request); });
  middle.mount("/inner", inner);
  app.mount("/middle", middle);
  TestClient client{app};
  EXPECT_EQ(client.get("/middle/own").body, R"({"method":"GET","path":"/own","root":"/middle"})");
  EXPECT_EQ(client.get("/middle/inner/x").body, R"({"method":"GET","path":"/x","root":"/middle/inner"})");
  EXPECT_EQ(client.get("/middle/inner/y").status, 404);
  EXPECT_EQ(client.get("/middle/inner", {.follow_redirects = false}).header("location"),
            "http://testserver/middle/inner/");
}

TEST(MountedApplication, RedirectsSlashesToItself) {
  App sub;
  sub.get("/items/")([] { return 1; });
  App app({.root_path = "/api"});
  app.mount("/sub", sub);
  EXPECT_EQ(TestClient(app).get("/sub/items", {.follow_redirects = false}).header("location"),
            "http://testserver/api/sub/items/");
}

TEST(MountedApplication, AnswersItsOwnExceptions) {
  struct Fault {};
  App sub;
  sub.get("/x")([]() -> int { throw Fault{}; });
  sub.on_error<Fault>([](const Fault&) { return HttpError(409, "sub"); });
  App app;
  app.on_error<Fault>([](const Fault&) { return HttpError(409, "app"); });
  app.mount("/sub", sub);
  EXPECT_EQ(TestClient(app).get("/sub/x").body, R"({"detail":"sub"})");
}

TEST(MountedApplication, RunsItsBackgroundWork) {
  bool ran = false;
  App sub;
  sub.get("/x")([&ran](BackgroundTasks& background) { background.add([&ran] { ran = true; }); });
  App app;
  app.mount("/sub", sub);
  TestClient(app).get("/sub/x");
  EXPECT_TRUE(ran);
}

TEST(Mount, ComesAlongWithAnIncludedRouter) {
  Router router({.prefix = "/v1"});
  router.mount("/files", show);
  App app;
  app.include(router, {.prefix = "/api"});
  EXPECT_EQ(TestClient(app).get("/api/v1/files/x").body, R"({"method":"GET","path":"/x","root":"/api/v1/files"})");
}

TEST(Mount, RefusesABadPrefix) {
  App app;
  EXPECT_THAT(error_of([&] { app.mount("/{tenant}", show); }), HasSubstr("mount at a literal prefix"));
  EXPECT_THAT(error_of([&] { app.mount("files", show); }), HasSubstr("mount_test.cpp:"));
}

TEST(Mount, RefusesASecondOneAtTheSamePrefix) {
  App app, sub;
  app.mount("/sub", sub);
  EXPECT_THAT(error_of([&] { app.mount("/sub/", show); }), HasSubstr("is there already, registered at"));
}

}  // namespace serval::mount_test
