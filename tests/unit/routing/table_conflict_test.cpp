// SPDX-License-Identifier: MIT
// Registrations that the table refuses, and the text of the errors.
#include <serval/routing/table.hpp>

#include <serval/base/error.hpp>

#include "table_fixture.hpp"
#include "tests/unit/support/setup_error.hpp"

#include <gtest/gtest.h>

#include <string>

namespace serval::table_conflict_test {

#define EXPECT_SAYS(message, part) EXPECT_NE((message).find(part), std::string::npos) << "message: " << (message)

/// Returns the text of the error for the second registration; "no error" if it is accepted.
std::string conflict(http::MethodSet first_methods, std::string_view first, http::MethodSet second_methods,
                     std::string_view second) {
  Routes routes;
  routes.add(first_methods, first);
  return error_of([&] { routes.add(second_methods, second); });
}

std::string conflict(std::string_view first, std::string_view second) {
  return conflict({http::Method::get}, first, {http::Method::get}, second);
}

std::string mount_refusal(Routes& routes, std::string_view prefix) {
  return error_of([&] { routes.mount(prefix); });
}

TEST(RouteConflict, NamesBothPatternsAndBothPlaces) {
  Routes routes;
  const auto first = SourceLocation::current();
  routes.add({http::Method::get}, "/a/{x}", first);
  const auto second = SourceLocation::current();
  try {
    routes.add({http::Method::get}, "/a/{y}", second);
    FAIL() << "the second route was taken";
  } catch (const SetupError& error) {
    const std::string message = error.what();
    EXPECT_TRUE(message.starts_with(to_string(second) + ": ")) << message;
    EXPECT_SAYS(message, "GET /a/{y} matches the same paths as /a/{x}, registered at " + to_string(first));
    EXPECT_SAYS(message, "remove one of them, or change its path or methods");
  }
}

TEST(RouteConflict, SameStaticPath) { EXPECT_SAYS(conflict("/a", "/a"), "GET /a"); }

TEST(RouteConflict, SameShapeUnderOtherNames) {
  EXPECT_NE(conflict("/a/{x}/{y:int}", "/a/{y}/{x:int}"), "no error");
  EXPECT_NE(conflict("/{p:path}/raw", "/{q:path}/raw"), "no error");
  EXPECT_NE(conflict("/v{a}.x", "/v{b}.x"), "no error");
}

TEST(RouteConflict, SpelledOutStrIsPlain) { EXPECT_NE(conflict("/{x}", "/{x:str}"), "no error"); }

TEST(RouteConflict, NamesOnlyTheMethodsInConflict) {
  const std::string message = conflict({http::Method::get, http::Method::post, http::Method::put}, "/a",
                                       {http::Method::put, http::Method::delete_, http::Method::get}, "/a");
  EXPECT_SAYS(message, "GET, PUT /a");
}

TEST(RouteConflict, OtherMethodsAreNone) {
  EXPECT_EQ(conflict({http::Method::get}, "/a", {http::Method::post}, "/a"), "no error");
}

TEST(RouteConflict, OtherConvertersAreNone) {
  EXPECT_EQ(conflict("/{x}", "/{x:int}"), "no error");
  EXPECT_EQ(conflict("/{x:float}", "/{x:int}"), "no error");
  EXPECT_EQ(conflict("/{x}", "/{x:path}"), "no error");
}

TEST(RouteConflict, OtherTextAroundAParameterIsNone) {
  EXPECT_EQ(conflict("/{x}.json", "/{x}"), "no error");
  EXPECT_EQ(conflict("/a{x}", "/b{x}"), "no error");
}

TEST(RouteConflict, FinalSlashIsNone) { EXPECT_EQ(conflict("/a", "/a/"), "no error"); }

TEST(RouteConflict, LiteralBesideParameterIsNone) { EXPECT_EQ(conflict("/a/b", "/a/{x}"), "no error"); }

TEST(RouteConflict, LeavesTheTableAsItWas) {
  Routes routes;
  routes.add({http::Method::get}, "/a/{x}");
  EXPECT_THROW(routes.add({http::Method::get, http::Method::put}, "/a/{y}"), SetupError);
  EXPECT_EQ(routes.get("/a/1"), "/a/{x} x=1");
  EXPECT_EQ(routes.find(http::Method::put, "/a/1"), "405 GET");
  EXPECT_EQ(routes.table().all_methods(), http::MethodSet{http::Method::get});
}

TEST(RouteRefusal, NoMethod) {
  Routes routes;
  EXPECT_SAYS(error_of([&] { routes.add({}, "/a"); }), "/a has no method: name at least one");
}

TEST(RouteRefusal, UnknownMethod) {
  Routes routes;
  EXPECT_THROW(routes.add({http::Method::get, http::Method::unknown}, "/a"), SetupError);
}

TEST(MountConflict, NamesBothPlaces) {
  Routes routes;
  const auto first = SourceLocation::current();
  routes.mount("/static", first);
  const std::string message = mount_refusal(routes, "/static/");
  EXPECT_SAYS(message, "the mount /static is there already, registered at " + to_string(first));
  EXPECT_SAYS(message, "remove one of them, or change its prefix");
}

TEST(MountConflict, EmptyPrefixIsTheRoot) {
  Routes routes;
  routes.mount("/");
  EXPECT_SAYS(mount_refusal(routes, ""), "the mount / is there already");
}

TEST(MountConflict, NestedPrefixIsNone) {
  Routes routes;
  routes.mount("/a").mount("");
  EXPECT_EQ(mount_refusal(routes, "/a/b"), "no error");
}

TEST(MountRefusal, Parameter) {
  Routes routes;
  EXPECT_SAYS(mount_refusal(routes, "/users/{id}"), "the mount /users/{id} has a parameter");
}

TEST(MountRefusal, NoLeadingSlash) {
  Routes routes;
  EXPECT_SAYS(mount_refusal(routes, "static"), "write \"/static\"");
}

}  // namespace serval::table_conflict_test
