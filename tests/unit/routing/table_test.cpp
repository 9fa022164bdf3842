// SPDX-License-Identifier: MIT
#include <serval/routing/table.hpp>

#include <serval/base/error.hpp>

#include "table_fixture.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <utility>

namespace serval::table_test {

TEST(RouteTable, FindsNothingWhenEmpty) {
  EXPECT_EQ(Routes{}.get("/"), "404");
  EXPECT_EQ(Routes{}.get(""), "404");
}

TEST(RouteTable, FindsAStaticPath) { EXPECT_EQ((Routes{"/", "/items"}.get("/items")), "/items"); }

TEST(RouteTable, FindsTheRoot) { EXPECT_EQ(Routes{"/"}.get("/"), "/"); }

TEST(RouteTable, FindsNothingInTextThatIsNoPath) {
  EXPECT_EQ((Routes{"/", "/{p:path}"}.get("*")), "404");
  EXPECT_EQ((Routes{"/", "/{p:path}"}.get("")), "404");
  EXPECT_EQ((Routes{"/items", "/{p:path}"}.get("items")), "404");
}

TEST(RouteTable, IsCaseSensitive) { EXPECT_EQ(Routes{"/items"}.get("/Items"), "404"); }

TEST(RouteTable, TakesADoubledSlashForNoSingleOne) {
  EXPECT_EQ(Routes{"/x"}.get("//x"), "404");
  EXPECT_EQ(Routes{"/{a}"}.get("//x"), "404");
  EXPECT_EQ((Routes{"/a/b"}.get("/a//b")), "404");
}

TEST(RouteTable, FindsADoubledSlashThatIsRegistered) { EXPECT_EQ(Routes{"//x"}.get("//x"), "//x"); }

TEST(RouteTable, TellsAFinalSlashFromNone) {
  EXPECT_EQ(Routes{"/items"}.get("/items/"), "404");
  EXPECT_EQ(Routes{"/items/"}.get("/items"), "404");
  EXPECT_EQ(Routes{"/items/{id}"}.get("/items/1/"), "404");
  EXPECT_EQ(Routes{"/items/{id}/"}.get("/items/1/"), "/items/{id}/ id=1");
}

TEST(RouteTable, LeavesDotSegmentsAsTheyAre) { EXPECT_EQ((Routes{"/b", "/a"}.get("/a/../b")), "404"); }

TEST(RouteTable, GivesTheParametersInTheOrderOfThePattern) {
  EXPECT_EQ(Routes{"/{b}/x/{a}/{c:int}"}.get("/1/x/2/3"), "/{b}/x/{a}/{c:int} b=1 a=2 c=3");
}

TEST(RouteTable, TakesNoEmptyParameter) { EXPECT_EQ(Routes{"/items/{id}"}.get("/items/"), "404"); }

TEST(RouteTable, KeepsAParameterWithinItsSegment) { EXPECT_EQ(Routes{"/items/{id}"}.get("/items/a/b"), "404"); }

TEST(RouteTable, AnswersAConvertersMismatchAsNotFound) {
  EXPECT_EQ(Routes{"/i/{n:int}"}.get("/i/x"), "404");
  EXPECT_EQ(Routes{"/f/{x:float}"}.get("/f/1."), "404");
  EXPECT_EQ(Routes{"/u/{u:uuid}"}.get("/u/1"), "404");
}

TEST(RouteTable, LetsAPathParameterHoldSlashesAndNothing) {
  EXPECT_EQ(Routes{"/f/{p:path}"}.get("/f/a/b/"), "/f/{p:path} p=a/b/");
  EXPECT_EQ(Routes{"/f/{p:path}"}.get("/f/"), "/f/{p:path} p=");
  EXPECT_EQ(Routes{"/f/{p:path}"}.get("/f"), "404");
  EXPECT_EQ(Routes{"/{p:path}"}.get("/"), "/{p:path} p=");
}

TEST(RouteTable, MatchesTextAfterAPathParameter) {
  const Routes routes{"/f/{p:path}/raw"};
  EXPECT_EQ(routes.get("/f/a/b/raw"), "/f/{p:path}/raw p=a/b");
  EXPECT_EQ(routes.get("/f//raw"), "/f/{p:path}/raw p=");
  EXPECT_EQ(routes.get("/f/raw"), "404");
  EXPECT_EQ(routes.get("/f/a/raw/"), "404");
  EXPECT_EQ(routes.get("/f/a%2Fraw"), "404");
}

TEST(RouteTable, MatchesTextAroundAParameter) {
  const Routes routes{"/files/{name}.json", "/v{n:int}"};
  EXPECT_EQ(routes.get("/files/a.b.json"), "/files/{name}.json name=a.b");
  EXPECT_EQ(routes.get("/files/.json"), "404");
  EXPECT_EQ(routes.get("/files/a.jso"), "404");
  EXPECT_EQ(routes.get("/v12"), "/v{n:int} n=12");
  EXPECT_EQ(routes.get("/vx"), "404");
}

TEST(RouteTable, ClearsTheParametersOfTheLastLookup) {
  const Routes routes{"/a/{x}", "/b"};
  http::PathParams params;
  static_cast<void>(routes.table().find(http::Method::get, "/a/1", params));
  ASSERT_EQ(params.size(), 1U);
  static_cast<void>(routes.table().find(http::Method::get, "/b", params));
  EXPECT_EQ(params.size(), 0U);
  static_cast<void>(routes.table().find(http::Method::get, "/a/1", params));
  static_cast<void>(routes.table().find(http::Method::get, "/miss", params));
  EXPECT_EQ(params.size(), 0U);
}

TEST(RouteTable, GivesNamesThatOutliveLaterRegistrationsAndAMove) {
  routing::RouteTable table;
  table.add({http::Method::get}, routing::Pattern::parse("/a/{x}"), 0);
  http::PathParams params;
  static_cast<void>(table.find(http::Method::get, "/a/1", params));
  for (int i = 0; i < 100; ++i)
    table.add({http::Method::get}, routing::Pattern::parse("/b" + std::to_string(i) + "/{y}"), 1);
  const routing::RouteTable moved = std::move(table);
  EXPECT_EQ(params[0].name, "x");
  EXPECT_EQ(moved.find(http::Method::get, "/a/1", params).id, 0U);
}

TEST(RouteTableEscapes, DecodesLiteralText) {
  EXPECT_EQ(Routes{"/items"}.get("/%69tems"), "/items");
  EXPECT_EQ(Routes{"/café"}.get("/caf%C3%A9"), "/café");
  EXPECT_EQ(Routes{"/café"}.get("/caf%c3%a9"), "/café");
  EXPECT_EQ(Routes{"/a b"}.get("/a%20b"), "/a b");
}

TEST(RouteTableEscapes, DecodesLiteralTextBesideParameters) {
  EXPECT_EQ(Routes{"/café/{x}/y"}.get("/caf%C3%A9/1/%79"), "/café/{x}/y x=1");
}

TEST(RouteTableEscapes, DecodesTextAroundAParameter) {
  EXPECT_EQ(Routes{"/{n}.json"}.get("/a%2Ejs%6Fn"), "/{n}.json n=a");
  EXPECT_EQ(Routes{"/v{n:int}"}.get("/%761"), "/v{n:int} n=1");
}

TEST(RouteTableEscapes, KeepsAnEscapedSlashInItsSegment) {
  EXPECT_EQ(Routes{"/a/b"}.get("/a%2Fb"), "404");
  EXPECT_EQ(Routes{"/{x}"}.get("/a%2Fb"), "/{x} x=a/b");
  EXPECT_EQ(Routes{"/items/"}.get("/items%2F"), "404");
  EXPECT_EQ(Routes{"/a"}.get("%2Fa"), "404");
}

TEST(RouteTableEscapes, DecodesParameters) {
  EXPECT_EQ(Routes{"/{x}/{y}"}.get("/a%20b/%C3%A9"), "/{x}/{y} x=a b y=é");
  EXPECT_EQ(Routes{"/{n:int}"}.get("/%31%32"), "/{n:int} n=12");
  EXPECT_EQ(Routes{"/{p:path}"}.get("/a/b%2Fc"), "/{p:path} p=a/b/c");
}

TEST(RouteTableEscapes, LeavesThePlusSign) { EXPECT_EQ(Routes{"/{x}"}.get("/a+b"), "/{x} x=a+b"); }

TEST(RouteTableEscapes, DecodesOnceOnly) {
  EXPECT_EQ(Routes{"/{x}"}.get("/%2541"), "/{x} x=%41");
  EXPECT_EQ(Routes{"/A"}.get("/%2541"), "404");
}

TEST(RouteTableEscapes, LeavesABrokenEscape) {
  EXPECT_EQ(Routes{"/100%"}.get("/100%"), "/100%");
  EXPECT_EQ(Routes{"/100%"}.get("/100%25"), "/100%");
  EXPECT_EQ(Routes{"/{x}"}.get("/%4"), "/{x} x=%4");
}

TEST(RouteTableEscapes, FindsNothingForASegmentLongerThanAnyLiteral) {
  EXPECT_EQ(Routes{"/a/b"}.get("/" + std::string(300, 'a') + "%61/b"), "404");
}

TEST(RouteTableEscapes, FindsTheLongestLiteralWrittenInEscapes) {
  const std::string longest = "/" + std::string(255, 'a');
  std::string raw = "/";
  for (int i = 0; i < 255; ++i) raw += "%61";
  EXPECT_EQ(Routes{longest}.get(raw), longest);
}

TEST(RouteTableMethods, TellsMethodsOfOnePathApart) {
  Routes routes;
  routes.add({http::Method::get}, "/a").add({http::Method::post, http::Method::put}, "/a/");
  routes.add({http::Method::post}, "/a");
  EXPECT_EQ(routes.find(http::Method::get, "/a"), "/a#0");
  EXPECT_EQ(routes.find(http::Method::post, "/a"), "/a#2");
  EXPECT_EQ(routes.find(http::Method::put, "/a/"), "/a/#1");
}

TEST(RouteTableMethods, UsesTheNamesOfTheRouteThatTakesTheMethod) {
  Routes routes;
  routes.add({http::Method::get}, "/a/{x}").add({http::Method::put}, "/a/{y}");
  EXPECT_EQ(routes.find(http::Method::put, "/a/1"), "/a/{y}#1 y=1");
  EXPECT_EQ(routes.find(http::Method::get, "/a/1"), "/a/{x}#0 x=1");
}

TEST(RouteTableMethods, GoesToTheNextPatternForAMissingMethod) {
  Routes routes;
  routes.add({http::Method::get}, "/users/me").add({http::Method::put}, "/users/{id}");
  EXPECT_EQ(routes.find(http::Method::put, "/users/me"), "/users/{id}#1 id=me");
  EXPECT_EQ(routes.find(http::Method::get, "/users/me"), "/users/me#0");
}

TEST(RouteTableMethods, AllowsTheMethodsOfOneRoute) {
  Routes routes;
  routes.add({http::Method::get, http::Method::head}, "/a");
  EXPECT_EQ(routes.find(http::Method::post, "/a"), "405 GET, HEAD");
}

TEST(RouteTableMethods, AllowsTheMethodsOfAllRegistrationsOfAPath) {
  Routes routes;
  routes.add({http::Method::get}, "/a").add({http::Method::post}, "/a");
  EXPECT_EQ(routes.find(http::Method::delete_, "/a"), "405 GET, POST");
}

TEST(RouteTableMethods, AllowsTheMethodsOfAllPatternsThatMatch) {
  Routes routes;
  routes.add({http::Method::get}, "/u/1").add({http::Method::put}, "/u/{n:int}").add({http::Method::patch}, "/u/{id}");
  routes.add({http::Method::delete_}, "/{p:path}").add({http::Method::post}, "/u/{x:uuid}");
  EXPECT_EQ(routes.find(http::Method::trace, "/u/1"), "405 GET, PUT, DELETE, PATCH");
}

TEST(RouteTableMethods, AllowsWithoutParameters) {
  Routes routes;
  routes.add({http::Method::get}, "/{x}");
  EXPECT_EQ(routes.find(http::Method::put, "/1"), "405 GET");
}

TEST(RouteTableMethods, AnswersAnUnknownMethodByWhatIsAllowed) {
  Routes routes;
  routes.add({http::Method::get}, "/a");
  EXPECT_EQ(routes.find(http::Method::unknown, "/a"), "405 GET");
  EXPECT_EQ(routes.find(http::Method::unknown, "/b"), "404");
}

TEST(RouteTableMethods, AddsNoHeadToGet) {
  Routes routes;
  routes.add({http::Method::get}, "/a");
  EXPECT_EQ(routes.find(http::Method::head, "/a"), "405 GET");
}

TEST(RouteTableMethods, KnowsAllMethods) {
  Routes routes;
  EXPECT_TRUE(routes.table().all_methods().empty());
  routes.add({http::Method::get}, "/a").add({http::Method::put, http::Method::delete_}, "/b");
  EXPECT_EQ(routes.table().all_methods(),
            (http::MethodSet{http::Method::get, http::Method::put, http::Method::delete_}));
}

TEST(RouteTableMatchesAny, TakesEveryMethod) {
  Routes routes;
  routes.add({http::Method::post}, "/a").add({http::Method::put}, "/b/{x:int}");
  EXPECT_TRUE(routes.table().matches_any("/a"));
  EXPECT_TRUE(routes.table().matches_any("/b/1"));
  EXPECT_FALSE(routes.table().matches_any("/b/x"));
  EXPECT_FALSE(routes.table().matches_any("/a/"));
  EXPECT_FALSE(routes.table().matches_any(""));
}

}  // namespace serval::table_test
