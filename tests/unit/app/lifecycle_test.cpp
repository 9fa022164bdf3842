// SPDX-License-Identifier: MIT
// What an application does before the first request and after the last one.
#include <serval/app/lifecycle.hpp>

#include <boost/asio/post.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <serval/serval.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>

#include "tests/unit/support/log.hpp"
#include "tests/unit/support/setup_error.hpp"

namespace serval::lifecycle_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Steps = std::vector<std::string>;

struct Store {
  int value = 7;
};

/// Records its construction and its destruction.
class Model {
 public:
  Model(Steps& steps, std::string name) : steps_(steps), name_(std::move(name)) { steps_.push_back("make " + name_); }
  explicit Model(Steps* steps) : Model(*steps, "model") {}
  ~Model() { steps_.push_back("end " + name_); }
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  Steps& steps_;
  std::string name_;
};

TEST(OnStart, RunsInOrderBeforeTheFirstRequestAndOnStopInReverse) {
  Steps steps;
  App app;
  app.on_start([&] { steps.push_back("start 1"); });
  app.on_stop([&] { steps.push_back("stop 1"); });
  app.on_start([&] { steps.push_back("start 2"); });
  app.on_stop([&] { steps.push_back("stop 2"); });
  app.get("/")([&] {
    steps.push_back("request");
    return 1;
  });
  {
    TestClient client{app};
    client.get("/");
  }
  EXPECT_THAT(steps, ElementsAre("start 1", "start 2", "request", "stop 2", "stop 1"));
}

Task<void> come_back() {
  co_await boost::asio::post(co_await boost::asio::this_coro::executor, boost::asio::use_awaitable);
}

TEST(OnStart, MayBeACoroutineAndTakeObjectsOfTheApplication) {
  int seen = 0;
  bool is_stopping = true;
  App app;
  app.provide(Store{});
  app.on_start([&](State<Store> store, Stopping stopping) -> Task<void> {
    co_await come_back();
    seen = store->value++;
    is_stopping = stopping.is_requested();
  });
  app.on_stop([&](const State<Store>& store, const Stopping& stopping) -> Task<void> {
    co_await come_back();
    seen = store->value;
    is_stopping = stopping.is_requested();
  });
  std::optional<TestClient> client(std::in_place, app);
  EXPECT_EQ(seen, 7);
  EXPECT_FALSE(is_stopping);
  client.reset();
  EXPECT_EQ(seen, 8);
  EXPECT_TRUE(is_stopping);
}

TEST(OnStart, ThatThrowsStopsWhatWasStartedBefore) {
  Steps steps;
  App app;
  app.lifespan<Model>(&steps);
  app.on_stop([&] { steps.push_back("stop 1"); });
  app.on_start([] { throw std::runtime_error("no database"); });
  app.on_stop([&] { steps.push_back("stop 2"); });
  try {
    TestClient client{app};
    ADD_FAILURE() << "it started";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "no database");
  }
  EXPECT_THAT(steps, ElementsAre("make model", "stop 1", "end model"));
}

Task<void> fail_later() {
  co_await come_back();
  throw std::runtime_error("late");
}

TEST(OnStart, ThatThrowsMayBeACoroutineAndIsTriedAgain) {
  int tries = 0;
  App app;
  app.on_start([&]() -> Task<void> {
    if (++tries == 1) co_await fail_later();
  });
  EXPECT_THROW(TestClient{app}, std::runtime_error);
  EXPECT_NO_THROW(TestClient{app});
  EXPECT_EQ(tries, 2);
}

TEST(OnStart, CannotServeItsOwnApplication) {
  App app;
  app.on_start([&] { TestClient{app}; });
  EXPECT_THAT(error_of([&] { TestClient{app}; }),
              HasSubstr("a start or stop function cannot start a server or test client of its own application"));
}

TEST(OnStart, MayServeAnotherApplication) {
  int starts = 0;
  App other;
  other.on_start([&] { ++starts; });
  App app;
  app.on_start([&] { TestClient{other}; });
  { TestClient client{app}; }
  EXPECT_EQ(starts, 1);
}

TEST(OnStart, IsNotCalledForTheDocument) {
  int starts = 0;
  App app;
  app.on_start([&] { ++starts; });
  static_cast<void>(app.openapi());
  const char* arguments[] = {"program", "--help"};
  ::testing::internal::CaptureStdout();
  EXPECT_EQ(app.run(2, arguments), 0);
  ::testing::internal::GetCapturedStdout();
  EXPECT_EQ(starts, 0);
}

TEST(OnStart, RefusesAStateThatNobodyGives) {
  App app;
  app.on_start([](State<Store>) {});
  EXPECT_THAT(error_of([&] { TestClient{app}; }),
              HasSubstr("on_start: the function takes State<serval::lifecycle_test::Store>, but the application has "
                        "none; call app.provide("));
}

TEST(OnStop, LogsWhatItThrowsAndGoesOn) {
  MemoryLog log;
  int stops = 0;
  App app({.logger = log.logger()});
  app.on_stop([&] { ++stops; });
  app.on_stop([] { throw std::runtime_error("broken"); });
  app.on_stop(&fail_later);
  { TestClient client{app}; }
  EXPECT_EQ(stops, 1);
  EXPECT_THAT(log.text(), HasSubstr("failed: broken\n"));
  EXPECT_THAT(log.text(), HasSubstr("failed: late\n"));
}

TEST(Lifespan, IsMadeInOrderAndEndsInReverseAfterOnStop) {
  Steps steps;
  App app;
  app.get("/")([](State<Model> model) { return model->name(); });
  app.on_start([&] { steps.push_back("start 1"); });
  app.lifespan<Model>(&steps);
  app.on_start([&](State<Model> model) { steps.push_back("start 2 with " + model->name()); });
  app.on_stop([&](State<Model> model) { steps.push_back("stop with " + model->name()); });
  {
    TestClient client{app};
    EXPECT_EQ(client.get("/").body, "\"model\"");
  }
  EXPECT_THAT(steps, ElementsAre("start 1", "make model", "start 2 with model", "stop with model", "end model"));
}

TEST(Lifespan, BeginsAnewWithEachStart) {
  App app;
  app.lifespan<Store>(41);
  app.get("/")([](State<Store> store) { return ++store->value; });
  EXPECT_EQ(TestClient(app).get("/").body, "42");
  EXPECT_EQ(TestClient(app).get("/").body, "42");
}

TEST(Lifespan, IsRefusedBesidesAProvidedObjectOfItsType) {
  App app;
  app.provide(Store{});
  EXPECT_THAT(error_of([&] { app.lifespan<Store>(1); }), HasSubstr("lifecycle_test::Store was provided at "));
}

TEST(Lifespan, IsNotThereForEarlierStartFunctions) {
  App app;
  app.on_start([](State<Store>) {});
  app.lifespan<Store>();
  EXPECT_THAT(error_of([&] { TestClient{app}; }),
              HasSubstr("which does not exist yet when the function runs; call app.lifespan<"));
}

TEST(Lifespan, HasANameWhereThereAreSeveralOfOneType) {
  App app;
  app.lifespan<Store>();
  app.lifespan<Store, "large">(1'000);
  std::vector<int> at_start;
  app.on_start([&](State<Store> store, State<Store, "large"> large) { at_start = {store->value, large->value}; });
  app.get("/")([](State<Store, "large"> store) { return store->value; });
  EXPECT_EQ(TestClient(app).get("/").body, "1000");
  EXPECT_THAT(at_start, ElementsAre(7, 1'000));
}

TEST(Lifespan, OfAnotherNameIsNotWhatAStartFunctionTakes) {
  App app;
  app.lifespan<Store>();
  app.on_start([](State<Store, "large">) {});
  app.lifespan<Store, "large">();
  EXPECT_THAT(error_of([&] { TestClient{app}; }),
              HasSubstr("Store, \"large\">, which does not exist yet when the function runs; call "
                        "app.lifespan<serval::lifecycle_test::Store, \"large\">(...) before app.on_start"));
}

TEST(OnStart, RefusesAStateOfAnotherName) {
  App app;
  app.provide<"small">(Store{});
  app.on_start([](State<Store, "large">) {});
  EXPECT_THAT(error_of([&] { TestClient{app}; }),
              HasSubstr("Store, \"large\">, but the application has only \"small\" of that type; call "));
}

TEST(Lifespan, IsNotThereBeforeTheStart) {
  MemoryLog log;
  App app({.logger = log.logger()});
  app.lifespan<Store>();
  app.get("/")([](State<Store> store) { return store->value; });
  http::Exchange exchange;
  http::RequestHead head;
  head.method = http::Method::get;
  head.method_text = "GET";
  head.target = head.parts.path = "/";
  exchange.request.assign(head);
  app.prepare();
  app.admit(exchange);
  EXPECT_FALSE(app.serve(exchange));
  EXPECT_EQ(exchange.response.status(), 500);
  EXPECT_THAT(log.text(), HasSubstr("is requested before the application has started"));
}

TEST(Lifecycle, StartsWithTheFirstClientAndStopsWithTheLast) {
  Steps steps;
  App app;
  app.on_start([&] { steps.push_back("start"); });
  app.on_stop([&] { steps.push_back("stop"); });
  std::optional<TestClient> first(std::in_place, app), second(std::in_place, app);
  first.reset();
  EXPECT_THAT(steps, ElementsAre("start"));
  second.reset();
  EXPECT_THAT(steps, ElementsAre("start", "stop"));
}

TEST(Lifecycle, OfAMountedApplicationLiesWithinThatOfTheOuterOne) {
  Steps steps;
  App inner;
  inner.on_start([&] { steps.push_back("start inner"); });
  inner.on_stop([&] { steps.push_back("stop inner"); });
  App outer;
  outer.mount("/inner", inner);
  outer.on_start([&] { steps.push_back("start outer"); });
  outer.on_stop([&] { steps.push_back("stop outer"); });
  { TestClient client{outer}; }
  EXPECT_THAT(steps, ElementsAre("start outer", "start inner", "stop inner", "stop outer"));
}

TEST(Lifecycle, OfAMountedApplicationThatCannotStartStopsTheOuterOne) {
  Steps steps;
  App first, second;
  first.on_stop([&] { steps.push_back("stop first"); });
  second.on_start([] { throw std::runtime_error("no"); });
  App outer;
  outer.mount("/1", first);
  outer.mount("/2", second);
  outer.on_stop([&] { steps.push_back("stop outer"); });
  EXPECT_THROW(TestClient{outer}, std::runtime_error);
  EXPECT_THAT(steps, ElementsAre("stop first", "stop outer"));
}

TEST(Lifecycle, OfAnApplicationThatIsMountedTwiceIsOne) {
  Steps steps;
  App inner, outer;
  inner.on_start([&] { steps.push_back("start"); });
  inner.on_stop([&] { steps.push_back("stop"); });
  outer.mount("/1", inner);
  outer.mount("/2", inner);
  { TestClient client{outer}; }
  EXPECT_THAT(steps, ElementsAre("start", "stop"));
}

}  // namespace serval::lifecycle_test
