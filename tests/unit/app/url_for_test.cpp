// SPDX-License-Identifier: MIT
// URLs of routes by name: `Request::url_for`, `Request::url_path_for`, `App::url_for`.
#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>

#include <serval/middleware.hpp>
#include <serval/serval.hpp>
#include <serval/static_files.hpp>
#include <serval/testing.hpp>
#include <serval/types.hpp>
#include <serval/websocket.hpp>

#include "tests/unit/support/setup_error.hpp"
#include "tests/unit/support/temporary_folder.hpp"

namespace serval::url_for_test {

int read_item(Path<int, "item_id"> item_id) { return item_id; }
int list_items() { return 0; }

/// Returns the message of the exception.
std::string refusal(const std::function<std::string()>& make) {
  try {
    return "no error but " + make();
  } catch (const std::invalid_argument& fault) {
    return fault.what();
  }
}

/// An application with routes of all kinds. `path` makes paths within it.
struct UrlPathFor : ::testing::Test {
  App app;
  UrlPathFor() {
    app.get<list_items>("/items/");
    app.get<read_item>("/items/{item_id:int}");
    app.get("/users/{name}", {.name = "user"})([](Path<std::string, "name"> name) { return *name; });
    app.get("/files/{file:path}", {.name = "file"})([](Path<std::string, "file"> file) { return *file; });
    app.get("/{tail:path}/end", {.name = "tail"})([](Path<std::string, "tail"> tail) { return *tail; });
    app.get("/caf\u00e9/v{x:float}.json", {.name = "number"})([](Path<double, "x"> x) { return *x; });
    app.get("/ids/{id:uuid}", {.name = "id"})([](Path<Uuid, "id"> id) { return id.value(); });
  }
  [[nodiscard]] std::string path(std::string_view name, std::initializer_list<http::PathValue> values = {}) const {
    return app.url_path_for(name, values);
  }
};

TEST_F(UrlPathFor, FindsRoutesByTheNamesOfTheirFunctionsAndOptions) {
  EXPECT_EQ(path("list_items"), "/items/");
  EXPECT_EQ(path("read_item", {{"item_id", 5}}), "/items/5");
  EXPECT_EQ(path("user", {{"name", "ann"}}), "/users/ann");
}

TEST_F(UrlPathFor, TakesTextsNumbersAndTypesWithText) {
  EXPECT_EQ(path("read_item", {{"item_id", std::uint64_t{18446744073709551615U}}}), "/items/18446744073709551615");
  EXPECT_EQ(path("number", {{"x", 2.5}}), "/caf%C3%A9/v2.5.json");
  EXPECT_EQ(path("number", {{"x", 1e22}}), "/caf%C3%A9/v10000000000000000000000.json");
  const Uuid id = Uuid::parse("2f1b6a44-0000-4000-8000-0123456789ab");
  EXPECT_EQ(path("id", {{"id", id}}), "/ids/2f1b6a44-0000-4000-8000-0123456789ab");
  const Path<int, "item_id"> parameter = 7;
  EXPECT_EQ(path("read_item", {{"item_id", parameter}}), "/items/7");
}

TEST_F(UrlPathFor, EncodesValuesSoThatTheRouteReceivesThemAgain) {
  TestClient client(app);
  for (const std::string name :
       {"a b", "a/b", "50%", "%2F", "?x=1#y", "\"><script>", "J\u00fcrgen", "a\\b", "+", "..."}) {
    EXPECT_EQ(client.get(path("user", {{"name", name}})).json().get<std::string>(), name);
  }
  EXPECT_EQ(path("user", {{"name", "a/b?c"}}), "/users/a%2Fb%3Fc");
}

TEST_F(UrlPathFor, KeepsTheSlashesOfPaths) {
  EXPECT_EQ(path("file", {{"file", "css/my site.css"}}), "/files/css/my%20site.css");
  EXPECT_EQ(path("file", {{"file", ""}}), "/files/");
  EXPECT_EQ(path("tail", {{"tail", "a/b"}}), "/a/b/end");
}

TEST_F(UrlPathFor, RefusesUnknownNamesAndParameters) {
  EXPECT_EQ(refusal([&] {
              return path("read_itm", {{"item_id", 5}});
            }),
            "url_for(\"read_itm\"): no route has this name; do you mean \"read_item\"?");
  EXPECT_EQ(refusal([&] { return path("nothing_like_it"); }), "url_for(\"nothing_like_it\"): no route has this name");
  EXPECT_EQ(refusal([&] { return path("read_item"); }),
            "url_for(\"read_item\"): /items/{item_id:int} has the parameters (item_id), not ()");
  EXPECT_EQ(refusal([&] {
              return path("user", {{"nam", "a"}});
            }),
            "url_for(\"user\"): /users/{name} has the parameters (name), not (nam)");
  EXPECT_EQ(refusal([&] {
              return path("user", {{"name", "a"}, {"name", "b"}});
            }),
            "url_for(\"user\"): /users/{name} has the parameters (name), not (name, name)");
}

TEST_F(UrlPathFor, RefusesValuesThatTheRouteWouldNotMatch) {
  EXPECT_EQ(refusal([&] {
              return path("read_item", {{"item_id", -5}});
            }),
            "url_for(\"read_item\"): {item_id:int} does not match \"-5\"");
  EXPECT_EQ(refusal([&] { return path("user", {{"name", ""}}); }), "url_for(\"user\"): {name:str} does not match \"\"");
  EXPECT_EQ(refusal([&] {
              return path("user", {{"name", "\xFF"}});
            }),
            "url_for(\"user\"): the value of {name} is not UTF-8");
}

TEST_F(UrlPathFor, RefusesValuesThatABrowserWouldReadAsAnotherUrl) {
  EXPECT_EQ(refusal([&] {
              return path("user", {{"name", ".."}});
            }),
            "url_for(\"user\"): a browser would remove \".\" or \"..\" from \"/users/..\"");
  EXPECT_EQ(refusal([&] {
              return path("file", {{"file", "a/../../admin"}});
            }),
            "url_for(\"file\"): a browser would remove \".\" or \"..\" from \"/files/a/../../admin\"");
  EXPECT_EQ(refusal([&] {
              return path("tail", {{"tail", "/evil.example"}});
            }),
            "url_for(\"tail\"): a browser would read \"//evil.example/end\" as another host");
  EXPECT_EQ(path("tail", {{"tail", "\\evil.example"}}), "/%5Cevil.example/end");
}

TEST(UrlFor, TakesTheFirstRouteOfANameThatHasTheseParameters) {
  App app;
  app.get("/a", {.name = "page"})([] { return 1; });
  app.get("/b/{id}", {.name = "page"})([](Path<int, "id">) { return 1; });
  app.post("/c", {.name = "page"})([] { return 1; });
  EXPECT_EQ(app.url_path_for("page"), "/a");
  EXPECT_EQ(app.url_path_for("page", {{"id", 1}}), "/b/1");
}

TEST(UrlFor, KnowsTheRoutesOfRoutersWithTheirPrefix) {
  Router items({.prefix = "/shops/{shop}"});
  items.get("/items/{item_id}",
            {.name = "read_item"})([](Path<std::string, "shop">, Path<int, "item_id"> item_id) { return *item_id; });
  App app;
  app.include(items, {.prefix = "/v1"});
  EXPECT_EQ(app.url_path_for("read_item", {{"shop", "a b"}, {"item_id", 5}}), "/v1/shops/a%20b/items/5");
}

TEST(UrlFor, KnowsMountedHandlersAndApplicationsByTheirPrefix) {
  const testing::TemporaryFolder folder;
  App inner, users;
  users.get("/{id}", {.name = "user"})([](Path<int, "id">) { return 1; });
  inner.mount("/users", users);
  inner.mount("/static", StaticFiles(folder.path()));
  App app;
  app.mount("/admin", inner);
  app.mount("/static/", StaticFiles(folder.path()));
  EXPECT_EQ(app.url_path_for("static", {{"path", "css/site.css"}}), "/static/css/site.css");
  EXPECT_EQ(app.url_path_for("static", {{"path", "/css/site.css"}}), "/static/css/site.css");
  EXPECT_EQ(app.url_path_for("admin:static", {{"path", "x"}}), "/admin/static/x");
  EXPECT_EQ(app.url_path_for("admin:users:user", {{"id", 1}}), "/admin/users/1");
  EXPECT_THROW(static_cast<void>(app.url_path_for("user", {{"id", 1}})), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(app.url_path_for("admin:nothing")), std::invalid_argument);
}

// --- From a request ------------------------------------------------------------------------------

PlainTextResponse item_url(const Request& request) {
  return plain_text(request.url_for("read_item", {{"item_id", 5}}));
}
PlainTextResponse item_path(const Request& request) {
  return plain_text(request.url_path_for("read_item", {{"item_id", 5}}));
}

void add_items(App& app) {
  app.get<read_item>("/items/{item_id}");
  app.get<item_url>("/url");
  app.get<item_path>("/path");
}

TEST(UrlForOfARequest, HasItsSchemeHostAndRootPath) {
  App app({.root_path = "/api"});
  add_items(app);
  TestClient client(app, {.base_url = "https://shop.example:8443"});
  EXPECT_EQ(client.get("/url").body, "https://shop.example:8443/api/items/5");
  EXPECT_EQ(client.get("/path").body, "/api/items/5");
}

TEST(UrlForOfARequest, HasWhatATrustedProxyForwards) {
  App app;
  app.use(ForwardedHeaders({.trusted = {"*"}, .host = true, .prefix = true}));
  add_items(app);
  TestClient client(app);
  const TestRequest forwarded{.headers = {{"x-forwarded-proto", "https"},
                                          {"x-forwarded-host", "shop.example"},
                                          {"x-forwarded-prefix", "/shop"}}};
  EXPECT_EQ(client.get("/url", forwarded).body, "https://shop.example/shop/items/5");
  EXPECT_EQ(client.get("/path", forwarded).body, "/shop/items/5");
}

TEST(UrlForOfARequest, MeansTheApplicationThatAnswers) {
  App inner;
  add_items(inner);
  App app;
  app.get("/other/{item_id}", {.name = "read_item"})([](Path<int, "item_id">) { return 1; });
  app.mount("/shop", inner);
  EXPECT_EQ(TestClient(app).get("/shop/path").body, "/shop/items/5");
}

TEST(UrlForOfARequest, HasTheSchemeOfWebSocketsForTheirRoutes) {
  App app;
  app.websocket("/ws/{room}", {.name = "room"})(
      [](WebSocket& socket, Path<std::string, "room">) -> Task<void> { co_await socket.accept(); });
  app.get("/")([](const Request& request) { return plain_text(request.url_for("room", {{"room", "a"}})); });
  EXPECT_EQ(TestClient(app, {.base_url = "https://a.example"}).get("/").body, "wss://a.example/ws/a");
  EXPECT_EQ(TestClient(app, {.base_url = "http://a.example"}).get("/").body, "ws://a.example/ws/a");
}

TEST(UrlForOfARequest, WorksInMiddlewareAndErrorHandlers) {
  struct Home {
    void after(const Request& request, Response& response) {
      response.headers().set("x-home", request.url_path_for("list_items"));
    }
  };
  App app;
  app.use(Home{});
  app.get<list_items>("/items/");
  app.on_status(404, [](const Request& request) { return plain_text(request.url_path_for("list_items")); });
  const TestResponse answer = TestClient(app).get("/nowhere");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.body, "/items/");
  EXPECT_EQ(answer.header("x-home"), "/items/");
}

// --- The public origin ---------------------------------------------------------------------------

TEST(PublicOrigin, ReplacesTheHostThatTheClientSent) {
  App inner;
  add_items(inner);
  App app({.root_path = "/api", .public_origin = "https://shop.example"});
  add_items(app);
  app.mount("/inner", inner);
  TestClient client(app, {.base_url = "http://evil.example"});
  EXPECT_EQ(client.get("/url").body, "https://shop.example/api/items/5");
  EXPECT_EQ(client.get("/inner/url").body, "https://shop.example/api/inner/items/5") << "of the outer application";
  EXPECT_EQ(app.url_for("read_item", {{"item_id", 5}}), "https://shop.example/api/items/5") << "without a request";
}

TEST(PublicOrigin, IsNeededForUrlsWithoutARequest) {
  App app;
  add_items(app);
  EXPECT_THROW(static_cast<void>(app.url_for("read_item", {{"item_id", 5}})), std::logic_error);
}

TEST(PublicOrigin, IsSchemeAndHost) {
  EXPECT_EQ(error_of([] { App app({.public_origin = "https://[::1]:8000"}); }), "no error");
  for (const std::string origin : {"shop.example", "https://", "https://shop.example/", "https://shop.example/api",
                                   "https://a@shop.example", "ftp://shop.example", "https://shop.example\n"}) {
    EXPECT_EQ(error_of([&] { App app({.public_origin = origin}); }),
              "public_origin \"" + origin +
                  "\" must be scheme and host, optionally with a port, for example \"https://shop.example\"; a path "
                  "belongs into root_path");
  }
}

}  // namespace serval::url_for_test
