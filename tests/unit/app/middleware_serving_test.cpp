// SPDX-License-Identifier: MIT
// `serving` of middleware, which is told of the hosts.
#include <serval/handler/host.hpp>
#include <serval/handler/make_middleware.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <vector>

#include <serval/serval.hpp>
#include <serval/testing.hpp>

namespace serval::middleware_serving_test {

/// Counts the hosts that it is told of.
struct HostCounter {
  std::vector<std::weak_ptr<http::Host>>* hosts;

  void serving(const std::shared_ptr<http::Host>& host) { hosts->push_back(host); }
  void before(Request&) {}
};

struct MiddlewareServing : ::testing::Test {
  App app;
};

TEST_F(MiddlewareServing, IsCalledOnceForEachHostBeforeItServes) {
  std::vector<std::weak_ptr<http::Host>> hosts;
  App inner;
  inner.use(HostCounter{&hosts});
  const routing::Middleware of_routes = middleware(HostCounter{&hosts});
  app.use(HostCounter{&hosts});
  app.get("/a", {.middleware = {of_routes}})([] { return 1; });
  app.get("/b", {.middleware = {of_routes}})([] { return 1; });
  app.mount("/inner", inner);
  {
    const TestClient first(app);
    EXPECT_EQ(hosts.size(), 3U);
    EXPECT_FALSE(hosts.front().expired());
    const TestClient second(app);
    EXPECT_EQ(hosts.size(), 6U);
  }
  for (const auto& host : hosts) EXPECT_TRUE(host.expired());
}

struct FailsToServe {
  void serving(const std::shared_ptr<http::Host>&) { throw std::runtime_error("not today"); }
  void before(Request&) {}
};

TEST_F(MiddlewareServing, EndsTheStartWithItsException) {
  app.use(FailsToServe{});
  EXPECT_THROW(TestClient{app}, std::runtime_error);
}

}  // namespace serval::middleware_serving_test
