// SPDX-License-Identifier: MIT
// Which route a request goes to, and what the response is if no route takes it.
#include "app/app_state.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include <serval/serval.hpp>
#include <serval/testing.hpp>

namespace serval::dispatch_test {

using namespace std::chrono_literals;
using ::testing::EndsWith;

const TestRequest stay{.follow_redirects = false};

int one() { return 1; }

TEST(Dispatch, LiteralBeatsParameterWhateverTheOrder) {
  App app;
  app.get("/users/{id}")([](Path<std::string, "id"> id) { return "user " + id; });
  app.get("/users/me")([] { return "me"; });
  TestClient client{app};
  EXPECT_EQ(client.get("/users/me").body, R"("me")");
  EXPECT_EQ(client.get("/users/you").body, R"("user you")");
}

TEST(Dispatch, AnswersAnUnknownPath404) {
  App app;
  app.get("/x")(one);
  const auto answer = TestClient(app).get("/y");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.header("content-type"), "application/json");
  EXPECT_EQ(answer.body, R"({"detail":"Not Found"})");
}

TEST(Dispatch, AnswersAnotherMethod405WithAllThatThePathHas) {
  App app;
  app.get("/x")(one);
  app.post("/x")(one);
  const auto answer = TestClient(app).delete_("/x");
  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(answer.body, R"({"detail":"Method Not Allowed"})");
  EXPECT_EQ(answer.header("allow"), "GET, HEAD, POST, OPTIONS");
}

TEST(Dispatch, ListsOnlyWhatIsAnsweredInAllow) {
  App app({.auto_head = false, .auto_options = false});
  app.get("/x")(one);
  EXPECT_EQ(TestClient(app).delete_("/x").header("allow"), "GET");
}

TEST(Dispatch, AnswersAMethodThatNoServerKnows501) {
  App app;
  app.get("/x")(one);
  EXPECT_EQ(TestClient(app).request("BREW", "/x").status, 501);
  EXPECT_EQ(TestClient(app).request("get", "/x").status, 501);
}

TEST(Dispatch, AnswersHeadAsGetWithoutBody) {
  App app;
  app.get("/x")([] { return "text"; });
  const auto answer = TestClient(app).head("/x");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(answer.header("content-length"), "6");
  EXPECT_EQ(answer.header("content-type"), "application/json");
}

TEST(Dispatch, PrefersARouteForHead) {
  App app;
  app.get("/x")([] { return "text"; });
  app.head("/x")([] { return plain_text("longer text"); });
  EXPECT_EQ(TestClient(app).head("/x").header("content-length"), "11");
}

TEST(Dispatch, AnswersHead405WhereThatIsSwitchedOff) {
  App app({.auto_head = false});
  app.get("/x")(one);
  const auto answer = TestClient(app).head("/x");
  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(answer.header("content-length"), "31");
}

TEST(Dispatch, SendsHeadToTheRouteForGetRatherThanToAMountAroundIt) {
  App app;
  app.get("/a/x")([] { return "route"; });
  app.mount("/a", [](Request&) { return plain_text("mount"); });
  EXPECT_EQ(TestClient(app).head("/a/x").header("content-type"), "application/json");
}

TEST(Dispatch, AnswersOptionsWithTheMethodsOfThePath) {
  App app;
  app.put("/x")(one);
  const auto answer = TestClient(app).options("/x");
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.header("allow"), "PUT, OPTIONS");
  EXPECT_EQ(TestClient(app).options("/y").status, 404);
}

TEST(Dispatch, AnswersOptions405WhereThatIsSwitchedOff) {
  App app({.auto_options = false});
  app.put("/x")(one);
  EXPECT_EQ(TestClient(app).options("/x").status, 405);
}

TEST(Dispatch, AnswersOptionsOfTheServerWithAllMethods) {
  App app;
  app.get("/x")(one);
  app.patch("/y")(one);
  const auto answer = TestClient(app).options("*");
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.header("allow"), "GET, HEAD, OPTIONS, PATCH");
  EXPECT_EQ(TestClient(app).get("*").status, 400);
}

TEST(SlashRedirect, LeadsToTheOtherFormOfThePath) {
  App app;
  app.get("/items/")(one);
  app.post("/users")(one);
  TestClient client{app};
  const auto added = client.get("/items?x=1&y=%20", stay);
  EXPECT_EQ(added.status, 307);
  EXPECT_EQ(added.header("location"), "http://testserver/items/?x=1&y=%20");
  EXPECT_EQ(added.body, "");
  EXPECT_FALSE(added.header("content-type"));
  EXPECT_EQ(client.post("/users/", stay).header("location"), "http://testserver/users");
}

TEST(SlashRedirect, IsMadeWhateverTheMethod) {
  App app;
  app.get("/items/")(one);
  EXPECT_EQ(TestClient(app).delete_("/items", stay).status, 307);
}

TEST(SlashRedirect, KeepsMethodAndBodyWhenFollowed) {
  App app;
  app.post("/items/")([](json value) { return value; });
  EXPECT_EQ(TestClient(app).post("/items", {.json = json{{"a", 1}}}).body, R"({"a":1})");
}

TEST(SlashRedirect, IsNotMadeWithoutSuchARoute) {
  App app;
  app.get("/")(one);
  app.get("/items")(one);
  TestClient client{app};
  EXPECT_EQ(client.get("/other/", stay).status, 404);
  EXPECT_EQ(client.get("//", stay).status, 307);
}

TEST(SlashRedirect, CanBeSwitchedOff) {
  App app({.redirect_slashes = false});
  app.get("/items/")(one);
  EXPECT_EQ(TestClient(app).get("/items", stay).status, 404);
}

TEST(SlashRedirect, NeverLeadsToAnotherHost) {
  App app;
  app.get("/{p:path}/")([](Path<std::string, "p"> p) { return p; });
  TestClient client{app};
  EXPECT_EQ(client.get("//evil.example", stay).header("location"), "http://testserver//evil.example/");
  for (std::string target : {"//evil.example", "/\\evil.example", "/%5Cevil.example"}) {
    const auto answer = client.get(target, {.headers = {{"host", ""}}, .follow_redirects = false});
    const std::string location(answer.header("location").value_or(""));
    EXPECT_TRUE(location.empty() || (location[0] == '/' && location[1] != '/' && location[1] != '\\')) << location;
  }
}

TEST(RootPath, IsStrippedWhereTheProxyLeftIt) {
  App app({.root_path = "/api/v1"});
  app.get("/app")([](Request& request) { return json{{"path", request.path()}, {"root", request.root_path()}}; });
  TestClient client{app};
  const std::string seen = R"({"path":"/app","root":"/api/v1"})";
  EXPECT_EQ(client.get("/api/v1/app").body, seen);
  EXPECT_EQ(client.get("/app").body, seen);
  EXPECT_EQ(client.get("/api/v12/app").status, 404);
}

TEST(RootPath, IsPartOfTheSlashRedirect) {
  App app({.root_path = "/api"});
  app.get("/items/")(one);
  EXPECT_EQ(TestClient(app).get("/api/items", stay).header("location"), "http://testserver/api/items/");
  EXPECT_EQ(TestClient(app).get("/items", stay).header("location"), "http://testserver/api/items/");
}

/// Answers before a route is found.
struct Early {
  std::optional<Response> before(Request& request) { return plain_text(request.url()); }
};

TEST(RootPath, IsKnownToMiddleware) {
  App app({.root_path = "/api"});
  app.use(Early{});
  EXPECT_EQ(TestClient(app).get("/api/items?q=1").body, "http://testserver/api/items?q=1");
  EXPECT_EQ(TestClient(app).get("/items?q=1").body, "http://testserver/api/items?q=1");
}

TEST(RootPath, MustBeginWithASlashAndNotEndWithIt) {
  EXPECT_THROW(App({.root_path = "api"}), SetupError);
  EXPECT_THROW(App({.root_path = "/api/"}), SetupError);
}

TEST(RootPath, IsRefusedWhereALinkMadeOfItWouldLeadElsewhere) {
  for (const std::string path : {"//evil", "/a//b", "/a?b", "/a#b", "/a b", "/a\r\nb", "/a\tb", "/\\evil", "/"})
    EXPECT_THROW(App({.root_path = path}), SetupError) << path;
}

/// Returns the text of the `SetupError` that `set_up` throws; "nothing" if it throws none.
std::string what_set_up_says(const std::function<void()>& set_up) {
  try {
    set_up();
  } catch (const SetupError& fault) {
    return fault.what();
  }
  return "nothing";
}

TEST(SetupFault, NamesNoPlaceWhereThereIsNone) {
  EXPECT_EQ(
      what_set_up_says([] { App app({.root_path = "/x/"}); }),
      "root_path \"/x/\" must begin with '/', not end with it, and have no \"//\", '\\', '?', '#', blank or control "
      "character in it, for example \"/api\"");
  EXPECT_EQ(what_set_up_says([] { App app({.openapi_url = "x"}); }), "openapi_url \"x\" must begin with '/'");
}

TEST(SetupFault, NamesTheOptionOfTheApplicationThatIsOutOfItsRange) {
  EXPECT_EQ(what_set_up_says([] { App app({.docs_url = "x"}); }), "docs_url \"x\" must begin with '/'");
  EXPECT_EQ(what_set_up_says([] { App app({.redoc_url = "x"}); }), "redoc_url \"x\" must begin with '/'");
  EXPECT_EQ(what_set_up_says([] { App app({.swagger_ui_oauth2_redirect_url = "x"}); }),
            "swagger_ui_oauth2_redirect_url \"x\" must begin with '/'");
  EXPECT_EQ(what_set_up_says([] { App app({.blocking_threads = 4097}); }),
            "blocking_threads is 4097; it must be from 0 to 4096");
}

TEST(SetupFault, NamesTheRouteWhoseDeadlineIsOutOfItsRange) {
  App app;
  const auto says = [&](std::chrono::milliseconds deadline) {
    return what_set_up_says([&] { app.get("/x", {.deadline = deadline})([] { return 1; }); });
  };
  EXPECT_THAT(says(-1ms), EndsWith("GET /x: deadline is -1 ms; it must be from 0 to 100 years"));
  EXPECT_THAT(says(std::chrono::milliseconds::max()), EndsWith("it must be from 0 to 100 years"));
  EXPECT_EQ(says(0ms), "nothing");
}

TEST(BodyLimit, IsTheServersUnlessTheRouteHasItsOwn) {
  App app;
  app.post("/default")([](Body<std::string> text) { return text.size(); });
  app.post("/small", {.max_body_bytes = 5})([](Body<std::string> text) { return text.size(); });
  app.post("/any", {.max_body_bytes = 0})([](Body<std::string> text) { return text.size(); });
  TestClient client(app, {.limits = {.max_body_bytes = 10}});
  const auto send = [&](std::string path, std::size_t bytes) {
    return client.post(path, {.body = std::string(bytes, 'x'), .content_type = "text/plain"});
  };
  EXPECT_EQ(send("/default", 10).body, "10");
  EXPECT_EQ(send("/default", 11).status, 413);
  EXPECT_EQ(send("/default", 11).body, R"({"detail":"Request body too large"})");
  EXPECT_EQ(send("/small", 5).body, "5");
  EXPECT_EQ(send("/small", 6).status, 413);
  EXPECT_EQ(send("/any", 5000).body, "5000");
}

TEST(Admission, SkipsTheBodyWhereNoRouteTakesTheRequest) {
  App app;
  app.get("/x")(one);
  TestClient client(app, {.limits = {.max_body_bytes = 1}});
  EXPECT_EQ(client.post("/y", {.body = "long"}).status, 404);
  EXPECT_EQ(client.post("/x", {.body = "long"}).status, 405);
}

}  // namespace serval::dispatch_test
