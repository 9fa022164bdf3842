// SPDX-License-Identifier: MIT
// What dependencies provide, and when they are called.
#include <serval/params/depends.hpp>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <serval/serval.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>

namespace serval::depends_test {

/// What happened, in order. Only one thread at a time calls the functions below.
std::vector<std::string> events;

class DependsOn : public ::testing::Test {
 protected:
  void SetUp() override { events.clear(); }
};

struct Commons {
  std::optional<std::string> q;
  int skip = 0;
  int limit = 100;
};

Commons commons(Query<std::optional<std::string>, "q"> q, Query<int, "skip", default_to(0)> skip,
                Query<int, "limit", ge(1), default_to(100)> limit) {
  return {q, skip, limit};
}

struct User {
  std::string name;
};

int token(Header<int, "x-token"> value) {
  events.emplace_back("token");
  return value;
}
User user(Depends<token> number) {
  events.emplace_back("user");
  if (number == 13) throw HttpError(401, "bad luck");
  return {"user " + std::to_string(number)};
}
std::string greeting(Depends<user> who, Depends<token> number) {
  events.emplace_back("greeting");
  return "hello " + who->name + "/" + std::to_string(number);
}

TEST_F(DependsOn, AFunctionWhoseParametersAreReadFromTheRequest) {
  App app;
  app.get("/")([](Depends<commons> found) { return *found; });
  TestClient client{app};
  EXPECT_EQ(client.get("/?q=a&limit=5").body, R"({"q":"a","skip":0,"limit":5})");
}

TEST_F(DependsOn, AFunctionThatDependsOnOthersEachCalledOnce) {
  App app;
  app.get("/")([](Depends<greeting> text) { return text; });
  const auto answer = TestClient(app).get("/", {.headers = {{"x-token", "7"}}});
  EXPECT_EQ(answer.body, R"("hello user 7/7")");
  EXPECT_EQ(events, (std::vector<std::string>{"token", "user", "greeting"}));
}

TEST_F(DependsOn, ReportsFaultsBesideThoseOfTheHandlerAndIsNotCalledThen) {
  App app;
  app.get("/{id}")([](Path<int, "id">, Depends<greeting>, Depends<commons>) { return 1; });
  const auto answer = TestClient(app).get("/x?limit=0", {.headers = {{"x-token", "y"}}});
  EXPECT_EQ(answer.status, 422);
  const json faults = answer.json()["detail"];
  ASSERT_EQ(faults.size(), 3U);
  EXPECT_EQ(faults[0]["loc"], (json{"header", "x-token"}));
  EXPECT_EQ(faults[1]["loc"], (json{"query", "limit"}));
  EXPECT_EQ(faults[2]["loc"], (json{"path", "id"}));
  EXPECT_TRUE(events.empty());
}

TEST_F(DependsOn, EndsTheRequestByAnHttpErrorBeforeFaultsAreAnswered) {
  App app;
  app.get("/")([](Depends<user>, Query<int, "n">) { return 1; });
  const auto answer = TestClient(app).get("/?n=x", {.headers = {{"x-token", "13"}}});
  EXPECT_EQ(answer.status, 401);
  EXPECT_EQ(answer.body, R"({"detail":"bad luck"})");
}

int counter() {
  events.emplace_back("counter");
  return static_cast<int>(events.size());
}

TEST_F(DependsOn, ASharedValueUnlessToldOtherwise) {
  App app;
  app.get("/")([](Depends<counter> a, Depends<counter> b, Depends<counter, no_cache> c) { return json{a, b, c}; });
  EXPECT_EQ(TestClient(app).get("/").body, "[1,1,2]");
}

TEST_F(DependsOn, PlainFunctionsWithoutACoroutine) {
  App app;
  app.get("/")([](Depends<greeting> text) { return text; });  // `greeting` depends on `user`, and `user` on `token`
  http::Exchange exchange;
  exchange.request.mutable_headers().add("x-token", "7");
  app.admit(exchange);
  EXPECT_FALSE(app.serve(exchange)) << "a task was left behind";
  EXPECT_EQ(exchange.response.body(), R"("hello user 7/7")");
  EXPECT_FALSE(app.finish(exchange, {})) << "a task was left behind";
}

// --- Kinds of functions --------------------------------------------------------------------------

struct ContainsChecker {
  int wanted;
  bool operator()(Query<int, "n"> n) const { return n == wanted; }
};
class NamedChecker {
 public:
  explicit NamedChecker(std::string word) : word_(std::move(word)) {}
  bool operator()(Query<std::string, "q"> q) const { return q.find(word_) != std::string::npos; }

 private:
  std::string word_;
};
const NamedChecker checks_bar("bar");

TEST_F(DependsOn, AFunctionObject) {
  App app;
  app.get("/constant")([](Depends<ContainsChecker{3}> three, Depends<ContainsChecker{4}> four) {
    return json{three, four};
  });
  app.get("/global")([](Depends<&checks_bar> is_there) { return is_there; });
  TestClient client{app};
  EXPECT_EQ(client.get("/constant?n=3").body, "[true,false]");
  EXPECT_EQ(client.get("/global?q=foobar").body, "true");
  EXPECT_EQ(client.get("/global?q=foo").body, "false");
}

void verify(Header<std::string, "x-key"> key) {
  events.emplace_back("verify");
  if (key != "secret") throw HttpError(400, "X-Key header invalid");
}

TEST_F(DependsOn, AFunctionThatReturnsNothing) {
  App app;
  app.get("/")([](Depends<verify>) { return 1; });
  TestClient client{app};
  EXPECT_EQ(client.get("/", {.headers = {{"x-key", "secret"}}}).body, "1");
  EXPECT_EQ(client.get("/", {.headers = {{"x-key", "x"}}}).status, 400);
  EXPECT_EQ(client.get("/").status, 422);
}

Result<User> member(Query<std::string, "name"> name) {
  if (name == "nobody") return HttpError(403, "members only");
  return User{name};
}

TEST_F(DependsOn, AFunctionThatReturnsAResult) {
  App app;
  app.get("/")([](Depends<member> who) { return who->name; });
  TestClient client{app};
  EXPECT_EQ(client.get("/?name=a").body, R"("a")");
  EXPECT_EQ(client.get("/?name=nobody").body, R"({"detail":"members only"})");
}

const User& guest() {
  static const User only{"guest"};
  return only;
}
struct Immovable {
  explicit Immovable(int v) : value(v) {}
  Immovable(const Immovable&) = delete;
  Immovable& operator=(const Immovable&) = delete;
  ~Immovable() = default;
  int value;
};
Immovable immovable() { return Immovable(5); }

TEST_F(DependsOn, AFunctionThatReturnsAReferenceOrWhatCannotBeMoved) {
  App app;
  app.get("/")([](Depends<guest> who, Depends<immovable> five) { return json{who->name, five->value}; });
  EXPECT_EQ(TestClient(app).get("/").body, R"(["guest",5])");
}

struct Item {
  std::string name;
};
std::string item_name(Item item) { return item.name; }
std::string owner_name(Body<Item, "owner"> owner) { return owner.name; }

TEST_F(DependsOn, AFunctionThatTakesTheBody) {
  App app;
  app.post("/same")([](Item item, Depends<item_name> name) { return item.name + *name; });
  app.post("/two")([](Body<Item, "item"> item, Depends<owner_name> name) { return item.name + *name; });
  TestClient client{app};
  EXPECT_EQ(client.post("/same", {.json = json{{"name", "x"}}}).body, R"("xx")");
  EXPECT_EQ(client.post("/two", {.json = json{{"item", {{"name", "a"}}}, {"owner", {{"name", "b"}}}}}).body, R"("ab")");
}

int counter_of_bodies(const Item&) { return counter(); }

TEST_F(DependsOn, NothingThatNeedsTheBodyWhereThatCannotBeRead) {
  App app;
  app.post("/")([](Item, Depends<counter_of_bodies>) { return 1; });
  const auto answer = TestClient(app).post("/", {.body = "{", .content_type = "application/json"});
  EXPECT_EQ(answer.status, 422);
  EXPECT_TRUE(events.empty());
}

struct Settings {
  std::string title = "shop";
};
std::string titled(State<Settings> settings, Request& request, Response& response, BackgroundTasks& background) {
  response.headers().set("x-seen", std::string(request.path()));
  background.add([] { events.emplace_back("background"); });
  return settings->title;
}

TEST_F(DependsOn, AFunctionThatTakesWhatHandlersTake) {
  App app;
  app.provide(Settings{});
  app.get("/a")([](Depends<titled> title) { return title; });
  const auto answer = TestClient(app).get("/a");
  EXPECT_EQ(answer.body, R"("shop")");
  EXPECT_EQ(answer.header("x-seen"), "/a");
  EXPECT_EQ(events, std::vector<std::string>{"background"});
}

// --- Coroutines ----------------------------------------------------------------------------------

Task<void> pause() {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
  timer.expires_after(std::chrono::milliseconds(0));
  co_await timer.async_wait(boost::asio::use_awaitable);
}
Task<int> slow_token(Header<int, "x-token"> value) {
  co_await pause();
  co_return value + 1;
}
std::string from_slow(Depends<slow_token> number) { return "after " + std::to_string(number); }
Task<void> slow_refusal(Depends<slow_token> number) {
  co_await pause();
  if (number > 100) throw HttpError(403);
}

TEST_F(DependsOn, ACoroutineWhateverTheHandlerIs) {
  App app;
  app.get("/sync")([](Depends<from_slow> text, Depends<slow_refusal>) { return text; });
  app.get("/async")([](Depends<from_slow> text) -> Task<std::string> {
    co_await pause();
    co_return *text;
  });
  app.get("/blocking", {.blocking = true})([](Depends<from_slow> text) { return *text; });
  TestClient client{app};
  for (const char* path : {"/sync", "/async", "/blocking"}) {
    EXPECT_EQ(client.get(path, {.headers = {{"x-token", "1"}}}).body, R"("after 2")") << path;
    EXPECT_EQ(client.get(path).status, 422) << path;
  }
  EXPECT_EQ(client.get("/sync", {.headers = {{"x-token", "100"}}}).status, 403);
}

Task<std::thread::id> thread_of_coroutine() { co_return std::this_thread::get_id(); }
std::thread::id thread_of_function(Depends<thread_of_coroutine>) { return std::this_thread::get_id(); }

TEST_F(DependsOn, FunctionsOnThePoolOfABlockingRouteAndCoroutinesOnTheLoop) {
  App app;
  const auto where = [loop = std::this_thread::get_id()](Depends<thread_of_coroutine> coroutine,
                                                         Depends<thread_of_function> function) {
    return json{*coroutine == loop, *function == loop};
  };
  app.get("/blocking", {.blocking = true})(where);
  app.get("/inline")(where);
  TestClient client{app};
  EXPECT_EQ(client.get("/blocking").body, "[true,false]");
  EXPECT_EQ(client.get("/inline").body, "[true,true]");
}

TEST_F(DependsOn, ACoroutineAndABody) {
  App app;
  app.post("/")([](Item item, Depends<slow_token> number, Depends<item_name> name) {
    return json{item.name, number, name};
  });
  TestClient client{app};
  EXPECT_EQ(client.post("/", {.headers = {{"x-token", "1"}}, .json = json{{"name", "n"}}}).body, R"(["n",2,"n"])");
  const auto faulty = client.post("/", {.headers = {{"x-token", "y"}}, .json = json::object()});
  EXPECT_EQ(faulty.json()["detail"].size(), 3U);
}

// --- Where dependencies may be declared ----------------------------------------------------------

void of_app() { events.emplace_back("app"); }
void of_inclusion() { events.emplace_back("inclusion"); }
void of_router() { events.emplace_back("router"); }
void of_route() { events.emplace_back("route"); }
void of_argument() { events.emplace_back("argument"); }

TEST_F(DependsOn, FunctionsInTheOrderOfApplicationInclusionRouterRouteArguments) {
  App app({.dependencies = {depends<of_app>}});
  Router router({.dependencies = {depends<of_router>}});
  router.get("/", {.dependencies = {depends<of_route>}})([](Depends<of_argument>) { events.emplace_back("handler"); });
  app.include(router, {.prefix = "/x", .dependencies = {depends<of_inclusion>}});
  EXPECT_EQ(TestClient(app).get("/x/").status, 200);
  EXPECT_EQ(events, (std::vector<std::string>{"app", "inclusion", "router", "route", "argument", "handler"}));
}

int from_path(Path<int, "id"> id) { return id; }

TEST_F(DependsOn, AFunctionThatTakesThePathsParameterForTheHandler) {
  App app;
  app.get("/{id}")([](Depends<from_path> id) { return id; });
  EXPECT_EQ(TestClient(app).get("/3").body, "3");
  EXPECT_THROW(app.get("/x/{other}")([](Depends<from_path> id) { return id; }), SetupError);
}

TEST_F(DependsOn, AReplacementWhereItIsOverridden) {
  App app;
  app.get("/")([](Depends<greeting> text) { return *text; });
  TestClient client{app};
  app.override_dependency<user>([](Query<std::string, "as"> as) { return User{as}; });
  EXPECT_EQ(client.get("/?as=fake", {.headers = {{"x-token", "7"}}}).body, R"("hello fake/7")");
  EXPECT_EQ(client.get("/", {.headers = {{"x-token", "7"}}}).status, 422);
  app.override_dependency<user>([]() -> Task<User> {
    co_await pause();
    co_return User{"slow"};
  });
  EXPECT_EQ(client.get("/", {.headers = {{"x-token", "7"}}}).body, R"("hello slow/7")");
  EXPECT_THROW(app.override_dependency<user>([](Path<int, "id"> id) { return User{std::to_string(id)}; }), SetupError);
  EXPECT_EQ(client.get("/", {.headers = {{"x-token", "7"}}}).body, R"("hello slow/7")") << "the one before stays";
  app.reset_dependency_overrides();
  EXPECT_EQ(client.get("/", {.headers = {{"x-token", "7"}}}).body, R"("hello user 7/7")");
}

struct Clock {
  int now = 0;
};

TEST_F(DependsOn, AnOverrideWhoseStateNobodyProvides) {
  App app;
  app.get("/")([](Depends<user> user) { return user->name; });
  const auto with_clock = [](State<Clock> clock) { return User{std::to_string(clock->now)}; };
  // Until the application serves, the object may still be provided, so the override is accepted. An override that was
  // reset needs no object.
  app.override_dependency<user>(with_clock);
  EXPECT_THROW(TestClient{app}, SetupError);
  app.reset_dependency_overrides();
  TestClient client{app};
  EXPECT_THROW(app.override_dependency<user>(with_clock), SetupError);
  EXPECT_EQ(client.get("/", {.headers = {{"x-token", "7"}}}).body, R"("user 7")") << "the one before stays";
}

}  // namespace serval::depends_test
