// SPDX-License-Identifier: MIT
// Path, query, header and cookie parameters: where each comes from, how it is converted, which error a wrong value
// gives.
#include "params/extract.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include <serval/serval.hpp>
#include <serval/testing.hpp>

namespace serval::extract_test {

enum class Color { red, green, blue };

struct Paging {
  Query<int, "limit", default_to(10), le(100)> limit;
  Query<int, "offset", default_to(0)> offset;
  Header<std::optional<std::string>> x_trace;
};

/// Returns the body of the response to a GET of `target`, with the handler at "/".
template <class F>
std::string get(F handler, std::string_view target, const TestRequest& request = {}) {
  App app;
  app.get("/")(handler);
  return TestClient(app).get(target, request).body;
}

/// Returns `{"detail":[...]}` with one fault.
std::string fault(const std::string& type, const std::string& loc, const std::string& msg, const std::string& input,
                  const std::string& ctx = {}) {
  return "{\"detail\":[{\"type\":\"" + type + "\",\"loc\":" + loc + ",\"msg\":\"" + msg + "\",\"input\":" + input +
         (ctx.empty() ? "" : ",\"ctx\":" + ctx) + "}]}";
}
const std::string not_an_integer = "Input should be a valid integer, unable to parse string as an integer";

TEST(PathParameter, IsConvertedToItsType) {
  App app;
  app.get("/{id}/{name}/{price}")(
      [](Path<std::int64_t, "id"> id, Path<std::string, "name"> name, Path<double, "price"> price) {
        return json{{"id", id.value()}, {"name", name}, {"price", price.value()}};
      });
  EXPECT_EQ(TestClient(app).get("/-7/caf%C3%A9%2Fbar/2.50").body, R"({"id":-7,"name":"café/bar","price":2.5})");
}

TEST(PathParameter, IsNamedInItsFault) {
  App app;
  app.get("/items/{item_id}")([](Path<int, "item_id"> id) { return id; });
  const auto answer = TestClient(app).get("/items/foo");
  EXPECT_EQ(answer.status, 422);
  EXPECT_EQ(answer.header("content-type"), "application/json");
  EXPECT_EQ(answer.body, fault("int_parsing", R"(["path","item_id"])", not_an_integer, R"("foo")"));
}

TEST(PathParameter, ObservesItsRules) {
  App app;
  app.get("/items/{item_id}")([](Path<int, "item_id", gt(0), le(1000)> id) { return id; });
  TestClient client{app};
  EXPECT_EQ(client.get("/items/1000").body, "1000");
  EXPECT_EQ(client.get("/items/0").body,
            fault("greater_than", R"(["path","item_id"])", "Input should be greater than 0", R"("0")", R"({"gt":0})"));
  EXPECT_EQ(client.get("/items/1001").body,
            fault("less_than_equal", R"(["path","item_id"])", "Input should be less than or equal to 1000", R"("1001")",
                  R"({"le":1000})"));
}

TEST(PathParameter, TakesEnumeratorsByName) {
  App app;
  app.get("/{color}")([](Path<Color, "color"> color) { return color; });
  TestClient client{app};
  EXPECT_EQ(client.get("/green").body, R"("green")");
  EXPECT_EQ(client.get("/pink").body, fault("enum", R"(["path","color"])", "Input should be 'red', 'green' or 'blue'",
                                            R"("pink")", R"({"expected":"'red', 'green' or 'blue'"})"));
}

TEST(PathParameter, OfAConverterIsValidatedAsAnyOther) {
  App app;
  app.get("/n/{n:int}")([](Path<std::uint8_t, "n"> n) { return n; });
  app.get("/f/{p:path}")([](Path<std::string, "p"> p) { return p; });
  TestClient client{app};
  EXPECT_EQ(client.get("/n/7").body, "7");
  EXPECT_EQ(client.get("/n/x").status, 404);
  EXPECT_EQ(client.get("/n/256").status, 422);
  EXPECT_EQ(client.get("/f/a/b%2Fc").body, R"("a/b/c")");
}

TEST(QueryParameter, ReadsEveryKindOfValue) {
  const auto handler = [](Query<bool, "b"> b, Query<std::uint16_t, "u"> u, Query<float, "f"> f,
                          Query<std::string, "s"> s, Query<Uuid, "id"> id, Query<std::chrono::seconds, "d"> d,
                          Query<std::chrono::year_month_day, "day"> day) {
    return json{{"b", b.value()},
                {"u", u.value()},
                {"f", f.value()},
                {"s", s},
                {"id", encode_json(id)},
                {"d", d.count()},
                {"day", static_cast<unsigned>(day.month())}};
  };
  EXPECT_EQ(
      get(handler, "/?b=on&u=65535&f=1e1&s=a+b%20c&id=00000000-0000-0000-0000-00000000000A&d=PT1M&day=2024-05-06"),
      R"({"b":true,"u":65535,"f":10.0,"s":"a b c","id":"\"00000000-0000-0000-0000-00000000000a\"","d":60,"day":5})");
}

TEST(QueryParameter, MissingHasNullForInput) {
  EXPECT_EQ(get([](Query<int, "q"> q) { return q; }, "/"),
            fault("missing", R"(["query","q"])", "Field required", "null"));
}

TEST(QueryParameter, TakesTheLastOfSeveralValues) {
  EXPECT_EQ(get([](Query<int, "q"> q) { return q; }, "/?q=1&q=2"), "2");
}

TEST(QueryParameter, OptionalMayBeAbsentButNotEmpty) {
  const auto handler = [](Query<std::optional<int>, "q"> q) { return q; };
  EXPECT_EQ(get(handler, "/"), "null");
  EXPECT_EQ(get(handler, "/?q=5"), "5");
  EXPECT_EQ(get(handler, "/?q="), fault("int_parsing", R"(["query","q"])", not_an_integer, R"("")"));
  EXPECT_EQ(get(handler, "/?q=null"), fault("int_parsing", R"(["query","q"])", not_an_integer, R"("null")"));
}

TEST(QueryParameter, NullableMustBeGiven) {
  EXPECT_EQ(get([](Query<Nullable<int>, "q"> q) { return q; }, "/"),
            fault("missing", R"(["query","q"])", "Field required", "null"));
}

TEST(QueryParameter, KeepsItsDefaultWhenAbsent) {
  const auto handler = [](Query<int, "a", default_to(7)> a, Query<bool, "b", default_to(true)> b,
                          Query<std::string, "c", default_to("x\"y")> c, Query<Color, "d", default_to(Color::blue)> d,
                          Query<double, "e", default_to(0.5)> e,
                          Query<std::vector<std::string>, "f", default_json(R"(["p","q"])")> f) {
    return json{{"a", a.value()}, {"b", b.value()}, {"c", c}, {"d", encode_json(d)}, {"e", e.value()}, {"f", f}};
  };
  EXPECT_EQ(get(handler, "/"), R"({"a":7,"b":true,"c":"x\"y","d":"\"blue\"","e":0.5,"f":["p","q"]})");
  EXPECT_EQ(get(handler, "/?a=1&b=0&c=&d=red&e=2&f=z"), R"({"a":1,"b":false,"c":"","d":"\"red\"","e":2.0,"f":["z"]})");
}

TEST(QueryParameter, GoesByItsAlias) {
  const auto handler = [](Query<int, "item_query", alias("item-query")> q) { return q; };
  EXPECT_EQ(get(handler, "/?item-query=3"), "3");
  EXPECT_EQ(get(handler, "/?item_query=3"), fault("missing", R"(["query","item-query"])", "Field required", "null"));
}

TEST(QueryParameter, ListTakesAllValuesInOrder) {
  const auto handler = [](Query<std::vector<int>, "q"> q) { return q; };
  EXPECT_EQ(get(handler, "/?q=3&x=9&q=1&q=2"), "[3,1,2]");
  EXPECT_EQ(get(handler, "/"), fault("missing", R"(["query","q"])", "Field required", "null"));
}

TEST(QueryParameter, ListNamesTheItemThatIsWrong) {
  EXPECT_EQ(get([](Query<std::vector<int>, "q"> q) { return q; }, "/?q=1&q=x"),
            fault("int_parsing", R"(["query","q",1])", not_an_integer, R"("x")"));
}

TEST(QueryParameter, ListShowsAllItsTextsWhereItsLengthIsWrong) {
  EXPECT_EQ(get([](Query<std::vector<std::string>, "q", min_length(3)> q) { return q; }, "/?q=a&q=b"),
            fault("too_short", R"(["query","q"])", "List should have at least 3 items after validation, not 2",
                  R"(["a","b"])", R"({"field_type":"List","min_length":3,"actual_length":2})"));
}

TEST(QueryParameter, SetDropsDuplicates) {
  EXPECT_EQ(get([](Query<std::set<int>, "q"> q) { return q; }, "/?q=2&q=1&q=2"), "[1,2]");
}

TEST(QueryParameter, FixedArrayNeedsAllItems) {
  const auto handler = [](Query<std::array<int, 2>, "q"> q) { return q; };
  EXPECT_EQ(get(handler, "/?q=2&q=1"), "[2,1]");
  EXPECT_NE(get(handler, "/?q=2").find("detail"), std::string::npos);
}

TEST(QueryParameter, OptionalListMayBeAbsent) {
  const auto handler = [](Query<std::optional<std::vector<int>>, "q"> q) { return q; };
  EXPECT_EQ(get(handler, "/"), "null");
  EXPECT_EQ(get(handler, "/?q=1"), "[1]");
}

TEST(QueryParameter, TextReportsLengthInCodePointsThenPattern) {
  const auto handler = [](Query<std::string, "q", min_length(3), pattern("^fix")> q) { return q; };
  EXPECT_EQ(get(handler, "/", {.query = {{"q", "éé"}}}),
            fault("string_too_short", R"(["query","q"])", "String should have at least 3 characters", R"("éé")",
                  R"({"min_length":3})"));
  EXPECT_EQ(get(handler, "/?q=nofix"),
            fault("string_pattern_mismatch", R"(["query","q"])", "String should match pattern '^fix'", R"("nofix")",
                  R"({"pattern":"^fix"})"));
}

TEST(HeaderParameter, IsFoundWithHyphensAndInAnyCase) {
  const auto handler = [](Header<std::string, "user_agent"> agent) { return agent; };
  EXPECT_EQ(get(handler, "/", {.headers = {{"User-Agent", "x/1"}}}), R"("x/1")");
  EXPECT_EQ(get(handler, "/"), fault("missing", R"(["header","user-agent"])", "Field required", "null"));
}

TEST(HeaderParameter, KeepsItsUnderscoresWhenTold) {
  const auto handler = [](Header<std::string, "strange_header", keep_underscores> h) { return h; };
  EXPECT_EQ(get(handler, "/", {.headers = {{"strange_header", "x"}}}), R"("x")");
  EXPECT_NE(get(handler, "/", {.headers = {{"strange-header", "x"}}}), R"("x")");
}

TEST(HeaderParameter, TakesTheFirstOfSeveralFieldsAndAListAll) {
  const TestRequest twice{.headers = {{"x-token", "foo"}, {"X-Token", "bar,baz"}}};
  EXPECT_EQ(get([](Header<std::string, "x_token"> t) { return t; }, "/", twice), R"("foo")");
  EXPECT_EQ(get([](Header<std::vector<std::string>, "x_token"> t) { return t; }, "/", twice), R"(["foo","bar,baz"])");
}

TEST(HeaderParameter, IsConvertedToItsType) {
  const auto handler = [](Header<int, "x-count"> n) { return n; };
  EXPECT_EQ(get(handler, "/", {.headers = {{"x-count", "12"}}}), "12");
  EXPECT_EQ(get(handler, "/", {.headers = {{"x-count", "many"}}}),
            fault("int_parsing", R"(["header","x-count"])", not_an_integer, R"("many")"));
}

TEST(CookieParameter, TakesTheLastOfANameWithoutItsQuotes) {
  const auto handler = [](Cookie<std::string, "a"> a) { return a; };
  EXPECT_EQ(get(handler, "/", {.cookies = {{"a", "1"}, {"b", "2"}, {"a", "\"q x\""}}}), R"("q x")");
  EXPECT_EQ(get(handler, "/"), fault("missing", R"(["cookie","a"])", "Field required", "null"));
}

TEST(Extraction, ReportsFaultsInTheOrderOfTheirSources) {
  App app;
  app.post("/{p}")(
      [](Body<int, "e">, Cookie<int, "d">, Header<int, "c">, Query<int, "b">, Query<int, "a">, Path<int, "p">) {});
  const json detail = TestClient(app).post("/x").json()["detail"];
  std::string places;
  for (const auto& issue : detail) places += schema::to_text(issue["loc"]);
  EXPECT_EQ(places, R"(["path","p"]["query","b"]["query","a"]["header","c"]["cookie","d"]["body","e"])");
}

TEST(Extraction, GathersParametersOfAStruct) {
  const auto handler = [](Paging paging) {
    return json{
        {"limit", paging.limit.value()}, {"offset", paging.offset.value()}, {"trace", paging.x_trace.value_or("-")}};
  };
  EXPECT_EQ(get(handler, "/?offset=3", {.headers = {{"x-trace", "t"}}}), R"({"limit":10,"offset":3,"trace":"t"})");
  EXPECT_EQ(get(handler, "/?limit=101"),
            fault("less_than_equal", R"(["query","limit"])", "Input should be less than or equal to 100", R"("101")",
                  R"({"le":100})"));
}

TEST(Extraction, MixesGatheredParametersWithOthers) {
  App app;
  app.get("/{id}")([](const Paging& paging, Path<int, "id"> id) { return paging.limit + id; });
  EXPECT_EQ(TestClient(app).get("/5?limit=7").body, "12");
}

TEST(Extraction, RefusesTooManyQueryParameters) {
  App app;
  app.get("/")([](Query<std::vector<int>, "q"> q) { return q.size(); });
  TestClient client(app, {.limits = {.max_query_params = 3}});
  EXPECT_EQ(client.get("/?q=1&q=2&q=3").body, "3");
  const auto answer = client.get("/?q=1&q=2&q=3&q=4");
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.body, R"({"detail":"Too many query parameters. Maximum number of query parameters is 3."})");
}

}  // namespace serval::extract_test
