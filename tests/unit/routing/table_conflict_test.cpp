// SPDX-License-Identifier: MIT
// Registrations that the table refuses, and what it says.
#include <serval/routing/table.hpp>

#include <serval/base/error.hpp>

#include "table_fixture.hpp"

#include <gtest/gtest.h>

#include <string>

namespace serval {
namespace {

#define EXPECT_SAYS(message, part) EXPECT_NE((message).find(part), std::string::npos) << "message: " << (message)

/// What the refusal of the second registration says; empty when it was taken.
std::string conflict(MethodSet first_methods, std::string_view first, MethodSet second_methods,
                     std::string_view second) {
  Routes routes;
  routes.add(first_methods, first);
  try {
    routes.add(second_methods, second);
  } catch (const SetupError& error) {
    return error.what();
  }
  return {};
}

std::string conflict(std::string_view first, std::string_view second) {
  return conflict({Method::get}, first, {Method::get}, second);
}

std::string mount_refusal(Routes& routes, std::string_view prefix) {
  try {
    routes.mount(prefix);
  } catch (const SetupError& error) {
    return error.what();
  }
  return {};
}

TEST(RouteConflict, NamesBothPatternsAndBothPlaces) {
  Routes routes;
  const auto first = SourceLocation::current();
  routes.add({Method::get}, "/a/{x}", first);
  const auto second = SourceLocation::current();
  try {
    routes.add({Method::get}, "/a/{y}", second);
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
  EXPECT_NE(conflict("/a/{x}/{y:int}", "/a/{y}/{x:int}"), "");
  EXPECT_NE(conflict("/{p:path}/raw", "/{q:path}/raw"), "");
  EXPECT_NE(conflict("/v{a}.x", "/v{b}.x"), "");
}

TEST(RouteConflict, SpelledOutStrIsPlain) { EXPECT_NE(conflict("/{x}", "/{x:str}"), ""); }

TEST(RouteConflict, NamesOnlyTheMethodsInConflict) {
  const std::string message =
      conflict({Method::get, Method::post, Method::put}, "/a", {Method::put, Method::delete_, Method::get}, "/a");
  EXPECT_SAYS(message, "GET, PUT /a");
}

TEST(RouteConflict, OtherMethodsAreNone) { EXPECT_EQ(conflict({Method::get}, "/a", {Method::post}, "/a"), ""); }

TEST(RouteConflict, OtherConvertersAreNone) {
  EXPECT_EQ(conflict("/{x}", "/{x:int}"), "");
  EXPECT_EQ(conflict("/{x:float}", "/{x:int}"), "");
  EXPECT_EQ(conflict("/{x}", "/{x:path}"), "");
}

TEST(RouteConflict, OtherTextAroundAParameterIsNone) {
  EXPECT_EQ(conflict("/{x}.json", "/{x}"), "");
  EXPECT_EQ(conflict("/a{x}", "/b{x}"), "");
}

TEST(RouteConflict, FinalSlashIsNone) { EXPECT_EQ(conflict("/a", "/a/"), ""); }

TEST(RouteConflict, LiteralBesideParameterIsNone) { EXPECT_EQ(conflict("/a/b", "/a/{x}"), ""); }

TEST(RouteConflict, LeavesTheTableAsItWas) {
  Routes routes;
  routes.add({Method::get}, "/a/{x}");
  EXPECT_THROW(routes.add({Method::get, Method::put}, "/a/{y}"), SetupError);
  EXPECT_EQ(routes.get("/a/1"), "/a/{x} x=1");
  EXPECT_EQ(routes.find(Method::put, "/a/1"), "405 GET");
  EXPECT_EQ(routes.table().all_methods(), MethodSet{Method::get});
}

TEST(RouteRefusal, NoMethod) {
  Routes routes;
  try {
    routes.add({}, "/a");
    FAIL() << "the route was taken";
  } catch (const SetupError& error) {
    EXPECT_SAYS(std::string(error.what()), "/a has no method: name at least one");
  }
}

TEST(RouteRefusal, UnknownMethod) {
  Routes routes;
  EXPECT_THROW(routes.add({Method::get, Method::unknown}, "/a"), SetupError);
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
  EXPECT_EQ(mount_refusal(routes, "/a/b"), "");
}

TEST(MountRefusal, Parameter) {
  Routes routes;
  EXPECT_SAYS(mount_refusal(routes, "/users/{id}"), "the mount /users/{id} has a parameter");
}

TEST(MountRefusal, NoLeadingSlash) {
  Routes routes;
  EXPECT_SAYS(mount_refusal(routes, "static"), "write \"/static\"");
}

}  // namespace
}  // namespace serval
