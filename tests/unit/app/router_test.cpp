// SPDX-License-Identifier: MIT
// Declaring routes: decorators, named functions, routers, inclusions.
#include <serval/app/router.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include <serval/serval.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/setup_error.hpp"

namespace serval::router_test {

using ::testing::AllOf;
using ::testing::HasSubstr;

int answer() { return 42; }
Task<int> later() { co_return 43; }

/// Keeps the declarations that a router passes on.
class Collector : public Router {
 public:
  using Router::Router;
  std::vector<detail::RouteDeclaration> seen;

 protected:
  void add(detail::RouteDeclaration declaration) override { seen.push_back(std::move(declaration)); }
};

TEST(Decorator, RegistersEveryMethod) {
  App app;
  const auto method = [](Request& request) { return std::string(request.method_text()); };
  app.get("/")(method);
  app.post("/")(method);
  app.put("/")(method);
  app.patch("/")(method);
  app.delete_("/")(method);
  app.head("/h")(method);
  app.options("/")(method);
  app.trace("/")(method);
  TestClient client{app};
  for (std::string_view name : {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}) {
    EXPECT_EQ(client.request(name, "/").body, '"' + std::string(name) + '"');
  }
  EXPECT_EQ(client.head("/h").header("content-length"), "6");
}

TEST(Decorator, GivesTheHandlerBackSoThatItCanBeStacked) {
  App app;
  const auto handler = app.get("/a")(app.post("/b", {.status_code = 201})([](Query<int, "n"> n) { return n + 1; }));
  EXPECT_EQ(handler(Query<int, "n">(1)), 2);
  TestClient client{app};
  EXPECT_EQ(client.get("/a?n=1").body, "2");
  EXPECT_EQ(client.post("/b?n=2").status, 201);
}

TEST(Decorator, SharesAHandlerThatCannotBeCopied) {
  App app;
  app.get("/a")(app.get("/b")([owned = std::make_unique<int>(7)] { return *owned; }));
  TestClient client{app};
  EXPECT_EQ(client.get("/a").body, "7");
  EXPECT_EQ(client.get("/b").body, "7");
}

TEST(Router, RegistersOneHandlerForSeveralMethods) {
  App app;
  app.api_route("/x", {http::Method::get, http::Method::post, http::Method::purge})(answer);
  TestClient client{app};
  EXPECT_EQ(client.get("/x").body, "42");
  EXPECT_EQ(client.request("PURGE", "/x").body, "42");
  EXPECT_EQ(client.put("/x").header("allow"), "GET, HEAD, POST, OPTIONS, PURGE");
}

TEST(Router, ReadsTheNameOfAFunctionGivenAsTemplateArgument) {
  Collector router;
  router.get<answer>("/a");
  router.post<&later>("/b", {.status_code = 201, .tags = {"t"}});
  router.api_route<answer>("/c", {http::Method::put});
  router.get("/d")([] { return 1; });
  ASSERT_EQ(router.seen.size(), 4U);
  EXPECT_EQ(router.seen[0].function_name, "answer");
  EXPECT_EQ(router.seen[1].function_name, "later");
  EXPECT_EQ(router.seen[1].options.status_code, 201);
  EXPECT_EQ(router.seen[2].methods, http::MethodSet{http::Method::put});
  EXPECT_EQ(router.seen[3].function_name, "");
}

TEST(Router, ServesNamedFunctions) {
  App app;
  app.get<answer>("/");
  app.post<answer>("/");
  app.put<answer>("/");
  app.patch<answer>("/");
  app.delete_<later>("/");
  app.head<answer>("/h");
  app.options<answer>("/");
  app.trace<later>("/");
  app.api_route<answer>("/r", {http::Method::get});
  TestClient client{app};
  for (std::string_view method : {"GET", "POST", "PUT", "PATCH", "OPTIONS"}) {
    EXPECT_EQ(client.request(method, "/").body, "42") << method;
  }
  EXPECT_EQ(client.delete_("/").body, "43");
  EXPECT_EQ(client.request("TRACE", "/").body, "43");
  EXPECT_EQ(client.head("/h").status, 200);
  EXPECT_EQ(client.get("/r").body, "42");
}

TEST(Router, PutsItsPrefixAndTagsBeforeItsRoutes) {
  Router items({.prefix = "/items", .tags = {"items"}, .deprecated = true});
  items.get("/{id}", {.tags = {"read"}})([](Path<int, "id"> id) { return id; });
  items.get("")([] { return "all"; });
  Collector all;
  all.include(items, {.prefix = "/v1", .tags = {"v1"}});
  ASSERT_EQ(all.seen.size(), 2U);
  EXPECT_EQ(all.seen[0].path, "/v1/items/{id}");
  EXPECT_EQ(all.seen[0].options.tags, (std::vector<std::string>{"v1", "items", "read"}));
  EXPECT_TRUE(all.seen[0].options.deprecated);
  EXPECT_EQ(all.seen[1].path, "/v1/items");
}

TEST(Router, NestsInclusionsAndRepeatsThem) {
  Router leaf({.prefix = "/leaf"});
  leaf.get("/{n}")([](Path<int, "n"> n) { return n; });
  Router middle({.prefix = "/middle/{m}"});
  middle.get("/own")([](Path<int, "m"> m) { return m; });
  Router outer;
  outer.include(leaf, {.prefix = "/a"});
  outer.include(leaf, {.prefix = "/b"});
  App app;
  app.include(outer);
  app.include(outer, {.prefix = "/again"});
  app.include(middle);
  TestClient client{app};
  for (std::string path : {"/a/leaf/1", "/b/leaf/1", "/again/a/leaf/1", "/again/b/leaf/1", "/middle/1/own"}) {
    EXPECT_EQ(client.get(path).body, "1") << path;
  }
  EXPECT_EQ(client.get("/leaf/1").status, 404);
}

TEST(Router, TakesOverOnlyTheRoutesThatAreThere) {
  Router router;
  router.get("/early")(answer);
  App app;
  app.include(router);
  router.get("/late")(answer);
  TestClient client{app};
  EXPECT_EQ(client.get("/early").status, 200);
  EXPECT_EQ(client.get("/late").status, 404);
}

TEST(Router, RefusesABadPrefixWhereItIsWritten) {
  EXPECT_THAT(error_of([] { Router router({.prefix = "items"}); }), HasSubstr("router_test.cpp:"));
  EXPECT_THAT(error_of([] { Router router({.prefix = "/items/"}); }), HasSubstr("/items/"));
  EXPECT_THAT(error_of([] {
                App app;
                app.include(Router(), {.prefix = "/"});
                Router router;
                router.get("/x")(answer);
                app.include(router, {.prefix = "v1"});
              }),
              HasSubstr("v1"));
}

TEST(Router, RefusesABadPatternWhereItIsWritten) {
  Router router;
  for (const char* path : {"items", "/{", "/{id}/{id}", "/{p:path}/{q}/", "/{n:hex}", ""}) {
    EXPECT_THAT(error_of([&] { router.get(path)(answer); }), HasSubstr("router_test.cpp:")) << path;
  }
}

TEST(Router, RefusesToIncludeItself) {
  Router router;
  EXPECT_THAT(error_of([&] { router.include(router); }), HasSubstr("a router cannot include itself"));
}

TEST(Router, RefusesAPrefixParameterThatNoHandlerTakes) {
  Router router;
  router.get("/x")(answer);
  App app;
  EXPECT_THAT(error_of([&] { app.include(router, {.prefix = "/{tenant}"}); }),
              HasSubstr("GET /{tenant}/x: the path has {tenant}, but the handler does not take it"));
}

TEST(Router, RefusesTwoRoutesForTheSameRequestsAndNamesBothPlaces) {
  App app;
  const int first = __LINE__ + 1;
  app.get("/items/{id}")([](Path<int, "id"> id) { return id; });
  const int second = __LINE__ + 2;
  const std::string text =
      error_of([&] { app.get("/items/{name}")([](Path<std::string, "name"> name) { return name; }); });
  const std::string file = "router_test.cpp:";
  EXPECT_THAT(text, AllOf(HasSubstr(file + std::to_string(first)), HasSubstr(file + std::to_string(second)),
                          HasSubstr("/items/{id}"), HasSubstr("/items/{name}"), HasSubstr("remove one of them")));
}

TEST(Router, TakesOnePathForDifferentMethods) {
  App app;
  app.get("/x")(answer);
  EXPECT_EQ(error_of([&] { app.post("/x")(answer); }), "no error");
  EXPECT_THAT(error_of([&] {
                app.api_route("/x", {http::Method::put, http::Method::post})(answer);
              }),
              HasSubstr("POST /x"));
}

TEST(Router, RefusesARouteWithoutMethod) {
  App app;
  EXPECT_THAT(error_of([&] { app.api_route("/x", {})(answer); }), HasSubstr("has no method"));
}

TEST(Router, RefusesAStatusThatIsNone) {
  App app;
  EXPECT_THAT(error_of([&] { app.get("/x", {.status_code = 99})(answer); }),
              HasSubstr("GET /x: status_code 99 is not the status of a response; use one from 200 to 599"));
}

TEST(Router, RefusesToSelectMembersThatNoAnswerHas) {
  struct User {
    std::string name;
    std::string password;
  };
  const auto user = [] { return User{"ann", "secret"}; };
  App app;
  EXPECT_THAT(
      error_of([&] {
        app.get("/x", {.response_model_exclude = {"name", "pasword"}})(user);
      }),
      HasSubstr("GET /x: response_model_exclude names \"pasword\", but no response of the handler has such a "));
  EXPECT_THAT(error_of([&] { app.get("/x", {.response_model_include = {"Name"}})(user); }),
              HasSubstr("GET /x: response_model_include names \"Name\""));
  EXPECT_EQ(error_of([&] { app.get("/x", {.response_model_exclude = {"password"}})(user); }), "no error");
}

TEST(Router, RefusesACoroutineOnThePoolForBlockingWork) {
  App app;
  const std::string why = "GET /x: a coroutine cannot run on the pool for blocking work";
  EXPECT_THAT(error_of([&] { app.get("/x", {.blocking = true})(later); }), HasSubstr(why));
  EXPECT_THAT(error_of([&] { app.get("/x")(blocking(later)); }), HasSubstr(why));
}

}  // namespace serval::router_test
