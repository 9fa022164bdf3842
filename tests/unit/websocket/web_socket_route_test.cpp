// SPDX-License-Identifier: MIT
// WebSocket routes: beside HTTP routes, in routers and mounted applications, in the document.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include <serval/serval.hpp>
#include <serval/testing.hpp>
#include <serval/websocket.hpp>

#include "tests/unit/support/setup_error.hpp"
#include "tests/unit/websocket/echo.hpp"

namespace serval::web_socket_route_test {

using testing::HasSubstr;
using web_socket_test::echo;
using web_socket_test::Point;

TEST(WebSocketRoute, StandsBesideAnHttpRouteOfTheSamePath) {
  App app;
  app.get("/a")([] { return 1; });
  app.websocket<echo>("/a");
  app.websocket<echo>("/b");
  app.get("/c")([] { return 1; });
  TestClient client(app);
  EXPECT_EQ(client.get("/a").body, "1");
  EXPECT_EQ(client.websocket("/a").response().status, 101);
  EXPECT_EQ(client.get("/b").status, 404);
  EXPECT_EQ(client.websocket("/c").response().status, 403);
}

TEST(WebSocketRoute, BelongsToRoutersAndMountedApplications) {
  Router router({.prefix = "/r"});
  router.websocket<echo>("/ws");
  App inner;
  inner.websocket<echo>("/ws");
  App app;
  app.include(router, {.prefix = "/v1"});
  app.mount("/inner", inner);
  TestClient client(app);
  EXPECT_EQ(client.websocket("/v1/r/ws").response().status, 101);
  EXPECT_EQ(client.websocket("/inner/ws").response().status, 101);
  EXPECT_EQ(client.websocket("/inner/nowhere").response().status, 403);
}

TEST(WebSocketRoute, OfAMountedApplicationIsNotHiddenByARoute) {
  App inner;
  inner.websocket<echo>("/ws");
  App app;
  app.get("/inner/{any}")([](Path<std::string, "any"> any) { return any; });
  app.mount("/inner", inner);
  TestClient client(app);
  EXPECT_EQ(client.get("/inner/ws").status, 200);
  EXPECT_EQ(client.websocket("/inner/ws").response().status, 101);
}

TEST(WebSocketRoute, NeedsAHandlerThatTakesAWebSocket) {
  App app;
  EXPECT_THAT(error_of([&] { app.websocket("/ws")([] {}); }),
              HasSubstr("websocket /ws: the handler takes no WebSocket&"));
  EXPECT_THAT(error_of([&] { app.get<echo>("/ws"); }), HasSubstr("GET /ws: the handler takes a WebSocket"));
  app.websocket<echo>("/twice");
  EXPECT_THAT(error_of([&] { app.websocket<echo>("/twice"); }), HasSubstr("/twice"));
}

TEST(WebSocketRoute, HasNoBody) {
  App app;
  EXPECT_THAT(error_of([&] { app.websocket("/ws")([](WebSocket&, Point) -> Task<void> { co_return; }); }),
              HasSubstr("the handshake of a WebSocket has no body"));
}

Task<void> follow(WebSocketOf<Point, std::vector<Point>>& socket, Path<int, "id">) { co_await socket.accept(); }

TEST(WebSocketRoute, StandsInAnExtensionOfTheDocument) {
  App app;
  app.websocket<follow>("/points/{id:int}", {.tags = {"points"}, .description = "All that moves."});
  app.websocket<echo>("/echo");
  app.websocket("/hidden", {.include_in_schema = false})(echo);
  const json& document = app.openapi();
  EXPECT_EQ(document["paths"], json::object());
  const json& route = document["x-websockets"]["/points/{id}"];
  EXPECT_EQ(route["summary"], "Follow");
  EXPECT_EQ(route["description"], "All that moves.");
  EXPECT_EQ(route["parameters"][0]["name"], "id");
  EXPECT_EQ(route["receives"], (json{{"$ref", "#/components/schemas/Point"}}));
  EXPECT_EQ(route["sends"]["items"], (json{{"$ref", "#/components/schemas/Point"}}));
  EXPECT_EQ(document["x-websockets"]["/echo"], json({{"summary", "Echo"}}));
  EXPECT_FALSE(document["x-websockets"].contains("/hidden"));
}

}  // namespace serval::web_socket_route_test
