// SPDX-License-Identifier: MIT
// Which paths a mount takes.
#include <serval/routing/table.hpp>

#include "table_fixture.hpp"

#include <gtest/gtest.h>

namespace serval::table_mount_test {

TEST(RouteMount, TakesItsPrefixAndWhatIsUnderIt) {
  Routes routes;
  routes.mount("/static");
  EXPECT_EQ(routes.get("/static"), "mount /static rest=");
  EXPECT_EQ(routes.get("/static/"), "mount /static rest=/");
  EXPECT_EQ(routes.get("/static/a/b"), "mount /static rest=/a/b");
}

TEST(RouteMount, LeavesALongerSegmentAlone) {
  Routes routes;
  routes.mount("/static");
  EXPECT_EQ(routes.get("/statics"), "404");
  EXPECT_EQ(routes.get("/stati"), "404");
  EXPECT_EQ(routes.get("//static"), "404");
}

TEST(RouteMount, IgnoresASlashAtTheEndOfThePrefix) {
  Routes routes;
  routes.mount("/static/");
  EXPECT_EQ(routes.get("/static"), "mount /static/ rest=");
  EXPECT_EQ(routes.get("/static/a"), "mount /static/ rest=/a");
}

TEST(RouteMount, TakesEveryMethod) {
  Routes routes;
  routes.mount("/m");
  EXPECT_EQ(routes.find(http::Method::delete_, "/m/a"), "mount /m#0 rest=/a");
  EXPECT_EQ(routes.find(http::Method::unknown, "/m/a"), "mount /m#0 rest=/a");
}

TEST(RouteMount, TakesEveryPathAtTheRoot) {
  Routes routes;
  routes.mount("/");
  EXPECT_EQ(routes.get("/"), "mount / rest=/");
  EXPECT_EQ(routes.get("/a/b"), "mount / rest=/a/b");
  EXPECT_EQ(routes.get("*"), "404");
  EXPECT_EQ(routes.get(""), "404");
}

TEST(RouteMount, LosesToARoute) {
  Routes routes;
  routes.mount("/m").add({http::Method::get}, "/m/a").add({http::Method::get}, "/m/{x}/{p:path}");
  EXPECT_EQ(routes.get("/m/a"), "/m/a");
  EXPECT_EQ(routes.get("/m/x/y"), "/m/{x}/{p:path} x=x p=y");
  EXPECT_EQ(routes.get("/m/b"), "mount /m rest=/b");
}

TEST(RouteMount, TakesTheMethodsThatARouteLacks) {
  Routes routes;
  routes.mount("/m").add({http::Method::get}, "/m/a");
  EXPECT_EQ(routes.find(http::Method::post, "/m/a"), "mount /m#0 rest=/a");
}

TEST(RouteMount, IsFoundByItselfBesideARouteOfTheSamePath) {
  Routes routes;
  routes.mount("/m").add({http::Method::get}, "/m/a");
  const routing::RouteMatch match = routes.table().find_mount("/m/a");
  EXPECT_EQ(match.outcome, routing::RouteMatch::Outcome::found);
  EXPECT_EQ(match.id, 0U);
  EXPECT_EQ(match.rest, "/a");
  EXPECT_EQ(routes.table().find_mount("/other").outcome, routing::RouteMatch::Outcome::not_found);
}

TEST(RouteMount, LongestPrefixWinsInAnyOrder) {
  Routes down;
  down.mount("/a/b").mount("/a").mount("/");
  Routes up;
  up.mount("/").mount("/a").mount("/a/b");
  for (const Routes* routes : {&down, &up}) {
    EXPECT_EQ(routes->get("/a/b/c"), "mount /a/b rest=/c");
    EXPECT_EQ(routes->get("/a/bc"), "mount /a rest=/bc");
    EXPECT_EQ(routes->get("/b"), "mount / rest=/b");
  }
}

TEST(RouteMount, DecodesThePrefixButNoSlash) {
  Routes routes;
  routes.mount("/a/café");
  EXPECT_EQ(routes.get("/%61/caf%C3%A9/x%20y"), "mount /a/café rest=/x%20y");
  EXPECT_EQ(routes.get("/a%2Fcaf%C3%A9"), "404");
  EXPECT_EQ(routes.get("/a/caf%C3%A9%2Fx"), "404");
}

TEST(RouteMount, GivesNoParameters) {
  Routes routes;
  routes.mount("/m").add({http::Method::get}, "/m/{x}/y");
  http::PathParams params;
  EXPECT_EQ(routes.table().find(http::Method::get, "/m/1/z", params).outcome, routing::RouteMatch::Outcome::found);
  EXPECT_EQ(params.size(), 0U);
}

TEST(RouteMount, CountsForMatchesAny) {
  Routes routes;
  routes.mount("/m");
  EXPECT_TRUE(routes.table().matches_any("/m/x"));
  EXPECT_FALSE(routes.table().matches_any("/n"));
}

TEST(RouteMount, CountsNotForAllMethods) {
  Routes routes;
  routes.mount("/m");
  EXPECT_TRUE(routes.table().all_methods().empty());
}

}  // namespace serval::table_mount_test
