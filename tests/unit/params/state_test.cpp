// SPDX-License-Identifier: MIT
// Objects that the application provides, as arguments of handlers.
#include <serval/params/state.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>

#include <serval/serval.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/setup_error.hpp"

namespace serval::state_test {

using testing::AllOf;
using testing::HasSubstr;

struct Settings {
  std::string name;
};
class Store {
 public:
  explicit Store(int first) : next_(first) {}
  int next() { return next_++; }

 private:
  std::atomic<int> next_;  // makes the class neither copyable nor movable
};
struct Repository {
  virtual ~Repository() = default;
  virtual std::string find() const = 0;
};
struct SqlRepository final : Repository {
  std::string find() const override { return "sql"; }
};

TEST(State, IsTheObjectThatTheApplicationProvides) {
  App app;
  app.provide(Settings{"shop"});
  app.get("/")([](State<Settings> settings) { return settings->name + (*settings).name + settings.get().name; });
  EXPECT_EQ(TestClient(app).get("/").body, R"("shopshopshop")");
}

TEST(State, IsOneObjectForAllRequests) {
  App app;
  Store& store = app.provide(std::make_shared<Store>(5));
  app.get("/a")([](State<Store> s) { return s->next(); });
  app.get("/b")([](const State<Store>& s) -> Task<int> { co_return s->next(); });
  TestClient client{app};
  EXPECT_EQ(client.get("/a").body, "5");
  EXPECT_EQ(client.get("/b").body, "6");
  EXPECT_EQ(store.next(), 7);
}

TEST(State, MayBeProvidedAfterTheRoutes) {
  App app;
  app.get("/")([](State<Settings> settings) { return settings->name; });
  app.provide(Settings{"late"});
  EXPECT_EQ(TestClient(app).get("/").body, R"("late")");
}

TEST(State, MayBeProvidedAsItsBase) {
  App app;
  app.provide<Repository>(std::make_shared<SqlRepository>());
  app.get("/")([](State<Repository> repository) { return repository->find(); });
  EXPECT_EQ(TestClient(app).get("/").body, R"("sql")");
}

TEST(State, IsEachApplicationsOwnForAnIncludedRouter) {
  Router router;
  router.get("/")([](State<Settings> settings) { return settings->name; });
  App first, second;
  first.include(router);
  second.include(router);
  first.provide(Settings{"one"});
  second.provide(Settings{"two"});
  EXPECT_EQ(TestClient(first).get("/").body, R"("one")");
  EXPECT_EQ(TestClient(second).get("/").body, R"("two")");
}

TEST(State, WithoutAProviderIsAnErrorBeforeTheApplicationServes) {
  App app;
  app.get("/items")([](State<Settings>) {});
  EXPECT_THAT(
      error_of([&] { TestClient client{app}; }),
      AllOf(HasSubstr("state_test.cpp:"), HasSubstr("GET /items: the handler takes State<"),
            HasSubstr("Settings>, but the application has none; call app.provide("), HasSubstr("before it serves")));
}

TEST(State, WithoutAProviderInAMountedApplicationIsAnErrorToo) {
  App app, sub;
  sub.get("/items")([](State<Settings>) {});
  app.mount("/sub", sub);
  EXPECT_THAT(error_of([&] { TestClient client{app}; }), HasSubstr("the application has none"));
}

TEST(State, IsProvidedOnce) {
  App app;
  app.provide(Settings{"a"});
  EXPECT_THAT(error_of([&] { app.provide(Settings{"b"}); }),
              AllOf(HasSubstr("Settings was provided at "), HasSubstr("provide one object per type")));
}

TEST(State, MustNotBeNull) {
  App app;
  EXPECT_THAT(error_of([&] { app.provide(std::shared_ptr<Settings>()); }),
              HasSubstr("is null; create the object first"));
}

/// A middleware that arguments of handlers need.
struct Visits {
  static constexpr bool is_provided = true;
  void before(Request&) { ++*count; }
  std::shared_ptr<int> count = std::make_shared<int>(0);
};

TEST(State, IsAMiddlewareThatSaysSo) {
  App app;
  app.get("/")([](State<Visits> visits) { return *visits->count; });
  EXPECT_THAT(error_of([&] { TestClient client{app}; }),
              AllOf(HasSubstr("Visits>, but the application has none; call app.use("),
                    HasSubstr("Visits({...})) before it serves")));
  app.use(Visits{});
  TestClient client{app};
  EXPECT_EQ(client.get("/").body, "1");
  EXPECT_EQ(client.get("/").body, "2");
  EXPECT_THAT(error_of([&] { app.use(Visits{}); }), HasSubstr("; use one in an application"));
}

// --- several objects of one type ----------------------------------------------------------------

TEST(NamedState, IsTheObjectOfThatName) {
  App app;
  app.provide(Settings{"main"});
  app.provide<"primary">(Settings{"first"});
  app.provide<Settings, "replica">(Settings{"second"});
  app.get("/")([](State<Settings> any, State<Settings, "primary"> primary, const State<Settings, "replica">& replica) {
    return any->name + " " + primary->name + " " + replica->name;
  });
  EXPECT_EQ(TestClient(app).get("/").body, R"("main first second")");
}

TEST(NamedState, IsWhatProvideReturns) {
  App app;
  Settings& moved = app.provide<"moved">(Settings{"a"});
  Store& shared = app.provide<"shared">(std::make_shared<Store>(5));
  app.get("/")([](State<Settings, "moved"> settings, State<Store, "shared"> store) {
    return settings->name + std::to_string(store->next());
  });
  EXPECT_EQ(TestClient(app).get("/").body, R"("a5")");
  EXPECT_EQ(moved.name, "a");
  EXPECT_EQ(shared.next(), 6);
}

TEST(NamedState, MayBeProvidedAsItsBase) {
  App app;
  app.provide<Repository, "sql">(std::make_shared<SqlRepository>());
  app.get("/")([](State<Repository, "sql"> repository) { return repository->find(); });
  EXPECT_EQ(TestClient(app).get("/").body, R"("sql")");
}

std::string replica_of(State<Settings, "replica"> settings) { return settings->name; }

TEST(NamedState, IsAnArgumentOfDependencies) {
  App app;
  app.provide<"replica">(Settings{"copy"});
  app.get("/")([](Depends<replica_of> name) { return *name; });
  EXPECT_EQ(TestClient(app).get("/").body, R"("copy")");
}

TEST(NamedState, IsProvidedOnce) {
  App app;
  app.provide<"replica">(Settings{"a"});
  EXPECT_THAT(
      error_of([&] { app.provide<Settings, "replica">(Settings{"b"}); }),
      AllOf(HasSubstr("Settings called \"replica\" was provided at "), HasSubstr("; provide one object per name")));
}

TEST(NamedState, WithoutAProviderNamesThoseThatAreThere) {
  App app;
  app.provide(Settings{"main"});
  app.provide<"primary">(Settings{"first"});
  app.provide<"replica">(Settings{"second"});
  app.get("/items")([](State<Settings, "repilca">) {});
  EXPECT_THAT(
      error_of([&] { TestClient client{app}; }),
      AllOf(HasSubstr("GET /items: the handler takes State<"),
            HasSubstr("Settings, \"repilca\">, but the application has only the one without a name, \"primary\" and "
                      "\"replica\" of that type; call app.provide<\"repilca\">("),
            HasSubstr("Settings, \"repilca\">(...) before it serves")));
}

TEST(NamedState, IsNotTheOneWithoutAName) {
  App app;
  app.provide<"replica">(Settings{"second"});
  app.get("/")([](State<Settings>) {});
  EXPECT_THAT(error_of([&] { TestClient client{app}; }),
              HasSubstr("Settings>, but the application has only \"replica\" of that type; call app.provide("));
}

TEST(NamedState, OfWhichNoneIsThereSaysSo) {
  App app;
  app.get("/")([](Depends<replica_of>) {});
  EXPECT_THAT(error_of([&] { TestClient client{app}; }),
              HasSubstr("Settings, \"replica\">, but the application has none; call app.provide<\"replica\">("));
}

}  // namespace serval::state_test
