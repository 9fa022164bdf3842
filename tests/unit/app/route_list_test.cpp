// SPDX-License-Identifier: MIT
// The routes of an application as plain values.
#include <serval/app/declared_route.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <serval/serval.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>
#include <serval/websocket.hpp>

namespace serval::route_list_test {

using routing::DeclaredRoute;
using routing::RouteKind;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::IsEmpty;

int read_item(Path<int, "item_id"> id) { return id; }
Task<void> chat(WebSocket& socket) { co_await socket.accept(); }

/// Returns "GET /items/{item_id}" for each route.
std::vector<std::string> lines_of(const App& app) {
  std::vector<std::string> lines;
  for (const DeclaredRoute& route : app.routes()) lines.push_back(route.methods.to_string() + " " + route.path);
  return lines;
}

TEST(Routes, AreThereInTheOrderOfDeclaration) {
  App app({.openapi_url = ""});
  app.post("/b")([] { return 1; });
  app.get("/a")([] { return 1; });
  app.api_route("/c", {http::Method::put, http::Method::get})([] { return 1; });
  EXPECT_THAT(lines_of(app), ElementsAre("POST /b", "GET /a", "GET, PUT /c"));
  TestClient client{app};
  EXPECT_THAT(lines_of(app), ElementsAre("POST /b", "GET /a", "GET, PUT /c"));
}

TEST(Routes, SayWhatWasDeclaredOfThem) {
  App app({.openapi_url = ""});
  Router items({.prefix = "/items", .tags = {"items"}});
  items.get<read_item>("/{item_id}", {.tags = {"read"}});
  const int line = __LINE__ - 1;
  app.include(items, {.prefix = "/api"});
  const std::vector<DeclaredRoute> routes = app.routes();
  ASSERT_EQ(routes.size(), 1U);
  const DeclaredRoute& route = routes.front();
  EXPECT_EQ(route.kind, RouteKind::handler);
  EXPECT_EQ(route.methods, http::MethodSet{http::Method::get});
  EXPECT_EQ(route.path, "/api/items/{item_id}");
  EXPECT_EQ(route.name, "read_item");
  EXPECT_EQ(route.operation_id, "read_item_api_items__item_id__get");
  EXPECT_THAT(route.tags, ElementsAre("items", "read"));
  EXPECT_FALSE(route.is_blocking);
  EXPECT_THAT(route.where.file_name(), EndsWith("route_list_test.cpp"));
  EXPECT_EQ(route.where.line(), line);
}

TEST(Routes, SayWhichRunOnThePool) {
  App app({.openapi_url = ""});
  app.get("/option", {.blocking = true})([] { return 1; });
  app.get("/marked")(blocking([] { return 1; }));
  app.get("/loop")([] { return 1; });
  std::vector<bool> blocking;
  for (const DeclaredRoute& route : app.routes()) blocking.push_back(route.is_blocking);
  EXPECT_THAT(blocking, ElementsAre(true, true, false));
}

TEST(Routes, HaveTheIdsOfTheDocument) {
  App app({.openapi_url = ""});
  app.get("/lambda/{id}")([](Path<int, "id">) {});
  app.get("/chosen", {.operation_id = "chosen"})([] {});
  app.get("/hidden", {.include_in_schema = false})([] {});
  std::vector<std::string> ids;
  for (const DeclaredRoute& route : app.routes()) ids.push_back(route.operation_id);
  EXPECT_THAT(ids, ElementsAre("get_lambda_by_id", "chosen", ""));
  EXPECT_EQ(app.openapi()["paths"]["/lambda/{id}"]["get"]["operationId"], "get_lambda_by_id");
}

TEST(Routes, IncludeMountsAndWhatIsMounted) {
  App inner({.openapi_url = ""}), app({.openapi_url = ""});
  inner.get<read_item>("/{item_id}");
  inner.websocket<chat>("/chat");
  app.mount("/inner", inner);
  app.mount("/files", [](Request&) { return 1; });
  const std::vector<DeclaredRoute> routes = app.routes();
  EXPECT_THAT(lines_of(app), ElementsAre(" /inner", "GET /inner/{item_id}", "GET /inner/chat", " /files"));
  std::vector<RouteKind> kinds;
  for (const DeclaredRoute& route : routes) kinds.push_back(route.kind);
  EXPECT_THAT(kinds, ElementsAre(RouteKind::mount, RouteKind::handler, RouteKind::web_socket, RouteKind::mount));
}

TEST(Routes, IncludeThoseOfTheDocumentWithoutAPlace) {
  App app;
  const std::vector<DeclaredRoute> routes = app.routes();
  EXPECT_THAT(lines_of(app), ElementsAre("GET, HEAD /openapi.json", "GET, HEAD /docs",
                                         "GET, HEAD /docs/oauth2-redirect", "GET, HEAD /docs/assets/{path:path}",
                                         "GET, HEAD /redoc", "GET, HEAD /redoc/assets/{path:path}"));
  for (const DeclaredRoute& route : routes) EXPECT_THAT(std::string(route.where.file_name()), IsEmpty());
}

TEST(Routes, ArePrintedAsATable) {
  App app({.openapi_url = ""});
  app.get<read_item>("/items/{item_id}", {.tags = {"items", "read"}});
  app.post("/reports", {.blocking = true})([] {});
  app.mount("/files", [](Request&) { return 1; });
  const char* const arguments[] = {"program", "--routes"};
  ::testing::internal::CaptureStdout();
  EXPECT_EQ(app.run(2, arguments), 0);
  std::string printed = ::testing::internal::GetCapturedStdout();
  // The column of source locations depends on where the tests are compiled.
  for (std::size_t at; (at = printed.find(__FILE__)) != std::string::npos;)
    printed.replace(at, printed.find('\n', at) - at, "here");
  EXPECT_EQ(printed,
            "METHODS  PATH              OPERATION                      TAGS         RUNS ON  DECLARED AT\n"
            "GET      /items/{item_id}  read_item_items__item_id__get  items, read  loop     here\n"
            "POST     /reports          post_reports                                pool     here\n"
            "mount    /files                                                                 here\n");
}

}  // namespace serval::route_list_test
