// SPDX-License-Identifier: MIT
#include <serval/params/blocking.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <gtest/gtest.h>

#include <atomic>
#include <exception>
#include <future>
#include <memory>
#include <set>
#include <thread>

#include <serval/pool.hpp>
#include <serval/serval.hpp>
#include <serval/task.hpp>
#include <serval/testing.hpp>

namespace serval::blocking_test {

TEST(Blocking, RunsWorkOnThePoolAndComesBackToTheLoop) {
  App app;
  app.get("/")([loop = std::this_thread::get_id()](Blocking blocking) -> Task<json> {
    const auto there = co_await blocking([] { return std::this_thread::get_id(); });
    co_return json{there == loop, std::this_thread::get_id() == loop};
  });
  EXPECT_EQ(TestClient(app).get("/").body, "[false,true]");
}

TEST(Blocking, RunsWorkWithoutAValueAndThrowsWhatItThrows) {
  App app;
  int calls = 0;
  app.get("/")([&calls](const Blocking& blocking) -> Task<void> {
    co_await blocking([&] { ++calls; });
    co_await blocking([] { throw HttpError(409, "on purpose"); });
  });
  EXPECT_EQ(TestClient(app).get("/").body, R"({"detail":"on purpose"})");
  EXPECT_EQ(calls, 1);
}

/// Returns the id of the only thread of an application's pool.
Task<std::thread::id> pool_thread(Blocking blocking) {
  co_return co_await blocking([] { return std::this_thread::get_id(); });
}

TEST(Blocking, IsThePoolOfTheApplicationThatARouteIsOf) {
  App outer({.blocking_threads = 1}), inner({.blocking_threads = 1});
  std::set<std::thread::id> blocking_routes, awaited;
  for (App* app : {&outer, &inner}) {
    app->get("/awaited")([&awaited](Depends<pool_thread> thread) { awaited.insert(*thread); });
    app->get("/blocking",
             {.blocking = true})([&blocking_routes] { blocking_routes.insert(std::this_thread::get_id()); });
  }
  outer.mount("/inner", inner);
  TestClient client{outer};
  for (const char* path : {"/awaited", "/blocking", "/inner/awaited", "/inner/blocking"}) client.get(path);
  EXPECT_EQ(awaited.size(), 2U);
  EXPECT_EQ(awaited, blocking_routes);
}

TEST(Blocking, HasTheBoundsOfBlockingRoutes) {
  App app({.blocking_threads = 1, .blocking_queue = 0});
  app.get("/")([](Blocking blocking) -> Task<int> {
    std::atomic<bool> has_begun = false;
    std::promise<void> go;
    bool has_ended = false;
    const auto hold = [&]() -> Task<void> {
      co_await blocking([&] {
        has_begun = true;
        go.get_future().wait();
      });
    };
    const auto executor = co_await boost::asio::this_coro::executor;
    boost::asio::co_spawn(executor, hold(), [&](const std::exception_ptr&) { has_ended = true; });
    // Waits until the pool's only thread is taken.
    while (!has_begun) co_await boost::asio::post(executor, boost::asio::use_awaitable);
    std::exception_ptr refused;
    try {
      co_await blocking([] {});
    } catch (...) {
      refused = std::current_exception();
    }
    go.set_value();
    while (!has_ended) co_await boost::asio::post(executor, boost::asio::use_awaitable);
    std::rethrow_exception(refused);
  });
  EXPECT_EQ(TestClient(app).get("/").status, 503);
}

struct Rows {
  std::thread::id read_by;
};

TEST(Blocking, IsThereForStartFunctionsToo) {
  App app;
  app.provide(std::make_shared<Rows>());
  app.on_start([](State<Rows> rows, Blocking blocking) -> Task<void> {
    co_await blocking([&] { rows->read_by = std::this_thread::get_id(); });
  });
  app.get("/")([](State<Rows> rows) { return rows->read_by != std::thread::id(); });
  EXPECT_EQ(TestClient(app).get("/").body, "true");
}

TEST(Blocking, IsAPoolOfItsOwnWhereThatIsAnObjectOfTheApplication) {
  App app;
  app.provide<"reports">(std::make_shared<Pool>(PoolOptions{.threads = 1}));
  app.get("/")([loop = std::this_thread::get_id()](State<Pool, "reports"> pool) -> Task<bool> {
    co_return co_await pool->run([] { return std::this_thread::get_id(); }) != loop;
  });
  EXPECT_EQ(TestClient(app).get("/").body, "true");
}

}  // namespace serval::blocking_test
