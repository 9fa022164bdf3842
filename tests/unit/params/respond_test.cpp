// SPDX-License-Identifier: MIT
// What a handler's return value becomes: status, content type, body.
#include <serval/params/respond.hpp>

#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

#include <serval/serval.hpp>
#include <serval/testing.hpp>

namespace serval::respond_test {

struct Item {
  std::string name;
  std::optional<int> size;
  Default<double> tax = 10.5;
};
struct Message {
  std::string message;
};
struct Csv {
  std::vector<int> row;
};

}  // namespace serval::respond_test

namespace serval {

template <>
struct Respond<respond_test::Csv> {
  static Response to_response(const respond_test::Csv& csv) {
    std::string text;
    for (int cell : csv.row) text += std::to_string(cell) + ";";
    return {200, text, "text/csv"};
  }
};

}  // namespace serval

namespace serval::respond_test {

template <class F>
TestResponse answer_of(F handler, RouteOptions options = {}) {
  App app;
  app.get("/", std::move(options))(handler);
  return TestClient(app, {.follow_redirects = false}).get("/");
}
template <class F>
void expect_json(F handler, std::string_view body) {
  const auto answer = answer_of(handler);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("content-type"), "application/json");
  EXPECT_EQ(answer.body, body);
}

TEST(Respond, WritesJsonValuesInTheirOrder) {
  expect_json([] { return json{{"b", 1}, {"a", {1.0, nullptr, "é\x01"}}}; }, R"({"b":1,"a":[1.0,null,"é\u0001"]})");
  expect_json([] { return nlohmann::json{{"b", 1}, {"a", 2}}; }, R"({"a":2,"b":1})");
}

TEST(Respond, WritesModels) {
  expect_json([] { return Item{"Foo", {}, 1.0}; }, R"({"name":"Foo","size":null,"tax":1.0})");
  expect_json([] { return std::vector<Item>{{"a", 1, {}}}; }, R"([{"name":"a","size":1,"tax":0.0}])");
}

TEST(Respond, WritesOptionals) {
  expect_json([] { return std::optional<Message>{}; }, "null");
  expect_json([] { return std::optional<Message>{Message{"x"}}; }, R"({"message":"x"})");
}

TEST(Respond, WritesTextsAsJsonStrings) {
  expect_json([] { return std::string("a\"b"); }, R"("a\"b")");
  expect_json([] { return "literal"; }, R"("literal")");
  expect_json([] { return std::string_view("view"); }, R"("view")");
  expect_json([]() -> const char* { return nullptr; }, "null");
}

TEST(Respond, WritesNumbersAndBooleans) {
  expect_json([] { return 7; }, "7");
  expect_json([] { return std::numeric_limits<std::uint64_t>::max(); }, "18446744073709551615");
  expect_json([] { return 2.0; }, "2.0");
  expect_json([] { return true; }, "true");
}

TEST(Respond, WritesNullForNanAndInfinity) {
  expect_json([] { return std::numeric_limits<double>::infinity(); }, "null");
  expect_json([] { return json{{"x", std::numeric_limits<double>::quiet_NaN()}}; }, R"({"x":null})");
}

TEST(Respond, WritesContainers) {
  expect_json([] { return std::map<std::string, std::vector<int>>{{"k", {1, 2}}}; }, R"({"k":[1,2]})");
  expect_json([] { return std::tuple<int, std::string>{1, "x"}; }, R"([1,"x"])");
}

TEST(Respond, WritesNullForAHandlerThatReturnsNothing) {
  expect_json([] {}, "null");
}

TEST(Respond, WritesAParameterAsItsValue) {
  App app;
  app.post("/")([](Body<Message, "m"> message, Query<Literal<1, 2>, "n">) { return message; });
  // the text "1" is not the number 1
  EXPECT_EQ(TestClient(app).post("/?n=1", {.json = json{{"m", {{"message", "x"}}}}}).status, 422);
  App other;
  other.post("/")([](Body<Message, "m"> message) { return message; });
  EXPECT_EQ(TestClient(other).post("/", {.json = json{{"m", {{"message", "x"}}}}}).body, R"({"message":"x"})");
}

TEST(Respond, WritesLiteralsOfNumbersAsNumbers) {
  expect_json([] { return Literal<3, 4>{}; }, "3");
}

TEST(Respond, TakesTheRoutesStatus) {
  EXPECT_EQ(answer_of([] { return 1; }, {.status_code = 201}).status, 201);
}

TEST(Respond, SendsNoBodyWithAStatusThatHasNone) {
  for (int status : {204, 205, 304}) {
    const auto answer = answer_of([] { return 1; }, {.status_code = status});
    EXPECT_EQ(answer.status, status);
    EXPECT_EQ(answer.body, "");
    EXPECT_FALSE(answer.header("content-type")) << status;
  }
  EXPECT_EQ(answer_of([] {}, {.status_code = 204}).body, "");
}

TEST(Respond, LeavesOutMembersAsTheRouteSays) {
  const auto handler = [] { return Item{"Foo", {}, {}}; };
  EXPECT_EQ(answer_of(handler, {.response_model_exclude_none = true}).body, R"({"name":"Foo","tax":0.0})");
  EXPECT_EQ(answer_of(handler, {.response_model_exclude_unset = true}).body, R"({"name":"Foo","tax":0.0})")
      << "0 is not the default of the tax, so somebody has set it";
  const auto only_name = [] {
    Item item;
    item.name = "Foo";
    return item;
  };
  EXPECT_EQ(answer_of(only_name, {.response_model_exclude_unset = true}).body, R"({"name":"Foo"})");
  EXPECT_EQ(answer_of(
                [] {
                  return Item{"Foo", 1, 10.5};
                },
                {.response_model_exclude_defaults = true})
                .body,
            R"({"name":"Foo","size":1})");
}

TEST(Respond, PassesResponsesThrough) {
  const auto answer = answer_of([] { return Response(418, "tea", "application/x-tea"); }, {.status_code = 201});
  EXPECT_EQ(answer.status, 418);
  EXPECT_EQ(answer.header("content-type"), "application/x-tea");
  EXPECT_EQ(answer.body, "tea");
}

TEST(Respond, MarksTextsOfResponsesAsUtf8) {
  const auto page = answer_of([] { return html("<p>"); });
  EXPECT_EQ(page.header("content-type"), "text/html; charset=utf-8");
  EXPECT_EQ(page.body, "<p>");
  EXPECT_EQ(answer_of([] { return plain_text("x", 202); }).header("content-type"), "text/plain; charset=utf-8");
}

TEST(Respond, GivesResponsesThatChooseNoStatusTheRoutes) {
  const RouteOptions created{.status_code = 201};
  EXPECT_EQ(answer_of([] { return plain_text("x"); }, created).status, 201);
  EXPECT_EQ(answer_of([] { return html("x"); }, created).status, 201);
  EXPECT_EQ(answer_of([] { return JsonResponse(json{{"a", 1}}); }, created).status, 201);
  EXPECT_EQ(answer_of([]() -> Response { return plain_text("x"); }, created).status, 201);
  EXPECT_EQ(answer_of([] { return Response(); }, created).status, 201);
  EXPECT_EQ(answer_of([] { return redirect("/a"); }, {.status_code = 302}).status, 302);
  EXPECT_EQ(answer_of([]() -> Response { return redirect("/a"); }, {.status_code = 302}).status, 302);
  const auto none = answer_of([] { return html("x"); }, {.status_code = 204});
  EXPECT_EQ(none.status, 204);
  EXPECT_EQ(none.body, "");
}

TEST(Respond, LetsAStatusThatAResponseChoosesWin) {
  const RouteOptions created{.status_code = 201};
  EXPECT_EQ(answer_of([] { return plain_text("x", 200); }, created).status, 200);
  EXPECT_EQ(answer_of([] { return html("x", 202); }, created).status, 202);
  EXPECT_EQ(answer_of([] { return JsonResponse(json{{"a", 1}}, 200); }, created).status, 200);
  EXPECT_EQ(answer_of([] { return Response(200, "x"); }, created).status, 200);
  EXPECT_EQ(answer_of([] { return redirect("/a", 307); }, {.status_code = 302}).status, 307);
}

TEST(Respond, GivesResponsesTheirDefaultWhereNobodyChooses) {
  EXPECT_EQ(answer_of([] { return plain_text("x"); }).status, 200);
  EXPECT_EQ(answer_of([] { return redirect("/a"); }).status, 307);
  EXPECT_EQ(answer_of([]() -> Response { return redirect("/a"); }).status, 307);
}

TEST(Respond, TakesTheStatusSetThroughTheParameterBeforeTheRoutes) {
  const auto handler = [](Response& response) {
    response.set_status(202);
    return html("x");
  };
  EXPECT_EQ(answer_of(handler, {.status_code = 201}).status, 202);
  const auto chosen = [](Response& response) {
    response.set_status(202);
    return html("x", 203);
  };
  EXPECT_EQ(answer_of(chosen, {.status_code = 201}).status, 203);
}

struct Teapot : Response {
  static constexpr int default_status = 418;
};

TEST(Respond, TakesTheDefaultThatAClassOfTheUsersOwnAnnounces) {
  EXPECT_EQ(answer_of([] { return Teapot(); }).status, 418);
  EXPECT_EQ(answer_of([] { return Teapot(); }, {.status_code = 201}).status, 201);
}

TEST(Respond, AgreesWithTheDocument) {
  App app;
  app.get("/text", {.status_code = 201})([] { return plain_text("x"); });
  app.get("/redirect", {.status_code = 302})([] { return redirect("/text"); });
  app.get("/default")([] { return redirect("/text"); });
  app.get("/teapot")([] { return Teapot(); });
  TestClient client(app, {.follow_redirects = false});
  for (const auto& [path, item] : app.openapi()["paths"].items())
    EXPECT_EQ(item["get"]["responses"].begin().key(), std::to_string(client.get(path).status)) << path;
}

TEST(Respond, Redirects) {
  const auto answer = answer_of([] { return redirect("/a b?c=ü"); });
  EXPECT_EQ(answer.status, 307);
  EXPECT_EQ(answer.header("location"), "/a%20b?c=%C3%BC");
  EXPECT_EQ(answer.header("content-length"), "0");
  EXPECT_FALSE(answer.header("content-type"));
}

TEST(Respond, AddsWhatTheHandlerPutIntoTheResponse) {
  const auto handler = [](Response& response) {
    response.set_status(202);
    response.headers().set("x-a", "1");
    response.set_cookie("c", "v");
    return Message{"m"};
  };
  const auto answer = answer_of(handler, {.status_code = 201});
  EXPECT_EQ(answer.status, 202);
  EXPECT_EQ(answer.header("x-a"), "1");
  EXPECT_EQ(answer.header("set-cookie"), "c=v; Path=/; SameSite=lax");
  EXPECT_EQ(answer.body, R"({"message":"m"})");
}

TEST(Respond, KeepsTheContentTypeThatTheHandlerChose) {
  const auto answer = answer_of([](Response& response) {
    response.set_content_type("application/problem+json");
    return Message{"m"};
  });
  EXPECT_EQ(answer.header("content-type"), "application/problem+json");
}

TEST(Respond, AddsHeadersToAReturnedResponse) {
  const auto answer = answer_of([](Response& response) {
    response.headers().add("x-a", "1");
    return plain_text("t");
  });
  EXPECT_EQ(answer.header("x-a"), "1");
  EXPECT_EQ(answer.status, 200);
}

TEST(Respond, TakesAReturnedHttpErrorForTheAnswer) {
  const auto answer = answer_of([] { return HttpError(404, "Item not found", {{"x-error", "e"}}); });
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.body, R"({"detail":"Item not found"})");
  EXPECT_EQ(answer.header("x-error"), "e");
}

TEST(Respond, UnpacksResults) {
  const auto handler = [](Query<bool, "ok"> ok) -> Result<Message> {
    if (!ok) return HttpError(409, "taken");
    return Message{"m"};
  };
  App app;
  app.get("/", {.status_code = 201})(handler);
  TestClient client{app};
  EXPECT_EQ(client.get("/?ok=1").status, 201);
  EXPECT_EQ(client.get("/?ok=1").body, R"({"message":"m"})");
  EXPECT_EQ(client.get("/?ok=0").status, 409);
  EXPECT_EQ(client.get("/?ok=0").body, R"({"detail":"taken"})");
}

TEST(Respond, UnpacksAlternativesWithTheirStatus) {
  const auto handler = [](Query<int, "n"> n) -> OneOf<http::Ok<Item>, http::NotFound<Message>, http::NoContent> {
    if (n == 0) return http::NoContent{};
    if (n == 1) return http::NotFound{Message{"none"}};
    return http::Ok{Item{"Foo", 1, 2.0}};
  };
  App app;
  app.get("/")(handler);
  TestClient client{app};
  EXPECT_EQ(client.get("/?n=0").status, 204);
  EXPECT_EQ(client.get("/?n=1").status, 404);
  EXPECT_EQ(client.get("/?n=1").body, R"({"message":"none"})");
  EXPECT_EQ(client.get("/?n=2").body, R"({"name":"Foo","size":1,"tax":2.0})");
}

TEST(Respond, TakesTheStatusOfTheReturnsType) {
  EXPECT_EQ(answer_of([] { return http::Created{Message{"m"}}; }).status, 201);
  EXPECT_EQ(answer_of([] { return http::Accepted{1}; }, {.status_code = 200}).status, 202);
  EXPECT_EQ(answer_of([] { return http::BadRequest{Message{"m"}}; }).status, 400);
  EXPECT_EQ(answer_of([] { return http::Forbidden{Message{"m"}}; }).status, 403);
  EXPECT_EQ(answer_of([] { return http::Conflict{Message{"m"}}; }).status, 409);
  EXPECT_EQ(answer_of([] { return http::Answer<418, Message>{{"m"}}; }).status, 418);
  EXPECT_EQ(answer_of([] { return http::Created{"text"}; }).body, R"("text")");
  EXPECT_EQ(answer_of([] { return http::NoContent{}; }).status, 204);
}

TEST(Respond, LetsTheHandlersOwnStatusWinOverTheTypes) {
  const auto answer = answer_of([](Response& response) {
    response.set_status(203);
    return http::Created{1};
  });
  EXPECT_EQ(answer.status, 203);
}

TEST(Respond, TakesTypesOfTheUsersOwn) {
  const auto answer = answer_of([] { return Csv{{1, 2}}; });
  EXPECT_EQ(answer.header("content-type"), "text/csv; charset=utf-8");
  EXPECT_EQ(answer.body, "1;2;");
}

Item stored_item(Query<int, "size", default_to(1)> size) { return {"Foo", size, 2.0}; }

TEST(Respond, TakesEveryArgumentOfAHandlerInAJson) {
  App app;
  app.provide(Message{"hello"});
  app.post("/{id}")([](Path<int, "id"> id, Query<std::optional<std::string>, "q"> q, Header<std::string, "x-a"> header,
                       Depends<stored_item> item, State<Message> message, Body<Message> body) {
    return json{{"id", id}, {"q", q}, {"header", header}, {"item", item}, {"message", message}, {"body", body}};
  });
  EXPECT_EQ(TestClient(app).post("/3", {.headers = {{"x-a", "b"}}, .json = json{{"message", "x"}}}).body,
            R"({"id":3,"q":null,"header":"b","item":{"name":"Foo","size":1,"tax":2.0},"message":{"message":"hello"},)"
            R"("body":{"message":"x"}})");
}

TEST(Respond, TakesAVariantOfResponsesAndValues) {
  App app;
  app.get("/any")([](Query<int, "n"> n) -> std::variant<Response, json> {
    if (n == 0) return plain_text("x", 202);
    return json{{"n", n}};
  });
  app.get("/mixed")([](Query<int, "n"> n) -> std::variant<Item, RedirectResponse, http::NotFound<Message>, HttpError> {
    if (n == 0) return redirect("/any");
    if (n == 1) return http::NotFound{Message{"none"}};
    if (n == 2) return HttpError(409, "taken");
    return Item{"Foo", 1, 2.0};
  });
  TestClient client(app, {.follow_redirects = false});
  EXPECT_EQ(client.get("/any?n=0").status, 202);
  EXPECT_EQ(client.get("/any?n=0").body, "x");
  EXPECT_EQ(client.get("/any?n=1").body, R"({"n":1})");
  EXPECT_EQ(client.get("/mixed?n=0").status, 307);
  EXPECT_EQ(client.get("/mixed?n=1").status, 404);
  EXPECT_EQ(client.get("/mixed?n=2").body, R"({"detail":"taken"})");
  EXPECT_EQ(client.get("/mixed?n=3").body, R"({"name":"Foo","size":1,"tax":2.0})");
}

TEST(Respond, WritesAVariantOfValuesAsTheValue) {
  expect_json([]() -> std::variant<Item, int> { return 3; }, "3");
  expect_json([]() -> std::variant<json, Item> { return Item{"a", 1, {}}; }, R"({"name":"a","size":1,"tax":0.0})");
}

TEST(ResponseSpecs, ListsTheAnswersOfAReturnType) {
  const auto& alternatives =
      detail::ResponseSpecs<OneOf<http::Ok<Item>, http::NotFound<Message>, http::NoContent>>::value;
  EXPECT_EQ(alternatives[0].status_code, 200);
  EXPECT_EQ(alternatives[0].type, &detail::type_of<Item>);
  EXPECT_EQ(alternatives[1].status_code, 404);
  EXPECT_EQ(alternatives[2].status_code, 204);
  EXPECT_EQ(alternatives[2].type, nullptr);
  EXPECT_EQ(detail::ResponseSpecs<const char*>::value[0].type, &detail::type_of<std::string>);
  EXPECT_EQ(detail::ResponseSpecs<void>::value[0].type, nullptr);
  EXPECT_EQ(detail::ResponseSpecs<Result<Item>>::value[0].type, &detail::type_of<Item>);
}

}  // namespace serval::respond_test
