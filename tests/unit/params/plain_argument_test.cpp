// SPDX-License-Identifier: MIT
// Own types of arguments that are made from the request alone.
#include <serval/params/argument.hpp>

#include <gtest/gtest.h>

#include <string>

#include <serval/serval.hpp>
#include <serval/testing.hpp>

namespace serval::plain_argument_test {

struct Session {
  std::string user;
};

}  // namespace serval::plain_argument_test

namespace serval {

template <>
struct Argument<plain_argument_test::Session> {
  static plain_argument_test::Session from(Request& request) {
    const auto user = request.header("x-user");
    if (!user) throw HttpError(401, "Not authenticated", {{"www-authenticate", "Bearer"}});
    return {std::string(*user)};
  }
};

}  // namespace serval

namespace serval::plain_argument_test {

TEST(Argument, OfTheUsersOwnIsMadeFromTheRequest) {
  App app;
  app.get("/")([](Session session) { return session.user; });
  TestClient client{app};
  EXPECT_EQ(client.get("/", {.headers = {{"x-user", "ann"}}}).body, R"("ann")");
}

TEST(Argument, OfTheUsersOwnMayRefuseTheRequestBeforeParametersAreJudged) {
  App app;
  app.get("/")([](Query<int, "q">, const Session&) {});
  const auto answer = TestClient(app).get("/");
  EXPECT_EQ(answer.status, 401);
  EXPECT_EQ(answer.header("www-authenticate"), "Bearer");
}

}  // namespace serval::plain_argument_test
