// SPDX-License-Identifier: MIT
// The order in which a request passes its middleware.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include <serval/serval.hpp>
#include <serval/testing.hpp>

#include "tests/unit/app/middleware_support.hpp"

namespace serval::middleware_order_test {

using middleware_test::PlainRecorder;
using middleware_test::Recorder;
using ::testing::ElementsAre;

using MiddlewareOrder = middleware_test::MiddlewareOf;

TEST_F(MiddlewareOrder, IsApplicationRouterRouteOnTheWayInAndTheReverseOnTheWayOut) {
  app.use(Recorder{&log, "app"});
  Router router({.middleware = {middleware(Recorder{&log, "router"})}});
  router.get("/", {.middleware = {middleware(Recorder{&log, "route"})}})([&] {
    log.emplace_back("handler");
    return 1;
  });
  app.include(router);
  EXPECT_EQ(get("/").status, 200);
  EXPECT_THAT(log, ElementsAre("app before", "router before", "route before", "app in", "router in", "route in",
                               "app before_handler", "router before_handler", "route before_handler", "handler",
                               "route out", "router out", "app out", "route after", "router after", "app after",
                               "route finished", "router finished", "app finished"));
}

TEST_F(MiddlewareOrder, OfOneStageIsThatOfTheCalls) {
  app.use(PlainRecorder{&log, "first"});
  app.use(PlainRecorder{&log, "second"});
  app.get("/")([] { return 1; });
  get("/");
  EXPECT_THAT(log, ElementsAre("first before", "second before", "second after 200", "first after 200",
                               "second finished 200", "first finished 200"));
}

struct AsCors : PlainRecorder {
  static constexpr Stage stage = Stage::cors;
};
struct AsRequestId : PlainRecorder {
  static constexpr Stage stage = Stage::request_id;
};

TEST_F(MiddlewareOrder, FollowsTheStagesWhateverTheOrderOfTheCalls) {
  app.use(PlainRecorder{&log, "own"});
  app.use(AsCors{{&log, "cors"}});
  app.use(AsRequestId{{&log, "id"}});
  app.get("/")([] { return 1; });
  get("/");
  ASSERT_GE(log.size(), 3U);
  EXPECT_EQ(log[0], "id before");
  EXPECT_EQ(log[1], "cors before");
  EXPECT_EQ(log[2], "own before");
}

TEST_F(MiddlewareOrder, OfAMountIsThatOfTheOuterApplicationFirst) {
  App inner;
  inner.use(PlainRecorder{&log, "inner"});
  inner.get("/x")([] { return 1; });
  app.use(PlainRecorder{&log, "outer"});
  app.mount("/inner", inner);
  EXPECT_EQ(get("/inner/x").status, 200);
  EXPECT_THAT(log, ElementsAre("outer before", "inner before", "inner after 200", "outer after 200",
                               "inner finished 200", "outer finished 200"));
}

TEST_F(MiddlewareOrder, OfARouterHoldsForItsMountsToo) {
  App inner;
  inner.get("/x")([] { return 1; });
  Router router({.prefix = "/v1", .middleware = {middleware(PlainRecorder{&log, "router"})}});
  router.mount("/inner", inner);
  app.include(router);
  EXPECT_EQ(get("/v1/inner/x").status, 200);
  EXPECT_THAT(log, ElementsAre("router before", "router after 200", "router finished 200"));
}

}  // namespace serval::middleware_order_test
