// SPDX-License-Identifier: MIT
// `response_class` of routes, and its defaults in routers and the application.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

#include <serval/serval.hpp>
#include <serval/testing.hpp>

namespace serval::response_class_test {

struct Item {
  int id;
};

struct Hal {
  static constexpr std::string_view media_type = "application/hal+json";
};

/// "<content type>|<body>"
std::string seen(const TestResponse& answer) {
  return std::string(answer.header("content-type").value_or("")) + "|" + answer.body;
}

TEST(ResponseClass, SendsTextsAsTheyAre) {
  App app;
  constexpr auto as_html = response_class<HtmlResponse>;
  app.get("/text", {.response_class = as_html})([] { return std::string("<p>\"&\""); });
  app.get("/view", {.response_class = as_html})([] { return std::string_view("<p>"); });
  app.get("/literal", {.response_class = as_html})([] { return "<p>"; });
  app.get("/created", {.response_class = as_html})([] { return http::Created<std::string>{"<p>"}; });
  app.get("/plain", {.response_class = response_class<PlainTextResponse>})([] { return "hi"; });
  app.get("/nothing", {.response_class = as_html})([] {});
  TestClient client(app);
  EXPECT_EQ(seen(client.get("/text")), "text/html; charset=utf-8|<p>\"&\"");
  EXPECT_EQ(seen(client.get("/view")), "text/html; charset=utf-8|<p>");
  EXPECT_EQ(seen(client.get("/literal")), "text/html; charset=utf-8|<p>");
  EXPECT_EQ(seen(client.get("/created")), "text/html; charset=utf-8|<p>");
  EXPECT_EQ(client.get("/created").status, 201);
  EXPECT_EQ(seen(client.get("/plain")), "text/plain; charset=utf-8|hi");
  EXPECT_EQ(seen(client.get("/nothing")), "text/html; charset=utf-8|");
}

TEST(ResponseClass, LeavesOtherValuesResponsesAndErrorsAlone) {
  App app({.default_response_class = response_class<HtmlResponse>});
  app.get("/item")([] { return Item{1}; });
  app.get("/json")([] { return json("text"); });
  app.get("/own")([] { return plain_text("x"); });
  app.get("/set")([](Response& response) {
    response.set_content_type("text/markdown");
    return "# x";
  });
  app.get("/fails")([]() -> std::string { throw HttpError(409, "taken"); });
  TestClient client(app);
  EXPECT_EQ(seen(client.get("/item")), R"(application/json|{"id":1})");
  EXPECT_EQ(seen(client.get("/json")), R"(application/json|"text")");
  EXPECT_EQ(seen(client.get("/own")), "text/plain; charset=utf-8|x");
  EXPECT_EQ(seen(client.get("/set")), "text/markdown; charset=utf-8|# x");
  EXPECT_EQ(seen(client.get("/fails")), R"(application/json|{"detail":"taken"})");
}

TEST(ResponseClass, ThatIsJsonAppliesToAllValues) {
  App app({.default_response_class = response_class<Hal>});
  app.get("/item")([] { return Item{1}; });
  app.get("/text")([] { return "x"; });
  app.get("/nothing")([] {});
  TestClient client(app);
  EXPECT_EQ(seen(client.get("/item")), R"(application/hal+json|{"id":1})");
  EXPECT_EQ(seen(client.get("/text")), R"(application/hal+json|"x")");
  EXPECT_EQ(seen(client.get("/nothing")), "application/hal+json|null");
}

TEST(DefaultResponseClass, IsThatOfTheInnermostThatSetsIt) {
  const auto text = [] { return "x"; };
  Router inner({.prefix = "/inner", .default_response_class = response_class<JsonResponse>});
  inner.get("/a")(text);
  inner.get("/b", {.response_class = response_class<PlainTextResponse>})(text);
  Router outer({.prefix = "/outer", .default_response_class = response_class<PlainTextResponse>});
  outer.get("/a")(text);
  outer.include(inner);
  Router plain({.prefix = "/plain"});
  plain.get("/a")(text);
  App mounted;
  mounted.get("/a")(text);
  App app({.default_response_class = response_class<HtmlResponse>});
  app.include(outer);
  app.include(plain);
  app.include(plain, {.prefix = "/again", .default_response_class = response_class<PlainTextResponse>});
  app.mount("/mounted", mounted);
  TestClient client(app);
  EXPECT_EQ(seen(client.get("/outer/a")), "text/plain; charset=utf-8|x");
  EXPECT_EQ(seen(client.get("/outer/inner/a")), R"(application/json|"x")");
  EXPECT_EQ(seen(client.get("/outer/inner/b")), "text/plain; charset=utf-8|x");
  EXPECT_EQ(seen(client.get("/plain/a")), "text/html; charset=utf-8|x");
  EXPECT_EQ(seen(client.get("/again/plain/a")), "text/plain; charset=utf-8|x");
  EXPECT_EQ(seen(client.get("/mounted/a")), R"(application/json|"x")");
}

TEST(DefaultResponseClass, StandsInTheDocument) {
  App app({.default_response_class = response_class<HtmlResponse>});
  app.get("/text", {.operation_id = "text"})([] { return std::string(); });
  app.get("/item")([] { return Item{1}; });
  const auto content = [&](const char* path) {
    return app.openapi()["paths"][path]["get"]["responses"]["200"]["content"].dump();
  };
  EXPECT_EQ(content("/text"), R"({"text/html":{"schema":{"type":"string"}}})");
  EXPECT_EQ(content("/item"), R"({"application/json":{"schema":{"$ref":"#/components/schemas/Item"}}})");
}

}  // namespace serval::response_class_test
