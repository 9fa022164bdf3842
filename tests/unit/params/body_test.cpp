// SPDX-License-Identifier: MIT
// The JSON body: whole, embedded, absent, of another media type, and invalid JSON.
#include "params/extract.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <variant>
#include <vector>

#include <serval/serval.hpp>
#include <serval/testing.hpp>

namespace serval::body_test {

struct Item {
  std::string name;
  Field<double, gt(0)> price;
  std::optional<std::string> description;
};
struct User {
  std::string username;
};

template <class F>
TestResponse post(F handler, const TestRequest& request) {
  App app;
  app.post("/")(handler);
  return TestClient(app).post("/", request);
}
TestRequest json_text(std::string text) { return {.body = std::move(text), .content_type = "application/json"}; }

Item echo(Item item) { return item; }
json two(Body<Item, "item"> item, Body<User, "user"> user) { return {{"item", item.name}, {"user", user.username}}; }

const std::string missing_body =
    R"({"detail":[{"type":"missing","loc":["body"],"msg":"Field required","input":null}]})";
const std::string no_object = R"({"detail":[{"type":"model_attributes_type","loc":["body"],)"
                              R"("msg":"Input should be a valid dictionary or object to extract fields from","input":)";

TEST(Body, IsReadIntoAPlainStruct) {
  EXPECT_EQ(post(echo, json_text(R"({"price":50.5,"name":"Foo","other":1})")).body,
            R"({"name":"Foo","price":50.5,"description":null})");
}

TEST(Body, ReportsAllFaultsOfItsMembers) {
  const auto answer = post(echo, json_text(R"({"price":-1,"description":3})"));
  EXPECT_EQ(answer.status, 422);
  EXPECT_EQ(
      answer.body,
      R"({"detail":[{"type":"missing","loc":["body","name"],"msg":"Field required","input":)"
      R"({"price":-1,"description":3}},)"
      R"({"type":"greater_than","loc":["body","price"],"msg":"Input should be greater than 0","input":-1,)"
      R"("ctx":{"gt":0.0}},)"
      R"({"type":"string_type","loc":["body","description"],"msg":"Input should be a valid string","input":3}]})");
}

TEST(Body, IsMissingWhenEmptyOrNull) {
  EXPECT_EQ(post(echo, {}).body, missing_body);
  EXPECT_EQ(post(echo, json_text("null")).body, missing_body);
}

TEST(Body, OptionalMayBeEmptyOrNull) {
  const auto handler = [](std::optional<Item> item) { return item ? item->name : "none"; };
  EXPECT_EQ(post(handler, {}).body, R"("none")");
  EXPECT_EQ(post(handler, json_text("null")).body, R"("none")");
  EXPECT_EQ(post(handler, json_text(R"({"name":"n","price":1})")).body, R"("n")");
}

TEST(Body, OfTheWrongKindNamesTheWholeBody) { EXPECT_EQ(post(echo, json_text("[1]")).body, no_object + "[1]}]}"); }

TEST(Body, OfAnotherContentTypeIsAText) {
  const TestRequest plain{.body = R"({"name":"Foo"})", .content_type = "text/plain"};
  EXPECT_EQ(post(echo, plain).body, no_object + R"("{\"name\":\"Foo\"}"}]})");
  for (std::string type : {"", "application/x-www-form-urlencoded", "application/geo+json-seq", "json"}) {
    EXPECT_EQ(post(echo, {.body = "x", .content_type = type}).body, no_object + R"("x"}]})") << type;
  }
}

TEST(Body, IsJsonByContentTypeWhateverItsCaseAndParameters) {
  for (std::string type : {"application/json", "Application/JSON; charset=utf-8", "application/vnd.api+json"}) {
    EXPECT_EQ(post(echo, {.body = R"({"name":"a","price":1})", .content_type = type}).status, 200) << type;
  }
}

TEST(Body, WithoutAContentTypeIsJsonWhereThatIsSaid) {
  const TestRequest untyped{.body = R"({"name":"a","price":1})"};
  App app({.strict_content_type = false});
  app.post("/lax")(echo);
  app.post("/strict", {.strict_content_type = true})(echo);
  Router router({.prefix = "/router", .strict_content_type = true});
  router.post("/strict")(echo);
  router.post("/lax", {.strict_content_type = false})(echo);
  app.include(router);
  TestClient client{app};
  EXPECT_EQ(client.post("/lax", untyped).status, 200);
  EXPECT_EQ(client.post("/router/lax", untyped).status, 200);
  EXPECT_EQ(client.post("/strict", untyped).status, 422);
  EXPECT_EQ(client.post("/router/strict", untyped).status, 422);
  EXPECT_EQ(client.post("/lax", {.body = untyped.body, .content_type = "text/plain"}).status, 422)
      << "a content type counts";
  EXPECT_EQ(post(echo, untyped).status, 422) << "the default";
}

TEST(Body, OfAnotherContentTypeIsTakenAsText) {
  EXPECT_EQ(post([](Body<std::string> text) { return text; }, {.body = "a\"b", .content_type = "text/plain"}).body,
            R"("a\"b")");
}

TEST(Body, ThatIsNoJsonTellsWhereAndWhy) {
  const auto answer = post(echo, json_text(R"({"é":1,})"));
  EXPECT_EQ(answer.status, 422);
  EXPECT_EQ(answer.body, R"({"detail":[{"type":"json_invalid","loc":["body",6],"msg":"JSON decode error","input":{},)"
                         R"("ctx":{"error":"Illegal trailing comma before end of object"}}]})");
}

TEST(Body, ThatIsNoJsonEndsTheRequestBeforeOtherFaults) {
  App app;
  app.post("/")([](Query<int, "q">, Item) {});
  const json detail = TestClient(app).post("/", json_text("{")).json()["detail"];
  ASSERT_EQ(detail.size(), 1U);
  EXPECT_EQ(detail[0]["type"], "json_invalid");
}

TEST(Body, ThatCannotBeReadIs400) {
  for (const std::string& text : {std::string("\"\xff\""), std::string(200, '['), std::string(4301, '1')}) {
    const auto answer = post(echo, json_text(text));
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.body, R"({"detail":"There was an error parsing the body"})");
  }
}

TEST(Body, ObservesTheDepthThatIsConfigured) {
  App app;
  app.post("/")([](json value) { return value; });
  TestClient narrow(app, {.limits = {.max_json_depth = 2}});
  EXPECT_EQ(narrow.post("/", json_text("[[1]]")).body, "[[1]]");
  EXPECT_EQ(narrow.post("/", json_text("[[[1]]]")).status, 400);
  TestClient wide(app, {.limits = {.max_json_depth = 0}});
  EXPECT_EQ(wide.post("/", json_text(std::string(300, '[') + std::string(300, ']'))).status, 200);
  EXPECT_EQ(wide.post("/", json_text(std::string(2000, '[') + std::string(2000, ']'))).status, 400);
}

TEST(Body, OfUtf16IsDecoded) {
  const std::string text = "\"a\"";
  std::string wide = "\xff\xfe";
  for (char c : text) wide += {c, '\0'};
  EXPECT_EQ(post([](Body<std::string> value) { return value; }, json_text(wide)).body, R"("a")");
}

TEST(Body, WithAFaultyInputBeyondDoubleShowsNull) {
  const auto answer = post(echo, json_text(R"({"name":[1e400],"price":1})"));
  EXPECT_EQ(answer.status, 422);
  EXPECT_NE(answer.body.find(R"("loc":["body","name"],"msg":"Input should be a valid string","input":[null])"),
            std::string::npos)
      << answer.body;
}

TEST(Body, WithANonFiniteLiteralIsNoJson) {
  for (const char* literal : {"NaN", "Infinity", "-Infinity"}) {
    const auto answer = post([](json any) { return any; }, json_text(std::string(R"({"a":[)") + literal + "]}"));
    EXPECT_EQ(answer.body, R"({"detail":[{"type":"json_invalid","loc":["body",6],"msg":"JSON decode error",)"
                           R"("input":{},"ctx":{"error":"Expecting value"}}]})");
  }
}

TEST(Body, OfJsonWithANumberBeyondDoubleIsGivenBackAsNull) {
  EXPECT_EQ(post([](json any) { return any; }, json_text(R"({"a":1e400,"b":[-1e999]})")).body,
            R"({"a":null,"b":[null]})");
}

TEST(Body, MayBeABareValue) {
  EXPECT_EQ(post([](Body<int, gt(1)> n) { return n; }, json_text("5")).body, "5");
  EXPECT_EQ(post([](Body<int, gt(1)> n) { return n; }, json_text("1")).body,
            R"({"detail":[{"type":"greater_than","loc":["body"],"msg":"Input should be greater than 1","input":1,)"
            R"("ctx":{"gt":1}}]})");
}

TEST(Body, MayBeAListOrAMap) {
  EXPECT_EQ(post([](std::vector<Item> items) { return items.size(); }, json_text(R"([{"name":"a","price":1}])")).body,
            "1");
  EXPECT_EQ(post([](std::vector<Item> items) { return items.size(); }, json_text(R"([{"name":"a","price":0}])")).body,
            R"({"detail":[{"type":"greater_than","loc":["body",0,"price"],"msg":"Input should be greater than 0",)"
            R"("input":0,"ctx":{"gt":0.0}}]})");
  EXPECT_EQ(post([](std::map<int, double> m) { return m; }, json_text(R"({"2":1,"1":2.5})")).body,
            R"({"1":2.5,"2":1.0})");
}

TEST(Body, MayBeAnyJson) {
  EXPECT_EQ(post([](json value) { return value; }, json_text(R"({"b":[1,null],"a":1.0})")).body,
            R"({"b":[1,null],"a":1.0})");
}

TEST(Body, OneWithANameIsEmbedded) {
  const auto handler = [](Body<Item, "item"> item) { return item.name; };
  EXPECT_EQ(post(handler, json_text(R"({"item":{"name":"Foo","price":1}})")).body, R"("Foo")");
  EXPECT_EQ(post(handler, json_text(R"({"name":"Foo","price":1})")).body,
            R"({"detail":[{"type":"missing","loc":["body","item"],"msg":"Field required","input":null}]})");
}

TEST(Body, SeveralAreMembersOfOneObject) {
  EXPECT_EQ(post(two, json_text(R"({"item":{"name":"Foo","price":1},"user":{"username":"u"}})")).body,
            R"({"item":"Foo","user":"u"})");
  EXPECT_EQ(post(two, json_text(R"({"item":{"name":"Foo","price":0},"user":{}})")).body,
            R"({"detail":[{"type":"greater_than","loc":["body","item","price"],"msg":"Input should be greater than 0",)"
            R"("input":0,"ctx":{"gt":0.0}},)"
            R"({"type":"missing","loc":["body","user","username"],"msg":"Field required","input":{}}]})");
}

TEST(Body, SeveralAreAllMissingWhereThereIsNoObject) {
  const std::string both = R"({"detail":[{"type":"missing","loc":["body","item"],"msg":"Field required","input":null},)"
                           R"({"type":"missing","loc":["body","user"],"msg":"Field required","input":null}]})";
  for (const char* text : {"[]", "1", "null", R"({"item":null})"}) EXPECT_EQ(post(two, json_text(text)).body, both);
  EXPECT_EQ(post(two, {}).body, both);
  EXPECT_EQ(post(two, {.body = "x", .content_type = "text/plain"}).body, both);
}

TEST(Body, SeveralThatMayBeAbsentAreMissingInABodyWithoutMembers) {
  const auto handler = [](Body<std::optional<std::string>, "name"> name, Body<std::optional<int>, "size"> size,
                          Body<int, "importance", default_to(5)> n) {
    return json{{"name", as_json(name)}, {"size", as_json(size)}, {"importance", *n}};
  };
  const auto missing = [](const std::string& name) {
    return R"({"type":"missing","loc":["body",")" + name + R"("],"msg":"Field required","input":null})";
  };
  const std::string all =
      R"({"detail":[)" + missing("name") + "," + missing("size") + "," + missing("importance") + "]}";
  for (const char* text : {R"([{"name":"a"}])", "[]", R"("x")", "5", "true", "0", R"("")"}) {
    const auto answer = post(handler, json_text(text));
    EXPECT_EQ(answer.status, 422) << text;
    EXPECT_EQ(answer.body, all) << text;
  }
  EXPECT_EQ(post(handler, {.body = "x", .content_type = "text/plain"}).body, all);
  const std::string none = R"({"name":null,"size":null,"importance":5})";
  for (const char* text : {"", "null", "{}"}) EXPECT_EQ(post(handler, json_text(text)).body, none) << text;
}

int twice(Body<std::optional<int>, "size"> size) { return 2 * size.value_or(0); }

TEST(Body, OfADependencyIsMissingInABodyWithoutMembersToo) {
  const auto handler = [](Depends<twice> size) { return *size; };
  EXPECT_EQ(post(handler, json_text(R"({"size":2})")).body, "4");
  EXPECT_EQ(post(handler, json_text("[2]")).body,
            R"({"detail":[{"type":"missing","loc":["body","size"],"msg":"Field required","input":null}]})");
}

TEST(Body, EmbeddedKeepsItsDefault) {
  const auto handler = [](Body<int, "importance", default_to(5)> n, Body<std::optional<User>, "user"> user) {
    return n + (user ? 100 : 0);
  };
  EXPECT_EQ(post(handler, json_text("{}")).body, "5");
  EXPECT_EQ(post(handler, {}).body, "5");
  EXPECT_EQ(post(handler, json_text(R"({"importance":1,"user":{"username":"u"}})")).body, "101");
}

TEST(Body, GivesAHandlerItsOwnCopy) {
  const auto handler = [](Item&& item) { return std::move(item.name); };
  EXPECT_EQ(post(handler, json_text(R"({"name":"Foo","price":1})")).body, R"("Foo")");
}

TEST(Body, LargeOnesAreReadToo) {
  const std::string text(200'000, 'x');
  EXPECT_EQ(post([](Body<std::string> value) { return value.size(); }, json_text('"' + text + '"')).body, "200000");
}

struct Branch;
struct Twig {
  std::vector<std::variant<Twig, Branch>> c;
  int x;
};
struct Branch {
  std::vector<std::variant<Twig, Branch>> c;
  int y;
};

TEST(Body, ThatTriesAlternativesWithoutEndIsUnreadable) {
  App app;
  app.post("/")([](Twig) { return 1; });
  std::string body;
  for (int i = 0; i < 60; ++i) body += R"({"c":[)";
  for (int i = 0; i < 60; ++i) body += "]}";
  const auto answer = TestClient(app).post("/", {.body = body, .content_type = "application/json"});
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.body, R"({"detail":"There was an error parsing the body"})");
}

TEST(Body, WithCountlessFaultsListsAThousand) {
  App app;
  app.post("/")([](std::vector<int>) { return 1; });
  const auto answer = TestClient(app).post("/", {.json = json(std::vector<std::string>(2000, "x"))});
  EXPECT_EQ(answer.status, 422);
  EXPECT_EQ(answer.json()["detail"].size(), 1000U);
}

}  // namespace serval::body_test
