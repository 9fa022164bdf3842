// SPDX-License-Identifier: MIT
// The OpenAPI document of an application: what options contribute, how it is served, how hooks change it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <serval/serval.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/setup_error.hpp"

namespace openapi_test {
struct Item {
  std::string name;
};
struct Message {
  std::string message;
};
enum class Color { red, green };
struct Painted {
  serval::Default<Color> color = static_cast<Color>(7);
};
struct Measured {
  serval::Field<double, serval::schema::example(std::numeric_limits<double>::infinity())> length;
};
}  // namespace openapi_test

namespace serval::openapi_suite {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

openapi_test::Item read_item(Path<int, "item_id">, Query<int, "q", default_to(1)>) { return {}; }

std::vector<std::string> keys(const json& object) {
  std::vector<std::string> names;
  for (const auto& [name, value] : object.items()) names.push_back(name);
  return names;
}

const json& operation(const App& app, const std::string& path, const std::string& method = "get") {
  return app.openapi()["paths"][path][method];
}

TEST(AppDocument, SaysWhatTheOptionsOfTheApplicationSay) {
  const App app({.title = "Shop",
                 .version = "1.2.0",
                 .summary = "S",
                 .description = "D",
                 .terms_of_service = "http://a/terms",
                 .contact = {.name = "Ada"},
                 .license = {.name = "MIT"},
                 .external_docs = {.url = "http://docs"},
                 .openapi_tags = {{.name = "items", .description = "Things"}},
                 .servers = {{.url = "/v1"}}});
  EXPECT_EQ(schema::to_text(app.openapi()),
            R"({"openapi":"3.1.0","info":{"title":"Shop","summary":"S","description":"D",)"
            R"("termsOfService":"http://a/terms","contact":{"name":"Ada"},"license":{"name":"MIT"},)"
            R"("version":"1.2.0"},"servers":[{"url":"/v1"}],"paths":{},)"
            R"("tags":[{"name":"items","description":"Things"}],"externalDocs":{"url":"http://docs"}})");
}

TEST(AppDocument, NamesOperationsAfterFunctions) {
  App app;
  app.get<read_item>("/items/{item_id}");
  EXPECT_EQ(operation(app, "/items/{item_id}")["operationId"], "read_item_items__item_id__get");
  EXPECT_EQ(operation(app, "/items/{item_id}")["summary"], "Read Item");
}

TEST(AppDocument, NamesOperationsAfterTheNameOfTheRoute) {
  App app;
  app.get("/a", {.name = "first_one"})([] { return 1; });
  EXPECT_EQ(operation(app, "/a")["operationId"], "first_one_a_get");
}

TEST(AppDocument, ShowsPathsWithoutConverters) {
  App app;
  app.get("/files/{p:path}")([](Path<std::string, "p"> p) { return p; });
  EXPECT_EQ(keys(app.openapi()["paths"]), std::vector<std::string>{"/files/{p}"});
}

TEST(AppDocument, SaysWhatTheOptionsOfARouteSay) {
  App app;
  app.post("/items", {.status_code = 201,
                      .tags = {"items"},
                      .summary = "Create",
                      .description = "  Makes one.\n",
                      .response_description = "The item",
                      .deprecated = true,
                      .operation_id = "create",
                      .responses = {{.status = 409, .model = model_of<openapi_test::Message>}},
                      .openapi_examples = {{"requestBody", {{"a", {{"value", {{"name", "A"}}}}}}}},
                      .openapi_extra = {{"x-own", 1}}})([](openapi_test::Item item) { return item; });
  const json& post = operation(app, "/items", "post");
  EXPECT_EQ(keys(post), (std::vector<std::string>{"tags", "summary", "description", "operationId", "requestBody",
                                                  "responses", "deprecated", "x-own"}));
  EXPECT_EQ(post["description"], "Makes one.");
  EXPECT_EQ(keys(post["responses"]), (std::vector<std::string>{"201", "409", "422"}));
  EXPECT_EQ(post["responses"]["201"]["description"], "The item");
  EXPECT_TRUE(post["requestBody"]["content"]["application/json"].contains("examples"));
}

TEST(AppDocument, GivesEachMethodOfARouteAnIdOfItsOwn) {
  App app;
  app.api_route<read_item>("/items/{item_id}", {http::Method::get, http::Method::put});
  EXPECT_EQ(operation(app, "/items/{item_id}", "get")["operationId"], "read_item_items__item_id__get");
  EXPECT_EQ(operation(app, "/items/{item_id}", "put")["operationId"], "read_item_items__item_id__put");
}

TEST(AppDocument, LeavesOutWhatIsNotToBeSeen) {
  App app;
  app.get("/a", {.include_in_schema = false})([] { return 1; });
  app.mount("/b", [](Request&) { return 1; });
  Router hidden({.include_in_schema = false});
  hidden.get("/c")([] { return 1; });
  app.include(hidden);
  EXPECT_EQ(schema::to_text(app.openapi()["paths"]), "{}");
}

TEST(AppDocument, MergesTheResponsesOfRouters) {
  App app({.responses = {{.status = 500, .description = "app"}, {.status = 404, .description = "app"}}});
  Router router({.responses = {{.status = 404, .description = "router"}, {.status = 403, .description = "router"}}});
  router.get("/a", {.responses = {{.status = 403, .description = "own"}}})([] { return 1; });
  app.include(router,
              {.responses = {{.status = 404, .description = "include"}, {.status = "4XX", .description = "include"}}});
  const json& responses = operation(app, "/a")["responses"];
  EXPECT_EQ(responses["500"]["description"], "app");
  EXPECT_EQ(responses["404"]["description"], "router");
  EXPECT_EQ(responses["403"]["description"], "own");
  EXPECT_EQ(responses["4XX"]["description"], "include");
}

TEST(AppDocument, TakesOperationIdsFromAFunction) {
  App app({.generate_unique_id = [](const RouteInfo& route) {
    return route.tags.front() + "-" + std::string(route.name) + "-" + std::string(route.method) +
           std::string(route.path);
  }});
  app.get<read_item>("/items/{item_id:int}", {.tags = {"items"}});
  app.get("/own", {.tags = {"a"}, .operation_id = "own"})([] { return 1; });
  EXPECT_EQ(operation(app, "/items/{item_id}")["operationId"], "items-read_item-GET/items/{item_id}");
  EXPECT_EQ(operation(app, "/own")["operationId"], "own");
}

TEST(AppDocument, IsMadeOnceUntilSomethingIsRegistered) {
  App app;
  int made = 0;
  app.on_openapi([&made](json&) { ++made; });
  const json* first = &app.openapi();
  EXPECT_EQ(&app.openapi(), first);
  EXPECT_EQ(made, 1);
  app.get("/later")([] { return 1; });
  EXPECT_TRUE(app.openapi()["paths"].contains("/later"));
  EXPECT_EQ(made, 2);
}

TEST(AppDocument, IsMadeOnceForSeveralThreads) {
  App app;
  app.get<read_item>("/items/{item_id}");
  std::vector<const json*> seen(8);
  std::vector<std::thread> threads;
  for (const json*& each : seen) threads.emplace_back([&app, &each] { each = &app.openapi(); });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(std::count(seen.begin(), seen.end(), seen.front()), 8);
}

TEST(AppDocument, MayBeChangedByHooks) {
  App app;
  app.on_openapi([](json& document) { document["info"]["x-logo"] = {{"url", "/logo.png"}}; });
  app.on_openapi([](json& document) { document["info"]["x-logo"]["alt"] = "Logo"; });
  EXPECT_EQ(schema::to_text(app.openapi()["info"]["x-logo"]), R"({"url":"/logo.png","alt":"Logo"})");
  TestClient client{app};
  EXPECT_EQ(client.get("/openapi.json").body, schema::to_text(app.openapi()));
}

TEST(ServedDocument, IsJsonForGetAndHead) {
  App app;
  app.get("/")([] { return 1; });
  TestClient client{app};
  const TestResponse answer = client.get("/openapi.json");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("content-type"), "application/json");
  EXPECT_EQ(answer.body, schema::to_text(app.openapi()));
  EXPECT_EQ(client.head("/openapi.json").header("content-length"), std::to_string(answer.body.size()));
  const TestResponse refused = client.post("/openapi.json");
  EXPECT_EQ(refused.status, 405);
  EXPECT_EQ(refused.header("allow"), "GET, HEAD, OPTIONS");
}

TEST(ServedDocument, AnswersHeadWhereOtherRoutesDoNot) {
  App app({.auto_head = false});
  TestClient client{app};
  EXPECT_EQ(client.head("/openapi.json").status, 200);
}

TEST(ServedDocument, MayStandElsewhereOrNowhere) {
  App elsewhere({.openapi_url = "/api/v1/openapi.json"});
  TestClient at{elsewhere};
  EXPECT_EQ(at.get("/api/v1/openapi.json").status, 200);
  EXPECT_EQ(at.get("/openapi.json").status, 404);
  App nowhere({.openapi_url = ""});
  TestClient off{nowhere};
  EXPECT_EQ(off.get("/openapi.json").status, 404);
}

TEST(ServedDocument, IsFoundBesideRoutesThatTakeAnyPath) {
  App app;
  app.get("/{p:path}")([](Path<std::string, "p"> p) { return p; });
  TestClient client{app};
  EXPECT_TRUE(client.get("/openapi.json").json().contains("openapi"));
  EXPECT_EQ(client.get("/other").body, "\"other\"");
}

TEST(ServedDocument, NeedsAPath) {
  EXPECT_THAT(error_of([] { App app({.openapi_url = "openapi.json"}); }), HasSubstr("openapi_url \"openapi.json\""));
}

TEST(ServedDocument, RefusesARouteInItsPlace) {
  App app;
  EXPECT_THAT(error_of([&] { app.get("/openapi.json")([] { return 1; }); }),
              AllOf(HasSubstr("openapi_test.cpp:"), HasSubstr("GET /openapi.json"), HasSubstr("openapi_url")));
  app.post("/openapi.json")([] { return 1; });
  App off({.openapi_url = ""});
  off.get("/openapi.json")([] { return 1; });
  TestClient client{off};
  EXPECT_EQ(client.get("/openapi.json").body, "1");
}

TEST(ServedDocument, NamesTheRootPathFirst) {
  App app({.servers = {{.url = "https://example.com"}}, .root_path = "/api"});
  TestClient client{app};
  for (const char* path : {"/openapi.json", "/api/openapi.json"}) {
    const json servers = client.get(path).json()["servers"];
    EXPECT_EQ(schema::to_text(servers), R"([{"url":"/api"},{"url":"https://example.com"}])");
  }
  EXPECT_EQ(schema::to_text(app.openapi()["servers"]), R"([{"url":"https://example.com"}])");
}

TEST(ServedDocument, LeavesTheRootPathOutWhereTold) {
  App app({.root_path_in_servers = false, .root_path = "/api"});
  TestClient client{app};
  EXPECT_FALSE(client.get("/openapi.json").json().contains("servers"));
}

TEST(ServedDocument, OfAMountedApplicationIsItsOwn) {
  App sub({.title = "Sub"});
  sub.get("/inner")([] { return 1; });
  App app({.title = "Main"});
  app.get("/outer")([] { return 1; });
  app.mount("/sub", sub);
  TestClient client{app};
  const json inner = client.get("/sub/openapi.json").json();
  EXPECT_EQ(schema::to_text(inner["servers"]), R"([{"url":"/sub"}])");
  EXPECT_EQ(keys(inner["paths"]), std::vector<std::string>{"/inner"});
  const json outer = client.get("/openapi.json").json();
  EXPECT_FALSE(outer.contains("servers"));
  EXPECT_EQ(keys(outer["paths"]), std::vector<std::string>{"/outer"});
}

TEST(ServedDocument, IsNotTakenOverByWhoeverIncludesTheApplication) {
  App inner;
  inner.get("/inner")([] { return 1; });
  App outer({.openapi_url = ""});
  outer.include(inner, {.prefix = "/v1"});
  TestClient client{outer};
  EXPECT_EQ(client.get("/v1/inner").status, 200);
  EXPECT_EQ(client.get("/v1/openapi.json").status, 404);
}

TEST(PreparedDocument, IsMadeBeforeAnythingServes) {
  App app;
  int made = 0;
  app.on_openapi([&](json&) { ++made; });
  app.get("/")([] { return 1; });
  EXPECT_EQ(made, 0);
  TestClient client(app);
  EXPECT_EQ(made, 1);
  EXPECT_EQ(client.get("/openapi.json").status, 200);
  EXPECT_EQ(TestClient(app).get("/openapi.json").status, 200);
  EXPECT_EQ(made, 1);
}

TEST(PreparedDocument, IsNotMadeWhereItIsNotServed) {
  App app({.openapi_url = ""});
  app.on_openapi([](json&) { throw std::runtime_error("made"); });
  app.get("/")([] { return openapi_test::Painted(); });
  app.get("/one")([] { return 1; });
  EXPECT_EQ(TestClient(app).get("/one").body, "1");
}

TEST(PreparedDocument, SaysWhichRouteCannotBeShown) {
  App painted;
  painted.get("/color")([] { return openapi_test::Painted(); });
  EXPECT_THAT(
      error_of([&] { TestClient client(painted); }),
      AllOf(HasSubstr("openapi_test.cpp:"), HasSubstr("GET /color: the default of Painted.color cannot be shown"),
            HasSubstr("the value 7 of the enumeration")));
  App measured;
  measured.get("/length")([] { return openapi_test::Measured{1}; });
  EXPECT_THAT(error_of([&] { TestClient client(measured); }),
              AllOf(HasSubstr("openapi_test.cpp:"), HasSubstr("GET /length: an infinity or NaN cannot be shown")));
  App outer;
  outer.mount("/inner", measured);
  EXPECT_THAT(error_of([&] { TestClient client(outer); }), HasSubstr("GET /length: "));
}

TEST(PreparedDocument, StopsTheStartWhereAHookFails) {
  App app;
  app.on_openapi([](json&) { throw std::runtime_error("no logo"); });
  EXPECT_THROW(TestClient{app}, std::runtime_error);
}

TEST(PreparedDocument, LeavesOutBoundsThatJsonCannotSay) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  App app;
  app.get("/")([](Query<double, "q", ge(0), le(infinity)> q) { return q; });
  const json schema = TestClient(app).get("/openapi.json").json()["paths"]["/"]["get"]["parameters"][0]["schema"];
  EXPECT_EQ(schema::to_text(schema), R"({"type":"number","minimum":0,"title":"Q"})");
  EXPECT_THAT(error_of([&] { app.get("/a")([](Query<double, "q", schema::example(infinity)> q) { return q; }); }),
              HasSubstr("Query \"q\": an example cannot be shown in the document"));
  EXPECT_THAT(error_of([&] {
                app.get("/b")([](Query<openapi_test::Color, "q", default_to(static_cast<openapi_test::Color>(7))>) {});
              }),
              HasSubstr("the value 7 of the enumeration"));
}

TEST(DocumentOptions, AreCheckedAtRegistration) {
  App app;
  EXPECT_THAT(error_of([&] { app.get("/a", {.responses = {{.status = "40X"}}})([] { return 1; }); }),
              AllOf(HasSubstr("openapi_test.cpp:"), HasSubstr("GET /a"), HasSubstr("\"40X\"")));
  EXPECT_THAT(error_of([&] { app.get("/a", {.responses = {{.status = 99}}})([] { return 1; }); }), HasSubstr("\"99\""));
  EXPECT_THAT(error_of([&] {
                app.get("/a",
                        {.responses = {{.status = 204, .model = model_of<openapi_test::Item>}}})([] { return 1; });
              }),
              HasSubstr("204, which has no body"));
  EXPECT_THAT(error_of([&] {
                app.get("/a", {.openapi_examples = {{"q", json::object()}}})([] { return 1; });
              }),
              HasSubstr("openapi_examples names \"q\""));
}

}  // namespace serval::openapi_suite
