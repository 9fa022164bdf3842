// SPDX-License-Identifier: MIT
// The hooks of middleware directly around a handler: `prepare_handler` and `after_handler`, and `serves`, which tells a
// middleware what it will serve.
#include <boost/asio/post.hpp>
#include <gmock/gmock.h>

#include <stdexcept>
#include <string>
#include <vector>

#include <serval/security.hpp>
#include <serval/stream.hpp>

#include "tests/unit/app/middleware_support.hpp"
#include "tests/unit/support/setup_error.hpp"

namespace serval::middleware_test {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;

/// Waits for its loop in each hook that may wait, if it shall.
struct Guard {
  Log* log;
  std::string name;
  bool waits = false;

  Task<void> note(std::string what) {
    co_await boost::asio::post(co_await boost::asio::this_coro::executor, boost::asio::use_awaitable);
    log->push_back(std::move(what));
  }
  http::Pending prepare_handler(Request&) {
    if (waits) return http::Pending(note(name + " prepare"));
    log->push_back(name + " prepare");
    return {};
  }
  void before_handler(Request&) { log->push_back(name + " before_handler"); }
  http::Pending after_handler(const Request&, Response& response) {
    const std::string text = name + " after_handler " + std::to_string(response.status());
    if (waits) return http::Pending(note(text));
    log->push_back(text);
    return {};
  }
  void after(const Request&, Response&) { log->push_back(name + " after"); }
};

class HandlerHooks : public MiddlewareOf {
 protected:
  Log& log_of(const std::string& path) {
    log.clear();
    static_cast<void>(get(path));
    return log;
  }
};

TEST_F(HandlerHooks, StandBetweenTheDependenciesAndTheHandler) {
  for (const bool waits : {false, true}) {
    App both;
    both.use(Guard{&log, "app", waits});
    both.get("/", {.middleware = {middleware(Guard{&log, "route", waits})}})([this] {
      log.push_back("handler");
      return 1;
    });
    log.clear();
    EXPECT_EQ(TestClient(both).get("/").status, 200);
    EXPECT_THAT(log,
                ElementsAre("app prepare", "route prepare", "app before_handler", "route before_handler", "handler",
                            "route after_handler 200", "app after_handler 200", "route after", "app after"));
  }
}

Log* dependencies = nullptr;
int plain_dependency() { return dependencies->push_back("plain"), 1; }
Task<int> waiting_dependency() {
  co_await boost::asio::post(co_await boost::asio::this_coro::executor, boost::asio::use_awaitable);
  co_return dependencies->push_back("waiting"), 2;
}

TEST_F(HandlerHooks, AreCalledAfterAllDependenciesOfHandlersOfEachKind) {
  dependencies = &log;
  app.use(Guard{&log, "m", true});
  app.get("/plain")([](Depends<plain_dependency> one, Query<int, "n"> n) { return *one + *n; });
  app.get("/waiting")([](Depends<waiting_dependency> two, Depends<plain_dependency>) { return *two; });
  app.get("/later")([](Depends<waiting_dependency> two) -> Task<int> { co_return *two; });
  app.get("/blocking", {.blocking = true})([](Depends<plain_dependency> one) { return *one; });
  EXPECT_THAT(log_of("/plain?n=4"),
              ElementsAre("plain", "m prepare", "m before_handler", "m after_handler 200", "m after"));
  EXPECT_THAT(log_of("/waiting"),
              ElementsAre("waiting", "plain", "m prepare", "m before_handler", "m after_handler 200", "m after"));
  EXPECT_THAT(log_of("/later"),
              ElementsAre("waiting", "m prepare", "m before_handler", "m after_handler 200", "m after"));
  EXPECT_THAT(log_of("/blocking"),
              ElementsAre("plain", "m prepare", "m before_handler", "m after_handler 200", "m after"));
  EXPECT_EQ(get("/plain?n=4").body, "5");
  EXPECT_EQ(get("/waiting").body, "2");
}

struct Note {
  std::string text;
};

TEST_F(HandlerHooks, LeaveTheBodyToTheHandler) {
  dependencies = &log;
  app.use(Guard{&log, "m", true});
  app.post("/note")([](Note note, Depends<plain_dependency>) { return note.text; });
  EXPECT_EQ(TestClient(app).post("/note", {.json = json{{"text", "a"}}}).body, "\"a\"");
}

TEST_F(HandlerHooks, LearnOfArgumentsThatAreInvalidAndOfErrors) {
  app.use(Guard{&log, "m"});
  app.get("/n")([](Query<int, "n"> n) { return *n; });
  app.get("/throws")([]() -> int { throw std::runtime_error("x"); });
  EXPECT_THAT(log_of("/n?n=x"), ElementsAre("m prepare", "m after_handler 422", "m after"));
  EXPECT_THAT(log_of("/throws"), ElementsAre("m prepare", "m before_handler", "m after_handler 500", "m after"));
}

void forbid() { throw HttpError(403); }

TEST_F(HandlerHooks, AreNotCalledForWhatHasNoHandlerOrIsRefusedBefore) {
  dependencies = &log;
  app.use(Guard{&log, "m"});
  app.get("/refused", {.middleware = {middleware(Refuse{})}})([] { return 1; });
  app.get("/forbidden", {.dependencies = {depends<forbid>}})([] { return 1; });
  EXPECT_THAT(log_of("/none"), ElementsAre("m after"));
  EXPECT_THAT(log_of("/refused"), ElementsAre("m after"));
  EXPECT_THAT(log_of("/forbidden"), ElementsAre("m after"));
}

struct Throws {
  bool in_prepare;
  void prepare_handler(Request&) {
    if (in_prepare) throw HttpError(409, "Not now");
  }
  void after_handler(const Request&, Response&) {
    if (!in_prepare) throw std::runtime_error("lost");
  }
};

TEST_F(HandlerHooks, MayThrow) {
  app.get("/before", {.middleware = {middleware(Throws{true})}})([] { return 1; });
  app.get("/after", {.middleware = {middleware(Throws{false})}})([] { return 1; });
  EXPECT_EQ(get("/before").status, 409);
  EXPECT_EQ(get("/after").status, 500);
  EXPECT_THAT(lines.str(), HasSubstr("middleware Throws: after_handler threw"));
}

TEST_F(HandlerHooks, SeeTheHeadOfAStream) {
  app.use(Guard{&log, "m", true});
  app.get("/")([](StreamWriter& writer) -> Task<void> { co_await writer.write("part"); });
  EXPECT_EQ(get("/").body, "part");
  EXPECT_THAT(log, ElementsAre("m prepare", "m before_handler", "m after_handler 200", "m after"));
}

struct Routes {
  static std::string fields(const std::string& word, const std::vector<std::string>& names) {
    return names.empty() ? "" : " " + word + " " + ::testing::PrintToString(names);
  }
  Log* log;
  void after(const Request&, Response&) {}
  void serves(const ServedRoute& route) {
    log->push_back(std::string(route.label) + (route.is_secured ? " secured" : "") +
                   (route.is_web_socket ? " socket" : "") + fields("reads", route.fields) +
                   fields("asks for", route.credential_fields));
  }
};

const HttpBearer bearer;

TEST_F(HandlerHooks, MiddlewareLearnsWhichRoutesItServes) {
  App inner({.openapi_url = ""});
  inner.get("/inner")([](Depends<&bearer>) { return 1; });
  App outer({.openapi_url = ""});
  outer.use(Routes{&log});
  outer.get("/a/{id}")([](Path<int, "id"> id) { return *id; });
  outer.post("/b", {.dependencies = {depends<&bearer>}})([] { return 1; });
  outer.mount("/sub", inner);
  TestClient client(outer);
  EXPECT_THAT(log, ElementsAre("GET /a/{id}", R"(POST /b secured asks for { "authorization" })",
                               R"(GET /inner secured asks for { "authorization" })"));
}

const ApiKeyHeader key({.name = "X-Key"});
const ApiKeyCookie cookie({.name = "key"});
const ApiKeyQuery query({.name = "key"});

int nested(Depends<&key>, Header<std::string, "X-Nested"> field) { return static_cast<int>(field->size()); }

struct SomeHeaders {
  std::string x_one;
  std::string x_two;
};

TEST_F(HandlerHooks, MiddlewareLearnsWhichFieldsARouteReads) {
  App inner({.openapi_url = ""});
  inner.use(Routes{&log});
  inner.get("/{id}")([](Path<int, "id"> id, Header<std::string, "X-B"> b, Header<SomeHeaders>,
                        Cookie<std::string, "c"> c, Depends<nested>) { return *b + *c + std::to_string(*id); });
  inner.post("/", {.dependencies = {depends<&bearer>, depends<&cookie>, depends<&query>}})([] { return 1; });
  TestClient client(inner);
  EXPECT_THAT(log, ElementsAre(R"(GET /{id} secured reads { "cookie", "x-b", "x-nested", "x-one", "x-two" })"
                               R"( asks for { "x-key" })",
                               R"(POST / secured asks for { "authorization", "cookie" })"));
}

struct Describes {
  std::string name;
  void after(const Request&, Response&) {}
  void describe(const ServedRoute& route, json& operation) const {
    operation["x-seen"].push_back(name + ": " + std::string(route.label) + " " + route.methods.to_string());
  }
};

TEST_F(HandlerHooks, MiddlewareMayChangeTheDocument) {
  app.use(Describes{"app"});
  Router items({.prefix = "/items", .middleware = {middleware(Describes{"router"})}});
  items.get("/{id}", {.middleware = {middleware(Describes{"route"})}})([](Path<int, "id"> id) { return *id; });
  items.post("/{id}", {.openapi_extra = {{"x-seen", {"extra"}}}})([](Path<int, "id"> id) { return *id; });
  app.include(items);
  app.get("/hidden", {.include_in_schema = false})([] { return 1; });
  const json item = app.openapi()["paths"]["/items/{id}"];
  EXPECT_EQ(item["get"]["x-seen"],
            json({"app: GET /items/{id} GET", "router: GET /items/{id} GET", "route: GET /items/{id} GET"}));
  EXPECT_EQ(item["post"]["x-seen"], json({"app: POST /items/{id} POST", "router: POST /items/{id} POST", "extra"}));
}

TEST_F(HandlerHooks, MiddlewareMayRefuseARoute) {
  struct Picky {
    void after(const Request&, Response&) {}
    void serves(const ServedRoute& route) { throw SetupError(std::string(route.label) + ": no", route.where); }
  };
  app.get("/a", {.middleware = {middleware(Picky{})}})([] { return 1; });
  EXPECT_THAT(error_of([&] { TestClient client(app); }), EndsWith("GET /a: no"));
}

}  // namespace serval::middleware_test
