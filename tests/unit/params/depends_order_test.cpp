// SPDX-License-Identifier: MIT
// Which dependencies are called before the body of a request is read, and what happens to the faults that they find.
#include <serval/params/depends.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <serval/serval.hpp>
#include <serval/stream.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>

namespace serval::depends_order_test {

/// The functions that were called, in order. Only one thread at a time adds events.
std::vector<std::string> events;

using Events = std::vector<std::string>;

class DependenciesBeforeTheBody : public ::testing::Test {
 protected:
  void SetUp() override { events.clear(); }
  /// Returns the functions that a POST with this body calls.
  static Events called_for(const App& app, const std::string& body = R"({"name":"a"})") {
    events.clear();
    static_cast<void>(TestClient(app).post("/", {.body = body, .content_type = "application/json"}));
    return events;
  }
};

struct Item {
  std::string name;
};

int of_head(Header<int, "x-number", default_to(0)> number) {
  events.emplace_back("of_head");
  return number;
}
Task<int> of_head_later(Depends<of_head> number) {
  events.emplace_back("of_head_later");
  co_return number;
}
int of_body(Item item) {
  events.emplace_back("of_body");
  return static_cast<int>(item.name.size());
}
int of_of_body(Depends<of_body> size) {
  events.emplace_back("of_of_body");
  return size;
}
int of_request(const Request& request) {
  events.emplace_back("of_request");
  return static_cast<int>(request.body().size());
}

TEST_F(DependenciesBeforeTheBody, AreThoseThatNeedNothingOfIt) {
  App app;
  app.post("/")([](Depends<of_of_body>, Depends<of_request> bytes, Depends<of_head_later>) { return *bytes; });
  EXPECT_EQ(called_for(app), (Events{"of_head", "of_head_later", "of_body", "of_of_body", "of_request"}));
  EXPECT_EQ(TestClient(app).post("/", {.json = Item{"abc"}}).body, "14");
}

TEST_F(DependenciesBeforeTheBody, AreCalledInTheSameOrderWhereThereIsNoBody) {
  App app;
  app.get("/")([](Depends<of_request>, Depends<of_head>) { return 1; });
  TestClient(app).get("/");
  EXPECT_EQ(events, (Events{"of_head", "of_request"}));
}

TEST_F(DependenciesBeforeTheBody, AreCalledWhereTheBodyCannotBeRead) {
  App app;
  app.post("/")([](Item, Depends<of_head>, Depends<of_body>) { return 1; });
  EXPECT_EQ(called_for(app, "{"), Events{"of_head"});
}

TEST_F(DependenciesBeforeTheBody, WaitForItWhereTheySaySo) {
  App app;
  app.post("/")([](Depends<of_head, after_body>, Depends<of_body>) { return 1; });
  EXPECT_EQ(called_for(app), (Events{"of_head", "of_body"}));
  EXPECT_EQ(called_for(app, "{"), Events{});
}

int guard(Depends<of_head> number) {
  events.emplace_back("guard");
  if (number == 13) throw HttpError(401, "bad luck");
  return number;
}

TEST_F(DependenciesBeforeTheBody, AreCalledEarlyWhereOneUserOfTheValueAsksForThat) {
  App app;
  app.post("/", {.dependencies = {depends<guard>}})([](Item, Depends<of_head, after_body>) { return 1; });
  EXPECT_EQ(called_for(app, "{"), (Events{"of_head", "guard"}));
  App other;
  other.post("/")([](Item, Depends<of_head, after_body>, Depends<guard>) { return 1; });
  EXPECT_EQ(called_for(other, "{"), (Events{"of_head", "guard"}));
}

TEST_F(DependenciesBeforeTheBody, EndTheRequestWithoutTheRest) {
  App app;
  app.post("/")([](Depends<of_body>, Depends<guard>) { return 1; });
  const auto answer = TestClient(app).post("/", {.headers = {{"x-number", "13"}}, .json = Item{"a"}});
  EXPECT_EQ(answer.status, 401);
  EXPECT_EQ(answer.body, R"({"detail":"bad luck"})");
  EXPECT_EQ(events, (Events{"of_head", "guard"}));
}

TEST_F(DependenciesBeforeTheBody, EndTheRequestAheadOfABodyThatIsTooLarge) {
  App app;
  app.post("/", {.max_body_bytes = 4})([](Depends<guard>, Item) { return 1; });
  TestClient client{app};
  const auto send = [&](const char* number) {
    return client
        .post("/", {.headers = {{"x-number", number}},
                    .body_chunks = {R"({"na)", R"(me":"a"})"},
                    .content_type = "application/json"})
        .status;
  };
  EXPECT_EQ(send("13"), 401);
  EXPECT_EQ(send("7"), 413);
}

int above(Depends<of_head, after_body> number) {
  events.emplace_back("above");
  return number;
}

TEST_F(DependenciesBeforeTheBody, AreTheSameWhateverTheOrderOfDeclaration) {
  App app;
  app.post("/")([](Item, Depends<above>, Depends<of_head>) { return 1; });
  EXPECT_EQ(called_for(app, "{"), (Events{"of_head", "above"}));
  App other;
  other.post("/")([](Item, Depends<of_head>, Depends<above>) { return 1; });
  EXPECT_EQ(called_for(other, "{"), (Events{"of_head", "above"}));
}

int number_of_body(Body<int, "n"> number) { return number; }
int page(Query<int, "page"> number) { return number; }

TEST_F(DependenciesBeforeTheBody, LeaveTheirFaultsWhereTheyWereDeclared) {
  App app;
  app.post("/{id}")(
      [](Path<int, "id">, Depends<number_of_body>, Depends<page>, Depends<number_of_body, no_cache>) { return 1; });
  const auto answer = TestClient(app).post("/x?page=x", {.json = json{{"n", "x"}}});
  EXPECT_EQ(answer.status, 422);
  Events places;
  const json faults = answer.json()["detail"];
  for (const json& fault : faults) places.push_back(fault["loc"].dump());
  EXPECT_EQ(places, (Events{R"(["body","n"])", R"(["query","page"])", R"(["body","n"])", R"(["path","id"])"}));
}

TEST_F(DependenciesBeforeTheBody, AreTheSameOnThePool) {
  App app;
  app.post("/", {.blocking = true})(
      [](Depends<of_of_body>, Depends<of_request>, Depends<of_head_later>, Item item) { return item.name; });
  EXPECT_EQ(called_for(app), (Events{"of_head", "of_head_later", "of_body", "of_of_body", "of_request"}));
  App refusing;
  refusing.post("/", {.blocking = true})([](Depends<of_body>, Depends<guard>) { return 1; });
  const auto answer = TestClient(refusing).post("/", {.headers = {{"x-number", "13"}}, .json = Item{"a"}});
  EXPECT_EQ(answer.status, 401);
}

TEST_F(DependenciesBeforeTheBody, AreCalledOfAMountedApplicationToo) {
  App inner;
  inner.post("/")([](Depends<guard>, Item) { return 1; });
  App app;
  app.mount("/inner", inner);
  const auto answer = TestClient(app).post("/inner/", {.headers = {{"x-number", "13"}}, .body = "{"});
  EXPECT_EQ(answer.status, 401);
}

struct Told {
  void on_exception(const std::exception_ptr& thrown) {
    try {
      std::rethrow_exception(thrown);
    } catch (const HttpError& error) {
      events.push_back("told " + std::to_string(error.status()));
    }
  }
  Told() = default;
  Told(const Told&) = delete;
  Told& operator=(const Told&) = delete;
  ~Told() { events.emplace_back("ended"); }
};
Told told() { return {}; }

TEST_F(DependenciesBeforeTheBody, LearnThatTheBodyWasRefused) {
  App app;
  app.post("/", {.max_body_bytes = 4})([](Depends<told, until_answer>, Item) { return 1; });
  const auto answer = TestClient(app).post("/", {.body_chunks = {R"({"na)", R"(me":"a"})"}});
  EXPECT_EQ(answer.status, 413);
  EXPECT_EQ(events, (Events{"told 413", "ended"}));
}

Task<void> echo(Depends<guard>, Depends<of_body>, Item item, StreamWriter& out) { co_await out.write(item.name); }

TEST_F(DependenciesBeforeTheBody, AreCalledBeforeAnAnswerInParts) {
  App app;
  app.post<echo>("/");
  TestClient client{app};
  TestStream refused = client.stream("/", {.headers = {{"x-number", "13"}}, .json = Item{"a"}}, "POST");
  EXPECT_EQ(refused.response().status, 401);
  TestStream answered = client.stream("/", {.json = Item{"abc"}}, "POST");
  EXPECT_EQ(answered.next(), "abc");
}

}  // namespace serval::depends_order_test
